using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Sqlite;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

public sealed class StoreBackupTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly TempFolder elsewhere = new();

    private string Backup => elsewhere.File("copy.db");

    public void Dispose()
    {
        folder.Dispose();
        elsewhere.Dispose();
    }

    [Fact]
    public void A_restored_backup_has_the_bars_of_the_moment_it_was_made()
    {
        Write(Daily(0));
        using (var reader = SqliteStore.OpenReader(folder.Path)) reader.Backup(Backup);
        Write(Daily(1));

        SqliteStore.Restore(folder.Path, Backup, TimeProvider.System);

        Bars(folder).ShouldBe([Daily(0)]);
        Write(Daily(2));
        Bars(folder).ShouldBe([Daily(0), Daily(2)]);
        File.Exists(folder.File("crypto_data.db.replaced")).ShouldBeTrue();
    }

    [Fact]
    public void A_backup_beside_its_writer_has_all_that_is_committed()
    {
        using var writer = SqliteStore.OpenWriter(folder.Path, TimeProvider.System);
        writer.WriteBars(BtcDaily, true, [Daily(0)], From("binance"));

        writer.Backup(Backup);
        SqliteStore.Restore(elsewhere.Path, Backup, TimeProvider.System);

        Bars(elsewhere).ShouldBe([Daily(0)]);
        Should.Throw<StorageException>(() => writer.Backup(Backup)).Message.ShouldContain("there already");
    }

    [Fact]
    public void A_damaged_store_is_replaced_and_kept()
    {
        Write(Daily(0));
        using (var reader = SqliteStore.OpenReader(folder.Path)) reader.Backup(Backup);
        File.WriteAllText(folder.File("crypto_data.db"), "damaged");

        SqliteStore.Restore(folder.Path, Backup, TimeProvider.System);

        Bars(folder).ShouldBe([Daily(0)]);
        File.ReadAllText(folder.File("crypto_data.db.replaced")).ShouldBe("damaged");
    }

    [Fact]
    public void A_damaged_backup_changes_nothing()
    {
        Write(Daily(0));
        File.WriteAllText(Backup, "damaged");

        Should.Throw<StorageException>(() => SqliteStore.Restore(folder.Path, Backup, TimeProvider.System));

        Bars(folder).ShouldBe([Daily(0)]);
    }

    [Fact]
    public void Nothing_is_restored_under_a_writer()
    {
        using var writer = SqliteStore.OpenWriter(folder.Path, TimeProvider.System);
        writer.Backup(Backup);

        Should.Throw<StoreBusyException>(() => SqliteStore.Restore(folder.Path, Backup, TimeProvider.System));
    }

    private void Write(Bar bar)
    {
        using var store = SqliteStore.OpenWriter(folder.Path, TimeProvider.System);
        store.WriteBars(BtcDaily, true, [bar], From("binance"));
    }

    private static Bar[] Bars(TempFolder of)
    {
        using var store = SqliteStore.OpenReader(of.Path);
        var series = store.ReadBars(BtcDaily, Timestamp.MinValue, Timestamp.MaxValue);
        return [.. Enumerable.Range(0, series.Length).Select(i => series[i])];
    }
}
