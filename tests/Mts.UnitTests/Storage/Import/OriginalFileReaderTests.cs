using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files.Import;
using Microsoft.Data.Sqlite;

namespace Mts.UnitTests.Storage.Import;

public sealed class OriginalFileReaderTests : IDisposable
{
    private readonly ImportFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_database_gives_points_macro_and_funding_quotes()
    {
        var path = files.Write("crypto_data.db", []);
        using (var database = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = """
                create table crypto_ohlcv (id integer primary key, cryptocurrency text, timestamp integer, date_str text, open real, high real, low real, close real, volume real, created_at text);
                create table macro_indicators (id integer primary key, indicator text, date text, value real, is_interpolated boolean, is_forward_filled boolean, created_at text);
                create table funding_rates (id integer primary key, exchange text, symbol text, timestamp integer, funding_rate real, predicted_rate real, funding_time integer);
                insert into crypto_ohlcv values (1,'bitcoin',1751018637666,'2025-06-27',5,5,5,5,1000,''),(2,'bitcoin',1751015027454,'2025-06-27',4,4,4,4,900,''),(3,'tether',1751015041247,'2025-06-27',1,1,1,1,0,''),(4,'tether',1751015041248,'2025-06-27',0,0,0,0,0,'');
                insert into macro_indicators values (1,'VIXCLS','2025-01-28',19.2,0,0,''),(2,'VIXCLS','2025-06-27',16.59,0,1,''),(3,'DFF','2025-06-28',4.33,0,0,'');
                insert into funding_rates values (1,'binance','BTCUSDT',1752124257944,0.0001,0.0001,1752134400000);
                """;
            command.ExecuteNonQuery();
        }

        var import = OriginalFileReader.Read(path, ImportFiles.Now);
        OriginalFileReader.Recognises(path).ShouldBeTrue();
        import.Points.Select(p => p.AssetId).ShouldBe(["bitcoin", "tether"]);
        import.Points[0].Points.ShouldBe([new PricePoint(new Timestamp(1_751_015_027_454_000), 4, 900), new PricePoint(new Timestamp(1_751_018_637_666_000), 5, 1000)]);
        import.Points[1].Points.ShouldHaveSingleItem().TrailingVolume.ShouldBeNull();
        import.Points[1].Report.Rejected["price_not_positive"].ShouldBe(1);
        import.Macro.Select(m => (m.SeriesId, m.Report.Accepted)).ShouldBe([("DFF", 1), ("VIXCLS", 1)]);
        import.Macro[1].Observations[0].IsForwardFilled.ShouldBeTrue();
        import.Macro[1].Report.Rejected["hand_made"].ShouldBe(1);
        import.Funding.ShouldHaveSingleItem().Symbol.ShouldBe(Symbol.Parse("BTC/USDT:USDT"));
    }

    [Fact]
    public void Flat_prices_of_a_coin_are_points()
    {
        var path = files.Write("bitcoin_2025.csv", "timestamp,open,high,low,close,volume\n1751018637666,5,5,5,5,1000\n1751015027454,4,4,4,4,900\nx,4,4,4,4,900\n");
        OriginalFileReader.Recognises(path).ShouldBeTrue();
        var (assetId, points, report) = OriginalFileReader.Read(path, ImportFiles.Now).Points.ShouldHaveSingleItem();
        assetId.ShouldBe("bitcoin");
        points.Select(p => p.Price).ShouldBe([4, 5]);
        (report.Kind, report.RowsRead, report.Accepted).ShouldBe(("points", 3, 2));
        report.Rejected["unparsable"].ShouldBe(1);
        ImportFiles.ShouldAddUp(report);
    }

    [Theory]
    [InlineData("backup_bitcoin_2025.csv", "0.0", true)]
    [InlineData("bitcoin_2025.csv", "12.5", false)]
    [InlineData("BTCUSDT_1d.csv", "0.0", false)]
    public void Candles_of_a_coin_without_volume_are_points_and_those_with_volume_are_bars(string name, string volume, bool isOriginal)
    {
        var path = files.Write(name, $"timestamp,open,high,low,close,volume\n1751049000000,5,6,4,5.5,{volume}\n1751050800000,5,6,4,5.5,{volume}\n");
        OriginalFileReader.Recognises(path).ShouldBe(isOriginal);
    }

    [Fact]
    public void Another_database_is_refused()
    {
        var path = files.Write("x.db", []);
        using (var database = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "create table other (id integer)";
            command.ExecuteNonQuery();
        }

        Should.Throw<DataValidationException>(() => OriginalFileReader.Read(path, ImportFiles.Now)).Message.ShouldContain("other");
    }
}
