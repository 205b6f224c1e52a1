using System.Diagnostics;
using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Sqlite;

namespace Mts.IntegrationTests.Storage;

/// <summary>The store between processes, one of which dies.</summary>
public sealed class StoreProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-test-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(folder.FullName, "crypto_data.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_commit_that_was_told_survives_a_kill_and_nothing_is_half_written()
    {
        var random = new Random(11);
        for (var round = 0; round < 5; round++)
        {
            using var child = StoreChild.Start(folder.FullName, StoreChild.SegmentBars);
            var told = await child.HearAsync("open", Cancel);
            for (var commits = random.Next(1, 12); commits > 0; commits--) told = await child.HearAsync("committed", Cancel);
            child.Kill();

            CheckWhole(atLeast: told, StoreChild.SegmentBars);
        }
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_a_big_segment_leaves_the_store_as_it_was()
    {
        const int Big = 3_000_000;
        using (var writer = SqliteStore.OpenWriter(folder.FullName, TimeProvider.System))
            writer.WriteBars(StoreChild.Key, true, StoreChild.Segment(0, 1_000), new("test", new Timestamp(0), "", ""));
        using var child = StoreChild.Start(folder.FullName, Big);
        await child.HearAsync("open", Cancel);

        // The log grows past the cache while the transaction is open.
        while (!IsLogOver(16_000_000)) await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel);
        child.Kill();

        CheckWhole(atLeast: 1_000, Big).ShouldBe(1_000);
    }

    [Fact]
    public async Task A_second_process_is_refused_by_name_while_reading_goes_on()
    {
        using var child = StoreChild.Start(folder.FullName, StoreChild.SegmentBars);
        var told = await child.HearAsync("committed", Cancel);

        Should.Throw<StoreBusyException>(() => SqliteStore.OpenWriter(folder.FullName, TimeProvider.System)).Message.ShouldContain($"pid {child.Process.Id}, child");
        using (var reader = SqliteStore.OpenReader(folder.FullName))
        {
            var seen = reader.ReadBars(StoreChild.Key, Timestamp.MinValue, Timestamp.MaxValue).Length;
            seen.ShouldBeGreaterThanOrEqualTo(told);
            (seen % StoreChild.SegmentBars).ShouldBe(0);
            reader.VerifyBars(StoreChild.Key).ShouldBeEmpty();
        }

        child.Kill();
        using var next = SqliteStore.OpenWriter(folder.FullName, TimeProvider.System);
        next.CheckIntegrity().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_made_beside_a_writing_process_is_whole()
    {
        var copy = Path.Combine(folder.FullName, "copy.db");
        using var child = StoreChild.Start(folder.FullName, StoreChild.SegmentBars);
        var told = await child.HearAsync("committed", Cancel);
        using (var reader = SqliteStore.OpenReader(folder.FullName)) reader.Backup(copy);
        child.Kill();

        SqliteStore.Restore(folder.FullName, copy, TimeProvider.System);

        CheckWhole(atLeast: told, StoreChild.SegmentBars);
    }

    [Fact]
    public async Task The_command_line_tool_of_SQLite_reads_the_tables_beside_a_writer()
    {
        var tool = ((string[])["/usr/bin/sqlite3", "/usr/local/bin/sqlite3", "/opt/homebrew/bin/sqlite3"]).FirstOrDefault(System.IO.File.Exists);
        Assert.SkipWhen(tool is null, "sqlite3 is not installed.");
        var assets = new AssetCatalog([new Asset("bitcoin", "BTC", "Bitcoin", "bitcoin", "BTCUSDT", null)]);
        using var writer = SqliteStore.OpenWriter(folder.FullName, TimeProvider.System, new WriterOptions { Assets = assets });
        var bar = new Bar(Timestamp.FromDate(new DateOnly(2024, 1, 1)), 42_283.58, 44_184.1, 42_180.77, 44_179.55, 27_174.29903);
        writer.WriteBars(StoreChild.Key with { Interval = Interval.Day }, true, [bar], new("test", new Timestamp(0), "", ""));

        var said = await RunAsync(tool!, "-readonly", File, "SELECT cryptocurrency, timestamp, date_str, close FROM crypto_ohlcv");

        said.ShouldBe("bitcoin|1704067200000|2024-01-01|44179.55");
    }

    private int CheckWhole(int atLeast, int segmentBars)
    {
        using var store = SqliteStore.OpenWriter(folder.FullName, TimeProvider.System);
        var series = store.ReadBars(StoreChild.Key, Timestamp.MinValue, Timestamp.MaxValue);
        series.Length.ShouldBeGreaterThanOrEqualTo(atLeast);
        ((series.Length - atLeast) % segmentBars).ShouldBe(0);
        Enumerable.Range(0, series.Length).Select(i => series[i]).SequenceEqual(StoreChild.Segment(0, series.Length)).ShouldBeTrue();
        store.VerifyBars(StoreChild.Key).ShouldBeEmpty();
        store.CheckIntegrity().ShouldBeEmpty();
        return series.Length;
    }

    private bool IsLogOver(long bytes) => new FileInfo(File + "-wal") is { Exists: true } log && log.Length > bytes;

    private static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync(Cancel);
        return said.Trim();
    }
}
