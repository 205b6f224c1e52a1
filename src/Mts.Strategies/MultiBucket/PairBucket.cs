using Mts.Core.Indicators;
using Mts.Core.Indicators.Statistics;

namespace Mts.Strategies.MultiBucket;

/// <summary>Two coins that usually go together and have parted: against the distance of their logarithms, hedged by its regression.</summary>
/// <param name="Beta">Share of the second leg per share of the first.</param>
/// <param name="Z">Distance in its population deviations; above 0 the first coin is dear.</param>
/// <param name="Long">Correlation of 30 returns.</param>
/// <param name="Short">Correlation of 7 returns.</param>
internal readonly record struct PairBucket(double Beta, double Z, double Long, double Short)
{
    private const int LongRows = 30;
    private const int ShortRows = 7;

    public bool IsApart => Math.Abs(Z) > 2 && Long > 0.65 && Short <= Long - 0.05;

    /// <summary>The distance has closed.</summary>
    public bool IsOver => Math.Abs(Z) < 0.5;

    /// <returns>Null where one side does not vary, or the hedge would not be one.</returns>
    public static PairBucket? Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> firstReturns, ReadOnlySpan<double> secondReturns)
    {
        Span<double> x = stackalloc double[first.Length];
        Span<double> y = stackalloc double[first.Length];
        for (var i = 0; i < first.Length; i++) (x[i], y[i]) = (Math.Log(second[i]), Math.Log(first[i]));
        if (LeastSquares.Of(x, y) is not { Slope: > 0.2 and < 5 } line) return null;
        var squares = 0.0;
        for (var i = 0; i < x.Length; i++) squares += line.Residual(x[i], y[i]) * line.Residual(x[i], y[i]);
        var deviation = Math.Sqrt(squares / x.Length);
        if (ZScore.Of(line.Residual(x[^1], y[^1]), 0, deviation) is not { } z) return null;
        var (longOne, shortOne) = (RollingCorrelation.Of(firstReturns[^LongRows..], secondReturns[^LongRows..]), RollingCorrelation.Of(firstReturns[^ShortRows..], secondReturns[^ShortRows..]));
        return longOne is { } l && shortOne is { } s ? new PairBucket(line.Slope, z, l, s) : null;
    }

    /// <summary>What it wants of both coins; their gross is the pair's size.</summary>
    public (BucketView First, BucketView Second) Views(string first, string second, double leverage, MultiBucketOptions o)
    {
        var (sign, confidence) = (-Math.Sign(Z), Math.Min(Math.Abs(Z) / 4, 1));
        var unit = sign * o.PairSize * leverage / (1 + Beta);
        var words = $"pair {first} − {Beta:0.##} × {second} z {Z:0.##} beyond ±2, correlation {Long:0.##}, of late {Short:0.##}";
        return (new BucketView(unit, confidence, words), new BucketView(-Beta * unit, confidence, words));
    }
}
