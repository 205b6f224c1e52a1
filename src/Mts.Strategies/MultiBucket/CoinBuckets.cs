using Mts.Core.Indicators;
using Mts.Core.Indicators.Statistics;

namespace Mts.Strategies.MultiBucket;

/// <summary>The buckets that look at one coin.</summary>
internal static class CoinBuckets
{
    private const int ResidualRows = 20;

    /// <summary>Long where momentum is high among its own past and nothing contradicts it.</summary>
    public static BucketView? Momentum(in CoinFigures f, double leverage, MultiBucketOptions o)
    {
        if (!(f.Composite > 0.75 && f.M7 > 0.04 && f.M14 > 0 && f.M30 > 0 && (f.Acceleration > 0 || f.Z30 > 1.5) && f.Strength > 0)) return null;
        var confidence = Math.Min(f.Composite!.Value / 2, 1);
        var share = confidence switch { > 0.8 => 1, > 0.6 => 0.85, _ => 0.7 };
        return new BucketView(
            o.MomentumSize * share * leverage, confidence,
            $"momentum {100 * f.M7:0.#}/{100 * f.M14:0.#}/{100 * f.M30:0.#} % over 7/14/30 rows, z {f.Composite:0.##} > 0.75");
    }

    /// <summary>Follows a return that the factor does not explain.</summary>
    /// <param name="z">See <see cref="ResidualZ"/>.</param>
    /// <param name="leverage">0 to 1.</param>
    /// <param name="o">Sizes.</param>
    public static BucketView? Residual(double? z, double leverage, MultiBucketOptions o)
    {
        var size = z switch { > 1.5 => 0.8 * 1.25, > 1 => 0.8, < -1 => -0.6, _ => 0 };
        return size == 0 ? null : new BucketView(o.ResidualSize * size * leverage, Math.Min(Math.Abs(z!.Value) / 3, 1), $"residual to the factor z {z:0.##} beyond ±1");
    }

    /// <summary>Against a rush that most rows do not share, while coins move on their own; done when half of it is given back.</summary>
    public static BucketView? Reversion(in CoinFigures f, double correlation, double leverage, MultiBucketOptions o)
    {
        if (!(correlation < 0.15)) return null;
        var sign = f.Z7 > 2 && f.Strength < 0 ? -1 : f.Z7 < -2 && f.Strength > 0 ? 1 : 0;
        if (sign == 0) return null;
        return new BucketView(
            sign * o.ReversionSize * leverage, Math.Min(Math.Abs(f.Z7!.Value) / 3, 1),
            $"reversion of {100 * f.M7:0.#} % over 7 rows, z {f.Z7:0.##} beyond ±2 at a mean correlation {correlation:0.##} < 0.15", f.Close * (1 - (f.M7 / 2)));
    }

    /// <summary>Deviations of the newest residual of a regression of returns on the factor's from the mean of the 20 before it; population deviation.</summary>
    /// <returns>Null where one side does not vary.</returns>
    public static double? ResidualZ(ReadOnlySpan<double> factor, ReadOnlySpan<double> returns)
    {
        if (LeastSquares.Of(factor, returns) is not { } line) return null;
        Span<double> last = stackalloc double[ResidualRows + 1];
        for (var i = 0; i < last.Length; i++) last[i] = line.Residual(factor[^(last.Length - i)], returns[^(last.Length - i)]);
        var before = last[..^1];
        return RollingStdDev.Of(before, DeviationKind.Population) is { } deviation ? ZScore.Of(last[^1], Mean(before), deviation) : null;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }
}
