using Mts.Core.Market;
using Mts.Storage.Files;
using Mts.Storage.Files.Import;
using Mts.Storage.Sqlite;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

/// <summary>What the store gives out comes back the same.</summary>
public sealed class ExportRoundTripTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("out.csv", true)]
    [InlineData("out.csv.gz", true)]
    [InlineData("out.csv", false)]
    public void An_exported_series_imports_equal(string name, bool hasVolume)
    {
        var series = Random(3, hasVolume);

        CsvExport.Write(series, folder.File(name));

        Bars(Import(folder.File(name), BtcDaily)).ShouldBe(Bars(series));
    }

    [Fact]
    public void A_mirror_imports_equal()
    {
        var series = Random(4, hasVolume: true).Slice(Day(0), Day(366));

        var file = new BackupWriter(folder.Path).WriteBars("bitcoin", series).ShouldHaveSingleItem();

        Bars(Import(file, BtcDaily)).ShouldBe(Bars(series));
    }

    [Theory]
    [InlineData("BTCUSDT_4h.csv.gz", "4h")]
    [InlineData("SOLUSDT_1d.csv", "1d")]
    public void Real_bars_go_through_the_store_and_out_and_in_again(string file, string interval)
    {
        var data = Environment.GetEnvironmentVariable("MTS_DATA");
        Assert.SkipWhen(data is null, "MTS_DATA names no folder of market data.");
        var key = new SeriesKey("binance", new Symbol("BTC", "USDT"), Interval.Parse(interval));
        var real = Import(Path.Combine(data!, "market", "binance_spot_api", file), key);
        using var store = SqliteStore.OpenWriter(folder.Path, TimeProvider.System);
        store.WriteBars(key, real.HasVolume, Bars(real), From("file"));

        CsvExport.Write(store.ReadBars(key, Timestamp.MinValue, Timestamp.MaxValue), folder.File("out.csv.gz"));

        Bars(Import(folder.File("out.csv.gz"), key)).ShouldBe(Bars(real));
        store.VerifyBars(key).ShouldBeEmpty();
    }

    private static BarSeries Random(int seed, bool hasVolume)
    {
        var random = new Random(seed);
        var bars = new BarSeriesBuilder();
        for (var day = 0; day < 800; day += random.Next(20) == 0 ? 4 : 1)
        {
            var scale = Math.Pow(10, random.Next(-9, 12));
            var (low, high) = (scale * (1 + random.NextDouble()), scale * (3 + random.NextDouble()));
            bars.Add(new Bar(Day(day), (low + high) / 2, high, low, low + (random.NextDouble() * (high - low)), hasVolume ? random.NextDouble() * 1e6 : double.NaN));
        }

        return bars.Build(BtcDaily, hasVolume);
    }

    private static BarSeries Import(string path, SeriesKey key) =>
        BarFileReader.Read([path], new BarImportOptions { Now = Day(2_000), Interval = key.Interval, Symbol = key.Symbol, Venue = key.Venue }).Series;

    private static Bar[] Bars(BarSeries series) => [.. Enumerable.Range(0, series.Length).Select(i => series[i])];
}
