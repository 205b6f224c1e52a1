using BenchmarkDotNet.Attributes;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Engine;
using Mts.Strategies;

namespace Mts.Benchmarks;

/// <summary>Whole backtests over 100,000 bars in memory; buying once and holding is the loop with next to no orders.</summary>
[MemoryDiagnoser]
public class LoopBenchmarks
{
    private const int Bars = 100_000;
    private static readonly BacktestOptions Options = new() { FeeBps = 0.1m, SlippageBps = 0 };
    private readonly BarSeries one = SeededBars.Of(Bars);
    private readonly BarSeries[] twenty = [.. Enumerable.Range(1, 20).Select(i => SeededBars.Of(Bars / 20, i, $"C{i}"))];

    [Benchmark(Baseline = true)]
    public decimal BuyHold() => Run("BuyHold", one);

    [Benchmark]
    public decimal SmaCross() => Run("SmaCross", one);

    [Benchmark]
    public decimal SmaCrossOfTwentySymbols() => Run("SmaCross", twenty);

    [Benchmark]
    public int Resample() => Resampler.Resample(one, Interval.Hour).Series.Length;

    private static decimal Run(string strategy, params BarSeries[] series)
    {
        var inputs = new BacktestInputs
        {
            Instruments = [.. series.Select(s => new InstrumentData(s.Key.Symbol.Base, s))], Start = series[0][0].OpenTime, End = series[0].CloseTime(series[0].Length - 1),
        };
        return Backtest.Run(inputs, [new StrategyCatalog().Create(strategy, new Dictionary<string, string>())], null, null, Options, new RunLabels { Version = "bench" }, CancellationToken.None).Metrics.FinalEquity;
    }
}
