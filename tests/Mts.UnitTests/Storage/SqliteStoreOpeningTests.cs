using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Sqlite;
using SQLitePCL;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

public sealed class SqliteStoreOpeningTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string File => folder.File(StoreFile.Name);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_reader_without_a_store_says_how_to_get_one() =>
        Should.Throw<StorageException>(() => SqliteStore.OpenReader(folder.Path)).Message.ShouldContain("mts collect");

    [Fact]
    public void A_second_writer_is_refused_and_told_who_is_first()
    {
        using var first = Open("mts collect");

        var refusal = Should.Throw<StoreBusyException>(() => Open("mts data import"));

        refusal.Message.ShouldContain($"pid {Environment.ProcessId}, mts collect");
    }

    [Fact]
    public void The_lock_is_free_again_after_the_writer()
    {
        Open().Dispose();
        Open().Dispose();
    }

    [Fact]
    public void A_reader_sees_committed_bars_beside_the_writer_and_never_writes()
    {
        using var writer = Open();
        using var reader = SqliteStore.OpenReader(folder.Path);
        writer.WriteBars(BtcDaily, true, [Daily(0)], From("binance"));

        reader.ReadBars(BtcDaily, Timestamp.MinValue, Timestamp.MaxValue).Length.ShouldBe(1);
        Should.Throw<InvalidOperationException>(() => reader.WriteBars(BtcDaily, true, [Daily(1)], From("binance")));
    }

    [Fact]
    public void A_reader_that_closes_last_leaves_the_log_to_the_writer()
    {
        var reader = default(SqliteStore);
        using (var writer = Open())
        {
            writer.WriteBars(BtcDaily, true, [Daily(0)], From("binance"));
            reader = SqliteStore.OpenReader(folder.Path);
            reader.ListSeries().Count.ShouldBe(1);
        }

        var before = System.IO.File.ReadAllBytes(File);
        reader.Dispose();

        System.IO.File.ReadAllBytes(File).ShouldBe(before);
        using var next = Open();
        next.ReadBars(BtcDaily, Timestamp.MinValue, Timestamp.MaxValue).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("timestamp,open,high,low,close,volume\n1704067200000,1,2,1,2,3\n")]
    public void A_file_that_is_no_database_is_refused_and_left_alone(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Should.Throw<StorageException>(() => Open()).Message.ShouldContain("restore", Case.Insensitive);
        Should.Throw<StorageException>(() => SqliteStore.OpenReader(folder.Path));

        System.IO.File.ReadAllText(File).ShouldBe(content);
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        using (var other = Database.Open(File, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE)) other.Execute("CREATE TABLE crypto_ohlcv (id INTEGER)");

        Should.Throw<StorageException>(() => Open()).Message.ShouldContain("another program");
        Should.Throw<StorageException>(() => SqliteStore.OpenReader(folder.Path)).Message.ShouldContain("another program");
    }

    [Fact]
    public void A_file_that_was_cut_is_refused()
    {
        Fill(2_000);
        using (var file = System.IO.File.OpenWrite(File)) file.SetLength(file.Length / 2);

        Should.Throw<StorageException>(() => Open()).Message.ShouldContain("cut off");
        Should.Throw<StorageException>(() => SqliteStore.OpenReader(folder.Path)).Message.ShouldContain("cut off");
    }

    [Fact]
    public void A_damaged_page_is_a_storage_error_when_it_is_read()
    {
        Fill(2_000);
        var bytes = System.IO.File.ReadAllBytes(File);
        Array.Fill(bytes, (byte)0xA5, 8_192, bytes.Length - 8_192);
        System.IO.File.WriteAllBytes(File, bytes);

        var error = Should.Throw<StorageException>(() =>
        {
            using var store = SqliteStore.OpenReader(folder.Path);
            store.ReadBars(BtcDaily, Timestamp.MinValue, Timestamp.MaxValue);
        });
        error.Message.ShouldContain("damaged");
    }

    [Fact]
    public void A_log_without_its_file_is_not_taken_for_a_new_store()
    {
        System.IO.File.WriteAllText(File + "-wal", "frames");

        Should.Throw<StorageException>(() => Open()).Message.ShouldContain("is gone");
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Fact]
    public void A_newer_schema_is_refused()
    {
        Open().Dispose();
        Meddle("INSERT INTO schema_migration VALUES (99, '099_future', 'x', 'later')");

        Should.Throw<StorageException>(() => Open()).Message.ShouldContain("newer version");
        Should.Throw<StorageException>(() => SqliteStore.OpenReader(folder.Path)).Message.ShouldContain("newer version");
    }

    [Fact]
    public void A_schema_made_by_another_script_is_refused()
    {
        Open().Dispose();
        Meddle("UPDATE schema_migration SET checksum = 'x' WHERE version = 1");

        Should.Throw<StorageException>(() => Open()).Message.ShouldContain("another script");
    }

    [Fact]
    public void A_failing_migration_leaves_the_schema_as_it_was()
    {
        Open().Dispose();
        using var database = Database.Open(File, raw.SQLITE_OPEN_READWRITE);
        var steps = new Migrations([.. Migrations.Embedded.Steps, new Migration(Migrations.Embedded.Steps.Count + 1, "999_broken", "CREATE TABLE half (id INTEGER); CREATE TABLE half (id INTEGER);")]);

        Should.Throw<StorageException>(() => steps.Apply(database, File, TimeProvider.System));

        database.ReadInt64("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").ShouldBe(0);
        database.ReadInt64("SELECT max(version) FROM schema_migration").ShouldBe(Migrations.Embedded.Steps.Count);
    }

    [Fact]
    public void A_half_made_file_of_a_crash_is_no_obstacle()
    {
        System.IO.File.WriteAllText(File + ".new", "half");

        Open().Dispose();

        System.IO.File.Exists(File + ".new").ShouldBeFalse();
    }

    private SqliteStore Open(string purpose = "test") => SqliteStore.OpenWriter(folder.Path, TimeProvider.System, new WriterOptions { Purpose = purpose });

    private void Fill(int days)
    {
        using var store = Open();
        store.WriteBars(BtcDaily, true, [.. Enumerable.Range(-days, days).Select(d => Daily(d))], From("binance"));
    }

    private void Meddle(string sql)
    {
        using var database = Database.Open(File, raw.SQLITE_OPEN_READWRITE);
        database.Execute(sql);
    }
}
