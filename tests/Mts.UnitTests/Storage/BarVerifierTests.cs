using System.Security.Cryptography;
using Mts.Core.Market;
using Mts.Storage.Sqlite;
using SQLitePCL;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

public sealed class BarVerifierTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_hash_is_that_of_the_documented_bytes()
    {
        Write([Daily(0, 100, 5), Daily(1, 101, 0)]);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            foreach (var (time, open, high, low, close, volume) in ((long, double, double, double, double, double)[])
                [(1_704_067_200_000_000, 99, 102, 97, 100, 5), (1_704_153_600_000_000, 100, 103, 98, 101, 0)])
            {
                writer.Write(time);
                foreach (var value in (double[])[open, high, low, close, volume]) writer.Write(value);
            }
        }

        using var store = SqliteStore.OpenReader(folder.Path);
        store.ListSegments(BtcDaily).Single().RowsHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())));
    }

    [Fact]
    public void A_changed_price_names_the_segment()
    {
        Write([Daily(0), Daily(1)]);
        Write([Daily(2)]);

        Meddle("UPDATE bar SET close = close + 0.01 WHERE open_time = (SELECT max(open_time) FROM bar)");

        var finding = Findings().ShouldHaveSingleItem();
        (finding.SegmentId, finding.Kind, finding.First).ShouldBe((2, "hash", Day(2)));
    }

    [Fact]
    public void A_lost_row_is_found()
    {
        Write([Daily(0), Daily(1)]);

        Meddle("DELETE FROM bar WHERE open_time = (SELECT min(open_time) FROM bar)");

        Findings().Single().Detail.ShouldStartWith("1 rows where 2 were written");
    }

    [Fact]
    public void A_row_of_no_segment_is_found()
    {
        Write([Daily(0)]);

        Meddle("INSERT INTO bar SELECT series_id, open_time + 86400000000, open, high, low, close, volume, 77 FROM bar");

        Findings().Select(f => (f.Kind, f.SegmentId, f.First)).ShouldBe([("segment", null, Day(1))]);
    }

    [Fact]
    public void A_broken_rule_is_named()
    {
        Write([Daily(0) with { High = 1 }]);

        Findings().Single().Detail.ShouldStartWith("high_below_low");
    }

    [Fact]
    public void A_later_revision_does_not_make_a_damaged_segment_look_sound()
    {
        Write([Daily(0), Daily(1)]);
        Meddle("UPDATE bar SET close = close + 0.01 WHERE open_time = (SELECT min(open_time) FROM bar)");

        Write([Daily(1, 105)]);

        Findings().Select(f => (f.SegmentId, f.Kind)).ShouldBe([(1L, "hash")]);
    }

    [Fact]
    public void A_sound_database_has_no_findings()
    {
        Write([Daily(0)]);
        using var store = SqliteStore.OpenReader(folder.Path);

        store.VerifyBars(BtcDaily).ShouldBeEmpty();
        store.CheckIntegrity().ShouldBeEmpty();
    }

    private void Write(Bar[] bars)
    {
        using var store = SqliteStore.OpenWriter(folder.Path, TimeProvider.System);
        store.WriteBars(BtcDaily, true, bars, From("binance"));
    }

    private void Meddle(string sql)
    {
        using var database = Database.Open(folder.File(StoreFile.Name), raw.SQLITE_OPEN_READWRITE);
        database.Execute(sql);
    }

    private IReadOnlyList<Core.Ports.StoreFinding> Findings()
    {
        using var store = SqliteStore.OpenReader(folder.Path);
        return store.VerifyBars(BtcDaily);
    }
}
