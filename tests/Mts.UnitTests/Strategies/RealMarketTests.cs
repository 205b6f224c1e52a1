using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

/// <summary>Strategies over real days of BTC/USDT and the VIX, where the variable MTS_DATA names a folder with them.</summary>
public sealed class RealMarketTests
{
    private static readonly Lazy<(BarSeries Bars, Dictionary<string, MacroObservation[]> Macro)> Data = new(Load);

    [Fact]
    public void Sma_cross_agrees_with_means_of_decimals()
    {
        var (bars, _) = Data.Value;
        var closes = bars.Closes.ToArray().Select(c => (decimal)c).ToArray();
        var expected = new List<(Timestamp, Direction)>();
        var state = Direction.Flat;
        for (var i = 49; i < closes.Length; i++)
        {
            var order = (closes[(i - 9)..(i + 1)].Sum() * 50).CompareTo(closes[(i - 49)..(i + 1)].Sum() * 10);
            var wanted = order > 0 ? Direction.Long : order < 0 ? Direction.Flat : state;
            if (wanted != state) expected.Add((bars.CloseTime(i), wanted));
            state = wanted;
        }

        Run("SmaCross").Select(s => (s.Time, s.Direction)).ShouldBe(expected);
    }

    [Fact]
    public void Mean_reversion_buys_only_in_fear_after_a_fall()
    {
        var (bars, macro) = Data.Value;
        var signals = Run("MeanReversion");
        signals.ShouldNotBeEmpty();
        foreach (var signal in signals)
        {
            macro["VIXCLS"].Last(o => o.Value is not null && o.KnownTime <= signal.Time).Value!.Value.ShouldBeGreaterThan(20);
            var last = bars.LowerBound(signal.Time) - 1;
            bars.Closes[last].ShouldBe(signal.Price);
            // The high of 14 rows lies within 24 days: weekends and holidays make no row.
            bars.Closes[Math.Max(0, last - 24)..(last + 1)].ToArray().Max().ShouldBeGreaterThan(signal.Price / 0.93);
        }
    }

    [Theory]
    [InlineData("VixCorrelation")]
    [InlineData("Momentum")]
    [InlineData("Volatility")]
    public void Both_directions_occur(string name)
    {
        var signals = Run(name);
        signals.ShouldContain(s => s.Direction == Direction.Long);
        signals.ShouldContain(s => s.Direction == Direction.Short);
        signals.ShouldAllBe(s => s.PositionSize > 0 && s.PositionSize <= 0.05 && s.Confidence > 0 && s.Confidence <= 1);
    }

    private static IReadOnlyList<Signal> Run(string name)
    {
        var (bars, macro) = Data.Value;
        return new StrategyRun([bars], macro).Run(new StrategyCatalog().Create(name, new Dictionary<string, string>()));
    }

    private static (BarSeries Bars, Dictionary<string, MacroObservation[]> Macro) Load()
    {
        var folder = Environment.GetEnvironmentVariable("MTS_DATA");
        var (prices, vix) = (Path.Combine(folder ?? "", "market/binance_spot_api/BTCUSDT_1d.csv"), Path.Combine(folder ?? "", "macro/fred_csv/VIXCLS.csv"));
        if (folder is null || !File.Exists(prices) || !File.Exists(vix)) Assert.Skip("MTS_DATA names no folder with BTC/USDT days and the VIX.");
        var key = new SeriesKey("binance", new Symbol("BTC", "USDT"), Interval.Day);
        return (BarSeries.From(key, true, [.. Fields(prices).Select(ToBar)]), new() { ["VIXCLS"] = [.. Fields(vix).Select(ToObservation)] });
    }

    private static IEnumerable<string[]> Fields(string path) => File.ReadLines(path).Where(l => char.IsAsciiDigit(l[0])).Select(l => l.Split(','));

    private static Bar ToBar(string[] f) =>
        new(Timestamp.Parse(f[0]), double.Parse(f[1]), double.Parse(f[2]), double.Parse(f[3]), double.Parse(f[4]), double.Parse(f[5]));

    private static MacroObservation ToObservation(string[] f)
    {
        var day = DateOnly.Parse(f[0]);
        return new MacroObservation(day, double.TryParse(f[1], out var value) ? value : null, MacroCatalog.Find("VIX").KnownTime(day));
    }
}
