using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Storage.Sqlite.Realtime;

namespace Mts.Storage.Sqlite;

/// <summary>The store in one SQLite file, <c>crypto_data.db</c> in the data folder. May be used by several threads; they take turns.</summary>
/// <remarks>
/// The journal is a write-ahead log. A process that writes holds the folder's lock and has one connection, which alone moves the log into
/// the file (SQLite before 3.50.7 may corrupt a file when two connections do that at once); readers see the last committed state beside it.
/// Every transaction is flushed to the disk before its method returns.
/// </remarks>
public sealed partial class SqliteStore : IMarketStore, IMirrorSource, IStoreChecks
{
    private const int BusyMilliseconds = 5_000;

    private readonly Lock turn = new();
    private readonly Database database;
    private readonly WriterLock? writerLock;
    private readonly WriterOptions? options;
    private readonly TimeProvider clock;
    private readonly SeriesTable series;
    private readonly BarTable bars;
    private readonly ColumnFiles columns;
    private readonly PointTable points;
    private readonly MacroTable macro;
    private readonly FundingTable funding;
    private readonly SignalTable signals;
    private readonly LedgerTable ledger;
    private readonly RunTable runs;
    private readonly PrimarySeriesTable primary;
    private readonly RealtimeTables realtime;

    private SqliteStore(Database database, string dataDir, TimeProvider clock, WriterLock? writerLock, WriterOptions? options)
    {
        (this.database, this.clock, this.writerLock, this.options, DataDir) = (database, clock, writerLock, options, dataDir);
        series = new SeriesTable(database);
        bars = new BarTable(database, series);
        columns = new ColumnFiles(database, series, bars, dataDir);
        points = new PointTable(database);
        macro = new MacroTable(database);
        funding = new FundingTable(database);
        signals = new SignalTable(database);
        ledger = new LedgerTable(database);
        runs = new RunTable(database);
        primary = new PrimarySeriesTable(database);
        realtime = new RealtimeTables(database, new StreamBars(database, series, bars, ledger));
    }

    /// <summary>SQLite's own version, for <c>mts doctor</c>.</summary>
    public static string EngineVersion => Database.EngineVersion;

    public string DataDir { get; }

