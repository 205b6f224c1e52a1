using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Core.Ports;

/// <summary>The market data kept by this machine. One writer per data folder; readers go on beside it.</summary>
public interface IMarketStore : IBarStore, IPointStore, IMacroStore, IFundingStore, ISignalStore, IRunIndex, IDisposable;

/// <summary>Bars, with where they came from, what they replaced, and what was refused.</summary>
public interface IBarStore
{
    /// <summary>Every series that has been written, by venue and symbol.</summary>
    IReadOnlyList<SeriesInfo> ListSeries();

    /// <summary>Upserts one segment in one transaction: new bars are inserted, equal ones left, differing ones replaced and their old values kept as revisions.</summary>
    /// <param name="key">The series.</param>
    /// <param name="hasVolume">False expects NaN as volume of every bar; a series has volume in all of its bars or in none.</param>
    /// <param name="bars">Oldest first, open times strictly rising.</param>
    /// <param name="provenance">Where they came from.</param>
    /// <exception cref="DataValidationException">A value is not finite, or the series is stored with volume and these come without, or the other way round; nothing was written.</exception>
    /// <exception cref="StorageException">Nothing of the segment was written.</exception>
    WriteCounts WriteBars(SeriesKey key, bool hasVolume, ReadOnlySpan<Bar> bars, Provenance provenance);

    /// <summary>Bars with <paramref name="from"/> ≤ open time &lt; <paramref name="until"/>; empty where there are none.</summary>
    BarSeries ReadBars(SeriesKey key, Timestamp from, Timestamp until);

    /// <summary>The segments of a series in the order of their writing.</summary>
    IReadOnlyList<StoredSegment> ListSegments(SeriesKey key);

    /// <summary>Bars that were replaced, and bars that lost against another row at the same time.</summary>
    IReadOnlyList<BarRevision> ListRevisions(SeriesKey key);

    /// <summary>Keeps a value that lost without touching the stored bar; once, however often it loses.</summary>
    void WriteRevisions(SeriesKey key, IReadOnlyList<BarRevision> revisions);

    /// <summary>Adds entries to the data ledger: refused bars, repairs, holes that could not be filled. An equal refusal or hole is noted once.</summary>
    void WriteLedger(IReadOnlyList<LedgerEntry> entries);

    /// <summary>Entries about a series, or all of them where it is null.</summary>
    IReadOnlyList<LedgerEntry> ListLedger(SeriesKey? key);
}

/// <summary>What became of the rows of one write.</summary>
/// <param name="Inserted">New keys.</param>
/// <param name="Unchanged">Keys stored with equal values.</param>
/// <param name="Revised">Keys whose value changed; the old one is kept.</param>
public readonly record struct WriteCounts(int Inserted, int Unchanged, int Revised)
{
    public static WriteCounts operator +(WriteCounts a, WriteCounts b) => new(a.Inserted + b.Inserted, a.Unchanged + b.Unchanged, a.Revised + b.Revised);
}

/// <summary>A stored series at a glance.</summary>
/// <param name="Key">The series.</param>
/// <param name="HasVolume">Whether its bars have a volume.</param>
/// <param name="Bars">How many are stored.</param>
/// <param name="First">Open time of the oldest; null when empty.</param>
/// <param name="Last">Open time of the newest.</param>
/// <param name="Sources">Where the bars came from.</param>
/// <param name="UpdatedAt">Newest fetch.</param>
public sealed record SeriesInfo(SeriesKey Key, bool HasVolume, long Bars, Timestamp? First, Timestamp? Last, IReadOnlyList<string> Sources, Timestamp? UpdatedAt);

/// <summary>Rows written together, with the hash of the bars of their range as they were after writing.</summary>
/// <param name="Id">Rising.</param>
/// <param name="First">Open time of the first bar.</param>
/// <param name="Last">Open time of the last bar.</param>
/// <param name="Rows">Bars in the segment.</param>
/// <param name="RowsHash">SHA-256 over the bars that the segment still owns; see <c>docs/data.md</c>.</param>
/// <param name="Provenance">Where they came from.</param>
public sealed record StoredSegment(long Id, Timestamp First, Timestamp Last, long Rows, string RowsHash, Provenance Provenance);

/// <summary>A value that was replaced, or that lost against another one of its time.</summary>
/// <param name="Bar">The value that is not, or no longer, the stored one.</param>
/// <param name="Reason">Why: <c>revised</c>, <c>conflict</c>.</param>
/// <param name="SupersededAt">When, UTC.</param>
/// <param name="Source">Where it came from.</param>
public sealed record BarRevision(Bar Bar, string Reason, Timestamp SupersededAt, string Source);

/// <summary>Something that happened to the data.</summary>
/// <param name="Time">When it was noted, UTC.</param>
/// <param name="Kind"><c>rejected</c>, <c>repair</c>, <c>hole</c>, <c>audit</c>.</param>
/// <param name="Key">The series, where it concerns one.</param>
/// <param name="From">Start of the range it concerns.</param>
/// <param name="Until">Its end, exclusive.</param>
/// <param name="Detail">The reason in words and numbers, the payload of a refused bar.</param>
public sealed record LedgerEntry(Timestamp Time, string Kind, SeriesKey? Key, Timestamp? From, Timestamp? Until, string Detail);

