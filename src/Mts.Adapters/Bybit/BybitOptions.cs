using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;
using Mts.Adapters.Venues;

namespace Mts.Adapters.Bybit;

/// <summary>Address, costs and limits of Bybit; the file <c>config/exchanges/bybit.json</c>.</summary>
public sealed record BybitOptions
{
    /// <summary>Scheme and host; accounts of some regions have their own.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Scheme and host of the streams; <c>ws</c> or <c>wss</c>.</summary>
    public required Uri StreamAddress { get; init; }

    /// <summary>Requests per window and address, best somewhat below what the venue allows.</summary>
    public required RateBudget Budget { get; init; }

    /// <summary>How long a ban for too many requests lasts, 1 minute to 1 day; the venue does not say.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public required TimeSpan BanDuration { get; init; }

    /// <summary>Interval names, as everywhere in the product, with the venue's own: <c>1h</c> is <c>60</c>.</summary>
    public required IReadOnlyDictionary<string, string> Intervals { get; init; }

    /// <summary>Nothing is asked before this day.</summary>
    public required DateOnly Earliest { get; init; }

    /// <summary>Bars per request, 1 to 1000.</summary>
    [Range(1, 1_000)]
    public required int BarsPerPage { get; init; }

    /// <summary>Funding rates per request, 1 to 200.</summary>
    [Range(1, 200)]
    public required int RatesPerPage { get; init; }

    /// <summary>Instruments per request, 1 to 1000.</summary>
    [Range(1, 1_000)]
    public required int InstrumentsPerPage { get; init; }

    /// <summary>No contract pays funding more often than this, 1 minute to 8 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "08:00:00")]
    public required TimeSpan ShortestFundingInterval { get; init; }

    /// <exception cref="ConfigurationException">The file is missing or wrong; the message lists everything that is.</exception>
    public static BybitOptions Read(string path) => VenueFile.Read<BybitOptions>(path, o => o.Problems());

    /// <summary>All settings out of range, each by its name; empty when all is well.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. OptionProblems.Of("", this).Select(p => p.TrimStart('.')),
        .. StreamAddresses.Problems("streamAddress", StreamAddress),
        .. OptionProblems.Of("budget", Budget),
        .. VenueFile.IntervalProblems("intervals", Intervals.Keys),
    ];
}
