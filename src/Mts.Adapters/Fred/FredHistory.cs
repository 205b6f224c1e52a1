using System.Security.Cryptography;
using Mts.Adapters.Http;
using Mts.Core.Ports;

namespace Mts.Adapters.Fred;

/// <summary>FRED's past values with the moment at which each became known.</summary>
public sealed class FredHistory(FredClient client, FredOptions options, TimeProvider clock) : IMacroHistory
{
    // FRED's day is that of Chicago and a later one is refused. Six hours behind UTC all year round is never later than that.
    private static readonly TimeSpan ChicagoBehindUtc = TimeSpan.FromHours(6);
    private static readonly DateOnly BeforeAnyVintage = new(1776, 7, 4);

    public string Source => FredClient.ServiceName;

    public async Task<MacroPage> FetchMacroAsync(MacroSeries series, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        using var fetch = new Fetch(series, from, until);
        var observations = options.Vintages
            ? await FetchVintagesAsync(fetch, cancellationToken)
            : [.. (await FetchPagesAsync(fetch, shown: null, cancellationToken)).Select(row => new MacroObservation(row.Day, row.Value, series.KnownTime(row.Day)))];
        return new MacroPage(observations, fetch.Provenance());
    }

    private async Task<List<MacroObservation>> FetchVintagesAsync(Fetch fetch, CancellationToken cancellationToken)
    {
        var today = (Timestamp.Now(clock) - ChicagoBehindUtc).Date;
        var dates = await client.VintageDatesAsync(fetch.Series.Id, BeforeAnyVintage, today, cancellationToken);
        if (dates.Count == 0) throw new DataValidationException($"fred: {fetch.Series.Id} has no vintages; set sources.fred.vintages to false.");
        var observations = new List<MacroObservation>();
        var latest = new Dictionary<DateOnly, double?>();
        // A value cannot be shown before the day that it describes; without a vintage since then there is today's view.
        var since = dates.Where(d => d >= fetch.From).DefaultIfEmpty(today);
        foreach (var span in since.Chunk(options.VintagesPerRequest))
        {
            var rows = await FetchPagesAsync(fetch, (span[0], span[^1]), cancellationToken);
            foreach (var row in rows.OrderBy(r => r.Day).ThenBy(r => r.ShownFrom))
            {
                // Each request begins with what the one before ended with.
                if (latest.TryGetValue(row.Day, out var before) && Nullable.Equals(before, row.Value)) continue;
                latest[row.Day] = row.Value;
                observations.Add(new MacroObservation(row.Day, row.Value, KnownTime(fetch.Series, row, dates[0])));
            }
        }

        return [.. observations.OrderBy(o => o.Day).ThenBy(o => o.KnownTime)];
    }

    // The first vintage holds all that was there when FRED began to keep vintages; those values were known long before.
    private static Timestamp KnownTime(MacroSeries series, FredObservation row, DateOnly firstVintage)
    {
        var usual = series.KnownTime(row.Day);
        if (row.ShownFrom <= firstVintage) return usual;
        return Timestamp.FromDate(row.ShownFrom) + (usual - Timestamp.FromDate(usual.Date));
    }

    private async Task<List<FredObservation>> FetchPagesAsync(Fetch fetch, (DateOnly, DateOnly)? shown, CancellationToken cancellationToken)
    {
        var rows = new List<FredObservation>();
        while (true)
        {
            var answer = await client.ObservationsAsync(fetch.Series.Id, fetch.From, fetch.Until, shown, rows.Count, cancellationToken);
            fetch.Note(answer);
            var page = FredParser.Observations(answer.Body.Span);
            if (page.Offset != rows.Count || (page.Observations.Count == 0 && rows.Count < page.Count))
                throw new DataValidationException($"fred: {fetch.Series.Id} ends or repeats after {rows.Count} of {page.Count} observations; nothing of it was used.");
            foreach (var row in page.Observations)
            {
                var inOrder = rows.Count == 0 || row.Day > rows[^1].Day || (shown is not null && row.Day == rows[^1].Day);
                if (!inOrder || row.Day < fetch.From || row.Day > fetch.Until)
                    throw new DataValidationException($"fred: {fetch.Series.Id} has {row.Day:yyyy-MM-dd} out of the order or range asked for; nothing of it was used.");
                rows.Add(row);
            }

            if (rows.Count >= page.Count) return rows;
        }
    }

    /// <summary>What is asked, and the trace of the answers.</summary>
    private sealed class Fetch(MacroSeries series, DateOnly from, DateOnly until) : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private string? request;
        private Timestamp received;

        public MacroSeries Series { get; } = series;

        public DateOnly From { get; } = from;

        public DateOnly Until { get; } = until;

        public void Note(ServiceResponse answer)
        {
            request ??= answer.Request;
            received = answer.Received;
            hash.AppendData(answer.Body.Span);
        }

        /// <summary>The first request, and the hash of all payloads one after the other.</summary>
        public Provenance Provenance() => new(FredClient.ServiceName, received, request ?? "", Convert.ToHexStringLower(hash.GetHashAndReset()));

        public void Dispose() => hash.Dispose();
    }
}