/// <summary>Price points: samples at irregular moments that are never bars.</summary>
public interface IPointStore
{
    /// <summary>Upserts points by venue, asset and time, in one transaction.</summary>
    /// <exception cref="StorageException">Nothing was written.</exception>
    WriteCounts WritePoints(string venue, Asset asset, IReadOnlyList<PricePoint> points, Provenance provenance);

    /// <summary>Points with <paramref name="from"/> ≤ time &lt; <paramref name="until"/>, oldest first.</summary>
    IReadOnlyList<PricePoint> ReadPoints(string venue, string assetId, Timestamp from, Timestamp until);

    /// <returns>Venue, asset id, count, first and last time of each series of points.</returns>
    IReadOnlyList<PointSeriesInfo> ListPoints();
}

/// <summary>Stored points of one asset at one venue.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="AssetId">The asset's id, <c>bitcoin</c>.</param>
/// <param name="Points">How many.</param>
/// <param name="First">Time of the oldest.</param>
/// <param name="Last">Time of the newest.</param>
public sealed record PointSeriesInfo(string Venue, string AssetId, long Points, Timestamp First, Timestamp Last);

/// <summary>Macro observations, each with every vintage that was ever known.</summary>
public interface IMacroStore
{
    /// <summary>
    /// Upserts by series and day; a changed value is a new vintage, the old one stays with its known time. Where both claim the same known
    /// time, the new one is known from the moment it was fetched. Filled and interpolated values stand beside the observed ones.
    /// </summary>
    WriteCounts WriteMacro(string seriesId, IReadOnlyList<MacroObservation> observations, Provenance provenance);

    /// <summary>All vintages with <paramref name="from"/> ≤ day ≤ <paramref name="until"/>, by day, then known time.</summary>
    IReadOnlyList<MacroObservation> ReadMacro(string seriesId, DateOnly from, DateOnly until);

    /// <summary>Every stored series, by id.</summary>
    IReadOnlyList<MacroInfo> ListMacro();
}

/// <summary>A stored macro series at a glance.</summary>
/// <param name="SeriesId">The series.</param>
/// <param name="Observations">Days with a value.</param>
/// <param name="Missing">Days that are known to have none.</param>
/// <param name="First">First day of either.</param>
/// <param name="Last">Last day of either.</param>
/// <param name="UpdatedAt">Newest fetch.</param>
public sealed record MacroInfo(string SeriesId, long Observations, long Missing, DateOnly First, DateOnly Last, Timestamp? UpdatedAt);

/// <summary>Settled funding rates of perpetuals.</summary>
public interface IFundingStore
{
    /// <summary>Upserts rates by venue, symbol and settlement, in one transaction.</summary>
    /// <exception cref="StorageException">Nothing was written.</exception>
    WriteCounts WriteFunding(string venue, Symbol symbol, IReadOnlyList<FundingRate> rates, Provenance provenance);

    /// <summary>Rates with <paramref name="from"/> ≤ settlement &lt; <paramref name="until"/>, oldest first.</summary>
    IReadOnlyList<FundingRate> ReadFunding(string venue, Symbol symbol, Timestamp from, Timestamp until);

    /// <summary>Every perpetual with stored rates, by venue and symbol.</summary>
    IReadOnlyList<FundingInfo> ListFunding();
}

/// <summary>Stored funding of one perpetual.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The perpetual.</param>
/// <param name="Rates">How many settlements.</param>
/// <param name="First">The oldest settlement.</param>
/// <param name="Last">The newest settlement.</param>
public sealed record FundingInfo(string Venue, Symbol Symbol, long Rates, Timestamp First, Timestamp Last);

/// <summary>What strategies have said, and when it could be acted on.</summary>
public interface ISignalStore
{
    /// <summary>Idempotent by time, asset, strategy and run.</summary>
    void WriteSignals(IReadOnlyList<StoredSignal> signals);

    /// <summary>Signals with <paramref name="from"/> ≤ time &lt; <paramref name="until"/>, oldest first; of all assets or strategies where that is null.</summary>
    IReadOnlyList<StoredSignal> ReadSignals(string? asset, string? strategy, Timestamp from, Timestamp until);
}

/// <summary>A signal of the history.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="KnownTime">The first moment at which it could be acted on.</param>
/// <param name="RunId">The run that made it; empty for live.</param>
public sealed record StoredSignal(Signal Signal, Timestamp KnownTime, string RunId);

/// <summary>Index of finished backtests; the results themselves are files.</summary>
public interface IRunIndex
{
    /// <summary>Adds a run, in the place of the one of the same id.</summary>
    /// <exception cref="DataValidationException">Its text is no JSON object.</exception>
    void WriteRun(RunRecord run);

    /// <summary>All runs, by the time at which they were indexed, oldest first.</summary>
    IReadOnlyList<RunRecord> ListRuns();
}

/// <summary>One finished backtest.</summary>
/// <param name="Id">Hash of the run's inputs.</param>
/// <param name="CreatedAt">When it was indexed.</param>
/// <param name="Strategy">Catalogue name or names.</param>
/// <param name="Symbols">Markets, comma separated.</param>
/// <param name="Start">Start of the range.</param>
/// <param name="End">End of the range.</param>
/// <param name="Json">The whole result as <c>mts backtest --json</c> prints it.</param>
public sealed record RunRecord(string Id, Timestamp CreatedAt, string Strategy, string Symbols, Timestamp Start, Timestamp End, string Json);
