using System.Globalization;
using Mts.Adapters.Http;
using Mts.Core.Ports;

namespace Mts.Adapters.Fred;

/// <summary>FRED's REST interface, version 1.</summary>
/// <remarks>https://fred.stlouisfed.org/docs/api/fred/</remarks>
public sealed class FredClient(ServiceClient service, FredOptions options) : IServiceProbe
{
    public const string ServiceName = "fred";

    private const int VintageDatesPerPage = 10_000;

    public string Service => ServiceName;

    /// <summary>Reads the description of one series; FRED tells no time.</summary>
    public async Task<Timestamp?> ProbeAsync(CancellationToken cancellationToken)
    {
        _ = await SeriesAsync("VIXCLS", cancellationToken);
        return null;
    }

    public async Task<FredSeries> SeriesAsync(string seriesId, CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/series", [("series_id", seriesId)], cancellationToken);
        var series = FredParser.Series(answer.Body.Span);
        return series.Id == seriesId ? series : throw new DataValidationException($"fred: asked for the series {seriesId} and got {series.Id}.");
    }

    /// <summary>One page of values with <paramref name="from"/> ≤ day ≤ <paramref name="until"/>, in the order of days.</summary>
    /// <param name="seriesId">The FRED id.</param>
    /// <param name="from">First day.</param>
    /// <param name="until">Last day.</param>
    /// <param name="shown">Days on which FRED showed the values; null for today.</param>
    /// <param name="offset">Rows to skip.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public Task<ServiceResponse> ObservationsAsync(
        string seriesId, DateOnly from, DateOnly until, (DateOnly First, DateOnly Last)? shown, int offset, CancellationToken cancellationToken)
    {
        List<(string, string)> query =
        [
            ("series_id", seriesId), ("observation_start", Text(from)), ("observation_end", Text(until)),
            ("limit", Text(options.PageSize)), ("offset", Text(offset)), ("sort_order", "asc"),
        ];
        if (shown is { } days) query.AddRange([("realtime_start", Text(days.First)), ("realtime_end", Text(days.Last)), ("output_type", "1")]);
        return GetAsync("/series/observations", query, cancellationToken);
    }

    /// <summary>All days from <paramref name="from"/> to <paramref name="until"/> on which values of the series were released or revised.</summary>
    public async Task<IReadOnlyList<DateOnly>> VintageDatesAsync(string seriesId, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        var dates = new List<DateOnly>();
        while (true)
        {
            (string, string)[] query =
            [
                ("series_id", seriesId), ("realtime_start", Text(from)), ("realtime_end", Text(until)),
                ("limit", Text(VintageDatesPerPage)), ("offset", Text(dates.Count)), ("sort_order", "asc"),
            ];
            var answer = await GetAsync("/series/vintagedates", query, cancellationToken);
            var page = FredParser.VintageDates(answer.Body.Span);
            if (page.Dates.Count == 0 && dates.Count < page.Count) throw new DataValidationException($"fred: the vintage dates of {seriesId} end after {dates.Count} of {page.Count}.");
            dates.AddRange(page.Dates);
            if (dates.Count >= page.Count) return dates;
        }
    }

    private Task<ServiceResponse> GetAsync(string path, IReadOnlyList<(string, string)> query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.ApiKey))
            throw new ApiException(ServiceName, $"needs a key, and none is set; get one free at https://fredaccount.stlouisfed.org/apikeys and set {FredOptions.KeySetting}.");
        // Without file_type FRED answers in XML.
        return service.GetAsync(path, [.. query, ("file_type", "json")], 1, cancellationToken);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
