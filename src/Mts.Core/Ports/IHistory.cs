using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>A service's past bars.</summary>
public interface IBarHistory
{
    /// <summary>Lower case, as in <see cref="SeriesKey.Venue"/>.</summary>
    string Venue { get; }

    /// <summary>False where the source has no per-bar volume; its bars then carry NaN.</summary>
    bool HasVolume { get; }

    /// <summary>Intervals that the service serves itself.</summary>
    IReadOnlyList<Interval> Intervals { get; }

    /// <summary>Closed bars with <paramref name="from"/> ≤ open time &lt; <paramref name="until"/>, oldest first, page by page; the service's holes stay holes.</summary>
    /// <exception cref="ApiException">The service failed after the retries; pages already given stand.</exception>
    /// <exception cref="DataValidationException">The answer is for another market or interval, or unsorted.</exception>
    IAsyncEnumerable<BarPage> FetchAsync(Symbol symbol, Interval interval, Timestamp from, Timestamp until, CancellationToken cancellationToken);
}

/// <summary>Bars of one answer.</summary>
/// <param name="Bars">As the service gave them; rules are checked by the collector.</param>
/// <param name="Provenance">The request that brought them.</param>
public sealed record BarPage(IReadOnlyList<Bar> Bars, Provenance Provenance);

/// <summary>A service's price samples at irregular moments.</summary>
public interface IPointHistory
{
    string Venue { get; }

    /// <summary>Samples in the range, oldest first, without the live last one.</summary>
    Task<PointPage> FetchPointsAsync(Asset asset, Timestamp from, Timestamp until, CancellationToken cancellationToken);
}

/// <summary>Price points of one answer, and the request that brought them.</summary>
public sealed record PointPage(IReadOnlyList<PricePoint> Points, Provenance Provenance);

/// <summary>A venue's settled funding of perpetuals.</summary>
public interface IFundingHistory
{
    string Venue { get; }

    /// <summary>Settlements with <paramref name="from"/> ≤ time &lt; <paramref name="until"/>, oldest first, page by page.</summary>
    /// <exception cref="ApiException">The service failed after the retries; pages already given stand.</exception>
    IAsyncEnumerable<FundingPage> FetchFundingAsync(Symbol symbol, Timestamp from, Timestamp until, CancellationToken cancellationToken);
}

/// <summary>Funding rates of one answer, and the request that brought them.</summary>
public sealed record FundingPage(IReadOnlyList<FundingRate> Rates, Provenance Provenance);

/// <summary>A service's macro observations.</summary>
public interface IMacroHistory
{
    string Source { get; }

    /// <summary>Observations with <paramref name="from"/> ≤ day ≤ <paramref name="until"/>; a missing value is an observation whose value is null.</summary>
    Task<MacroPage> FetchMacroAsync(MacroSeries series, DateOnly from, DateOnly until, CancellationToken cancellationToken);
}

/// <summary>Macro observations of one answer, and the request that brought them.</summary>
public sealed record MacroPage(IReadOnlyList<MacroObservation> Observations, Provenance Provenance);

/// <summary>A venue's markets and their order rules.</summary>
public interface IInstrumentDirectory
{
    string Venue { get; }

    Task<IReadOnlyList<Instrument>> ListInstrumentsAsync(CancellationToken cancellationToken);
}

/// <summary>Whether a service answers, and its clock where it tells it.</summary>
public interface IServiceProbe
{
    string Service { get; }

    /// <returns>The service's time, or null where it does not tell one.</returns>
    Task<Timestamp?> ProbeAsync(CancellationToken cancellationToken);
}
