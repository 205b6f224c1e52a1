using BenchmarkDotNet.Attributes;
using Mts.Core.Performance;

namespace Mts.Benchmarks;

/// <summary>Figures over ten years of daily equity; making the returns is the floor.</summary>
[MemoryDiagnoser]
public class MetricBenchmarks
{
    private readonly double[] equity = SeededBars.Of(3_650).Closes.ToArray();
    private double[] returns = [];

    [GlobalSetup]
    public void SetUp() => returns = Core.Performance.Returns.Of(equity);

    [Benchmark(Baseline = true)]
    public double[] Returns() => Core.Performance.Returns.Of(equity);

    [Benchmark]
    public double? Sharpe() => SharpeRatio.Of(returns, 365);

    [Benchmark]
    public double? Sortino() => SortinoRatio.Of(returns, 365);

    [Benchmark]
    public double Drawdown() => MaxDrawdown.Of(equity);
}
