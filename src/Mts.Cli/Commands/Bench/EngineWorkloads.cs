using System.Globalization;
using Mts.Engine;
using Mts.Engine.Guards;
using Mts.Engine.Optimization;
using Mts.Strategies;

namespace Mts.Cli.Commands.Bench;

/// <summary>The whole engine on bars in memory: orders, fees, slippage, trades, equity, metrics; fees small enough that the account lives to the end.</summary>
internal sealed class EngineWorkloads(CancellationToken cancellationToken)
{
    private const int Runs = 5;
    private const int SearchedBars = 100_000;
    private const int Symbols = 20;
    private const int BarsEach = 50_000;
    private static readonly BacktestOptions Options = new() { FeeBps = 0.1m, SlippageBps = 0 };
    private static readonly RunLabels Labels = new() { Version = "bench" };
    private readonly StrategyCatalog catalog = new();

    public BenchResult One(BarSeries series)
    {
        var seconds = Seconds([new InstrumentData("bitcoin", series)]);
        return new BenchResult($"backtest, SmaCross 10/50 over {Count(series.Length)} bars in memory", seconds / series.Length * 1e9, "CPU-ns/bar", 50, IsRate: false);
    }

    public BenchResult Portfolio(int seed)
    {
        var data = Enumerable.Range(0, Symbols).Select(i => new InstrumentData($"coin{i}", BenchSeries.Of(BarsEach, seed + i, $"C{i}"))).ToList();
        return new BenchResult($"backtest, SmaCross 10/50 over {Symbols} symbols of {Count(BarsEach)} bars in one portfolio", (long)Symbols * BarsEach / Seconds(data), "bars/CPU-s", 13_000_000, IsRate: true);
    }

    /// <summary>A thousand pairs of means on the first 100,000 bars, the figures of luck and the ten best in full included.</summary>
    public BenchResult Search(BarSeries series)
    {
        var bars = series.Slice(new Timestamp(series.OpenTimes[0]), new Timestamp(series.OpenTimes[Math.Min(series.Length, SearchedBars) - 1] + 1));
        var space = SearchSpace.Of(catalog.All.First(s => s.Name == "SmaCross"), new Dictionary<string, string>(), ["fast=5..29", "slow=40..79"]);
        var optimizer = new Optimizer(catalog, Inputs([new InstrumentData("bitcoin", bars)]), null, Options, Labels);
        var seconds = Cpu.Median(Cpu.Of(() => optimizer.Run(space, new OptimizerOptions(), cancellationToken), Runs));
        return new BenchResult($"search, {Count((int)space.Combinations)} SmaCross pairs over {Count(bars.Length)} bars", space.Combinations / seconds, "backtests/CPU-s", 1_500, IsRate: true);
    }

    /// <summary>What being judged adds to a backtest, in per cent of both.</summary>
    public BenchResult Guards(BarSeries series, string strategy)
    {
        var inputs = Inputs([new InstrumentData("bitcoin", series)]);
        var run = new GuardedRun { Inputs = inputs, Make = () => [catalog.Create(strategy, new Dictionary<string, string>())], Options = Options, Labels = Labels };
        var result = Backtest.Run(inputs, run.Make(), null, null, Options, Labels, cancellationToken);
        var plain = Cpu.Median(Cpu.Of(() => Backtest.Run(inputs, run.Make(), null, null, Options, Labels, cancellationToken), Runs));
        var judged = Cpu.Median(Cpu.Of(() => GuardedBacktest.Judge(run, result, cancellationToken), Runs));
        return new BenchResult($"guards' share of a backtest, {strategy} over {Count(series.Length)} bars in memory", judged / (plain + judged) * 100, "% of CPU", 10, IsRate: false);
    }

    private static string Count(int number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    private static BacktestInputs Inputs(IReadOnlyList<InstrumentData> data) => new()
    {
        Instruments = data, Start = new Timestamp(data[0].Series.OpenTimes[0]), End = data[0].Series.CloseTime(data[0].Series.Length - 1),
    };

    private double Seconds(IReadOnlyList<InstrumentData> data)
    {
        var inputs = Inputs(data);
        return Cpu.Median(Cpu.Of(() => Backtest.Run(inputs, [catalog.Create("SmaCross", new Dictionary<string, string>())], null, null, Options, Labels, cancellationToken), Runs));
    }
}
