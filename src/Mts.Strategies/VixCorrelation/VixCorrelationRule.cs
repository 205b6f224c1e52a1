using Mts.Core.Indicators.Statistics;
using Mts.Core.Signals;

namespace Mts.Strategies.VixCorrelation;

/// <summary>Buys when fear leaps and the price has fallen, sells short when it collapses and the price has risen.</summary>
internal static class VixCorrelationRule
{
    /// <returns>Null where nothing points anywhere, or a filter refuses.</returns>
    public static Opinion? Judge(VixFigures f, VixCorrelationOptions o)
    {
        var (direction, why) = Point(f, o);
        if (direction == Direction.Flat || !Passes(direction, f, o)) return null;
        var (confidence, sign, unit) = (Confidence(direction, f, o), (int)direction, Math.Clamp(3 * f.Volatility, 0.03, 0.12));
        var steadiness = f.Volatility > 0 ? Math.Clamp(0.02 / f.Volatility, 0.5, 1) : 1;
        return new Opinion(
            direction,
            StrengthLevels.Of(confidence, 0.75, 0.5).ToNumber(),
            confidence,
            o.Size * Math.Clamp(25 / Math.Max(f.Vix, 10), 0.5, 1) * steadiness,
            f.Price * (1 - (sign * unit)),
            f.Price * (1 + (sign * 2 * unit)),
            $"{why}; VIX {f.Vix:0.##} ({VixRegimes.Of(f.Vix)}), RSI {f.Rsi:0.#}, " +
            (sign > 0 ? $"{100 * f.Drawdown:0.#} % below the high" : $"{100 * f.Drawup:0.#} % above the low") +
            $", correlation {Words(f.Correlations.Strongest)}");
    }

    private static (Direction Direction, string Why) Point(VixFigures f, VixCorrelationOptions o)
    {
        var (upper, lower) = (f.Mean + (o.BandWidth * f.Deviation), f.Mean - (o.BandWidth * f.Deviation));
        if (f.Vix > upper) return (Direction.Long, $"VIX above its upper band {upper:0.##}");
        if (f.Change >= o.RocThreshold) return (Direction.Long, $"VIX up {100 * f.Change:0.#} % in {o.RocRows} rows");
        if (f.Vix < lower) return (Direction.Short, $"VIX below its lower band {lower:0.##}");
        if (f.Change <= -o.RocThreshold) return (Direction.Short, $"VIX down {-100 * f.Change:0.#} % in {o.RocRows} rows");
        var c = f.Correlations;
        if (c.Strongest?.R <= c.LongThreshold && c.AgreeingLong >= o.MinAgreeing)
            return (Direction.Long, $"{c.AgreeingLong} windows agree on r ≤ {c.LongThreshold:0.##}");
        if (c.Strongest?.R >= c.ShortThreshold && c.AgreeingShort >= o.MinAgreeing)
            return (Direction.Short, $"{c.AgreeingShort} windows agree on r ≥ {c.ShortThreshold:0.##}");
        return f.Percentile switch
        {
            >= 60 => (Direction.Long, $"VIX at percentile {f.Percentile:0.#} ≥ 60"),
            <= 40 => (Direction.Short, $"VIX at percentile {f.Percentile:0.#} ≤ 40"),
            _ => (Direction.Flat, ""),
        };
    }

    private static bool Passes(Direction direction, VixFigures f, VixCorrelationOptions o) => direction == Direction.Long
        ? f.Vix >= o.LongMinVix && f.Rsi <= o.LongMaxRsi && f.Drawdown >= o.MinMove
        : f.Vix >= o.ShortMinVix && f.Rsi >= o.ShortMinRsi && f.Drawup >= o.MinMove;

    // A fall of the VIX speaks for a short as a rise does for a long.
    private static double Confidence(Direction direction, VixFigures f, VixCorrelationOptions o)
    {
        var distance = o.BandWidth > 0 ? Math.Min(Math.Abs(f.Z ?? 0) / o.BandWidth, 1) : 1;
        var change = Math.Clamp((int)direction * (f.Change ?? 0) / o.RocThreshold, 0, 1);
        return Math.Max(0.5, 0.5 * (distance + change)) * Math.Clamp(25 / Math.Max(f.Vix, 10), 0.6, 1);
    }

    private static string Words(LaggedCorrelation? c) => c is null
        ? "unknown"
        : $"{c.R:0.##} ({CorrelationStrengths.Of(c.R)}, {c.Window} rows, VIX {c.Lag} ahead)";
}
