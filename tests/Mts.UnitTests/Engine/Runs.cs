using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Strategies;

namespace Mts.UnitTests.Engine;

/// <summary>Small markets, and backtests over them.</summary>
internal static class Runs
{
    public static readonly Timestamp Start = Timestamp.Parse("2024-01-01");
    public static readonly RunLabels Labels = new() { Version = "test" };

    /// <summary>No fee, no slippage.</summary>
    public static readonly BacktestOptions Free = new() { FeeBps = 0, SlippageBps = 0 };

    public static BarSeries Days(params (double Open, double High, double Low, double Close)[] bars) => Bars("BTC/USDT", Interval.Day, bars);

    public static BarSeries Bars(string symbol, Interval interval, params (double Open, double High, double Low, double Close)[] bars) => BarSeries.From(
        new SeriesKey("test", Symbol.Parse(symbol), interval), hasVolume: true,
        [.. bars.Select((b, i) => new Bar(new Timestamp(Start.Micros + (i * interval.Micros)), b.Open, b.High, b.Low, b.Close, 1))]);

    /// <summary>Bars whose open is the close before, so that only closes need saying.</summary>
    public static BarSeries Closes(params double[] closes) =>
        Days([.. closes.Select((c, i) => (Open: closes[Math.Max(0, i - 1)], c)).Select(b => (b.Open, Math.Max(b.Open, b.c), Math.Min(b.Open, b.c), b.c))]);

    /// <summary>A seeded market with prices of two to eight decimals, gaps between close and open, and fat tails.</summary>
    public static BarSeries Random(int seed, int bars, string symbol = "BTC/USDT", Interval? interval = null)
    {
        var random = new Random(seed);
        var decimals = random.Next(2, 9);
        var price = Math.Round(Math.Exp((random.NextDouble() * 12) - 4) + 0.01, decimals);
        var list = new (double, double, double, double)[bars];
        for (var i = 0; i < bars; i++)
        {
            var open = Step(price, 0.002);
            var close = Step(open, random.Next(20) == 0 ? 0.15 : 0.03);
            list[i] = (open, Math.Max(open, close) + Tick(), Math.Max(Tick(), Math.Min(open, close) - Tick()), close);
            price = close;
        }

        return Bars(symbol, interval ?? Interval.Day, list);

        double Step(double from, double size) => Math.Max(Math.Pow(10, -decimals) * 100, Math.Round(from * Math.Exp((random.NextDouble() - 0.5) * size), decimals));

        double Tick() => Math.Pow(10, -decimals) * random.Next(1, 50);
    }

    public static BacktestInputs Inputs(params BarSeries[] series) => new()
    {
        Instruments = [.. series.Select(s => new InstrumentData(s.Key.Symbol.Base.ToLowerInvariant(), s))],
        Start = new Timestamp(series.Min(s => s.OpenTimes[0])),
        End = new Timestamp(series.Max(s => s.CloseTime(s.Length - 1).Micros)),
    };

    public static BacktestResult Run(IStrategy strategy, BacktestOptions options, params BarSeries[] series) => Run(strategy, options, Inputs(series));

    public static BacktestResult Run(IStrategy strategy, BacktestOptions options, BacktestInputs inputs, RiskPolicy? risk = null) =>
        Backtest.Run(inputs, [strategy], null, risk, options, Labels, TestContext.Current.CancellationToken);

    public static IStrategy BuyHold() => new StrategyCatalog().Create("BuyHold", new Dictionary<string, string>());

    public static IStrategy SmaCross(int fast, int slow) =>
        new StrategyCatalog().Create("SmaCross", new Dictionary<string, string> { ["fast"] = $"{fast}", ["slow"] = $"{slow}" });

    public static Signal With(this Signal signal, double size = 1, double? stop = null, double? target = null, TimeSpan? horizon = null) =>
        signal with { PositionSize = size, Stop = stop, Target = target, Horizon = horizon };
}