    /// <summary>Opens the store for writing and reading, and makes folder and file where there are none.</summary>
    /// <param name="dataDir">The data folder.</param>
    /// <param name="clock">For the lock's text and to tell unfinished bars.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="StoreBusyException">Another process writes this folder; the message names it.</exception>
    /// <exception cref="StorageException">The file is damaged, of another program or of a newer version; it is left as it is.</exception>
    public static SqliteStore OpenWriter(string dataDir, TimeProvider clock, WriterOptions? options = null)
    {
        options ??= new WriterOptions();
        CreateFolder(dataDir);
        var held = WriterLock.Acquire(dataDir, options.Purpose, clock);
        try
        {
            var store = new SqliteStore(StoreOpening.Writer(StoreFile.In(dataDir), clock, BusyMilliseconds), dataDir, clock, held, options);
            store.RefreshPrimary();
            return store;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Opens the store for reading only, beside a writer or alone, also where the folder may not be written.</summary>
    /// <exception cref="StorageException">There is no store, or it is damaged, of another program or of another version.</exception>
    public static SqliteStore OpenReader(string dataDir, TimeProvider? clock = null) =>
        new(StoreOpening.Reader(StoreFile.In(dataDir), BusyMilliseconds), dataDir, clock ?? TimeProvider.System, null, null);

    /// <summary>Whether the folder has a store at all.</summary>
    public static bool Exists(string dataDir) => File.Exists(StoreFile.In(dataDir));

    public IReadOnlyList<SeriesInfo> ListSeries() => InTurn(() => series.List());

    public WriteCounts WriteBars(SeriesKey key, bool hasVolume, ReadOnlySpan<Bar> bars, Provenance provenance)
    {
        CheckWriter();
        lock (turn)
        {
            if (bars.IsEmpty) return default;
            var (counts, isFirst) = this.bars.Write(key, hasVolume, bars, provenance);
            if (isFirst) RefreshPrimary();
            return counts;
        }
    }

    public BarSeries ReadBars(SeriesKey key, Timestamp from, Timestamp until) => InTurn(() => bars.Read(key, from, until));

    /// <summary>As <see cref="ReadBars"/>, for those who read all of a long series again and again: from a copy in columns beside the store, which is made anew where bars have changed.</summary>
    public BarSeries ReadColumns(SeriesKey key, Timestamp from, Timestamp until) => InTurn(() => columns.Read(key, from, until));

    public IReadOnlyList<StoredSegment> ListSegments(SeriesKey key) => InTurn(() => bars.ListSegments(key));

    public IReadOnlyList<BarRevision> ListRevisions(SeriesKey key) => InTurn(() => bars.ListRevisions(key));

    public void WriteRevisions(SeriesKey key, IReadOnlyList<BarRevision> revisions) => Writing(() => bars.WriteRevisions(key, revisions));

    public void WriteLedger(IReadOnlyList<LedgerEntry> entries) => Writing(() => ledger.Write(entries));

    public IReadOnlyList<LedgerEntry> ListLedger(SeriesKey? key) => InTurn(() => ledger.List(key));

    public WriteCounts WritePoints(string venue, Asset asset, IReadOnlyList<PricePoint> points, Provenance provenance) =>
        Writing(() => this.points.Write(venue, asset.Id, points, provenance));

    public IReadOnlyList<PricePoint> ReadPoints(string venue, string assetId, Timestamp from, Timestamp until) =>
        InTurn(() => points.Read(venue, assetId, from, until));

    public IReadOnlyList<PointSeriesInfo> ListPoints() => InTurn(() => points.List());

    public WriteCounts WriteMacro(string seriesId, IReadOnlyList<MacroObservation> observations, Provenance provenance) =>
        Writing(() => macro.Write(seriesId, observations, provenance));

    public IReadOnlyList<MacroObservation> ReadMacro(string seriesId, DateOnly from, DateOnly until) => InTurn(() => macro.Read(seriesId, from, until));

    public IReadOnlyList<MacroInfo> ListMacro() => InTurn(() => macro.List());

    public WriteCounts WriteFunding(string venue, Symbol symbol, IReadOnlyList<FundingRate> rates, Provenance provenance) =>
        Writing(() => funding.Write(venue, symbol, rates, provenance));

    public IReadOnlyList<FundingRate> ReadFunding(string venue, Symbol symbol, Timestamp from, Timestamp until) =>
        InTurn(() => funding.Read(venue, symbol, from, until));

    public IReadOnlyList<FundingInfo> ListFunding() => InTurn(() => funding.List());

    public void WriteSignals(IReadOnlyList<StoredSignal> signals) => Writing(() => this.signals.Write(signals));

    public IReadOnlyList<StoredSignal> ReadSignals(string? asset, string? strategy, Timestamp from, Timestamp until) =>
        InTurn(() => signals.Read(asset, strategy, from, until));

    public void WriteRun(RunRecord run) => Writing(() => runs.Write(run));

    public IReadOnlyList<RunRecord> ListRuns() => InTurn(() => runs.List());

    public IReadOnlyList<PrimarySeries> ListPrimary() => InTurn(() => primary.List());

    public IReadOnlyList<MacroRow> ReadNewestMacro(string seriesId) => InTurn(() => macro.ReadNewest(seriesId));

    public IReadOnlyList<StoreFinding> VerifyBars(SeriesKey key) => InTurn(() =>
    {
        using var moment = database.BeginReading();
        return series.Find(key) is { } found ? new BarVerifier(database, Timestamp.Now(clock)).Verify(found, bars.ListSegments(key)) : [];
    });

    public IReadOnlyList<string> CheckIntegrity() => InTurn(() => StoreOpening.CheckIntegrity(database));

    /// <summary>Writes a consistent copy of the store as of now, beside readers and a writer, and proves that it is whole.</summary>
    /// <param name="file">Must not exist; appears only when it is complete.</param>
    public void Backup(string file) => InTurn(() => StoreBackup.Make(database, file));

    /// <summary>Puts a backup in the place of the folder's store; what was there is kept as <c>crypto_data.db.replaced</c>.</summary>
    /// <exception cref="StoreBusyException">Somebody writes or reads the folder.</exception>
    /// <exception cref="StorageException">The backup is damaged, of another program or of a newer version; the store is left as it is.</exception>
    public static void Restore(string dataDir, string backupFile, TimeProvider clock)
    {
        CreateFolder(dataDir);
        using var held = WriterLock.Acquire(dataDir, "mts data restore", clock);
        StoreBackup.Restore(backupFile, StoreFile.In(dataDir), BusyMilliseconds);
    }

    public void Dispose()
    {
        lock (turn) database.Dispose();
        writerLock?.Dispose();
    }

    private void RefreshPrimary()
    {
        if (options?.Assets is { } assets) primary.Refresh(assets, options.Venues);
    }

    private T InTurn<T>(Func<T> work)
    {
        lock (turn) return work();
    }

    private void InTurn(Action work)
    {
        lock (turn) work();
    }

    private T Writing<T>(Func<T> work)
    {
        CheckWriter();
        return InTurn(work);
    }

    private void Writing(Action work)
    {
        CheckWriter();
        InTurn(work);
    }

    private void CheckWriter()
    {
        if (writerLock is null) throw new InvalidOperationException("The store was opened for reading; use OpenWriter.");
    }

    private static void CreateFolder(string dataDir)
    {
        try
        {
            Directory.CreateDirectory(dataDir);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data folder {dataDir} cannot be made: {e.Message}", e);
        }
    }
}
