using BenchmarkDotNet.Attributes;
using Mts.Core.Indicators;

namespace Mts.Benchmarks;

/// <summary>Indicators over 10,000 closes; the plain sum of them is the floor.</summary>
[MemoryDiagnoser]
public class IndicatorBenchmarks
{
    private readonly double[] closes = SeededBars.Of(10_000).Closes.ToArray();

    [Benchmark(Baseline = true)]
    public double Sum()
    {
        var sum = 0.0;
        foreach (var close in closes) sum += close;
        return sum;
    }

    [Benchmark]
    public double? SimpleMean()
    {
        var mean = new Sma(50);
        foreach (var close in closes) mean.Add(close);
        return mean.Value;
    }

    [Benchmark]
    public double? ExponentialMean()
    {
        var mean = new Ema(50);
        foreach (var close in closes) mean.Add(close);
        return mean.Value;
    }

    [Benchmark]
    public double? RelativeStrength()
    {
        var rsi = new RsiWilder(14);
        foreach (var close in closes) rsi.Add(close);
        return rsi.Value;
    }

    [Benchmark]
    public double? Bands()
    {
        var bands = new BollingerBands(20);
        foreach (var close in closes) bands.Add(close);
        return bands.Upper;
    }

    [Benchmark]
    public double? Highest()
    {
        var high = new RollingHigh(50);
        foreach (var close in closes) high.Add(close);
        return high.Value;
    }
}
