using Mts.Core.Signals;

namespace Mts.Strategies.Ripple;

/// <summary>Adds up points for buying and for selling.</summary>
internal static class RippleRule
{
    private const double MaxSize = 0.08;

    /// <summary>By the hour of the close, UTC; bars of a day or longer all close at one hour, which therefore says nothing.</summary>
    public static double HourWeight(int hour, bool isIntraday) => !isIntraday ? 1 : hour switch { >= 22 or <= 6 => 1.2, >= 14 => 1.1, _ => 1 };

    /// <returns>Null where neither score suffices; buying goes first.</returns>
    public static Opinion? Judge(in RippleFigures f, RippleOptions o)
    {
        var (buy, sell) = (BuyScore(f, o), SellScore(f, o));
        if (buy >= o.BuyScore) return Say(Direction.Long, buy, o.BuyScore, f, o);
        return sell >= o.SellScore ? Say(Direction.Short, sell, o.SellScore, f, o) : null;
    }

    public static double BuyScore(in RippleFigures f, RippleOptions o)
    {
        var (isCalm, isCheap, isAlone) = (f.Vix < 15, f.Dollar < -o.DollarDistance, Math.Abs(f.Correlation ?? 1) < 0.7);
        var points = f.Rsi switch { < 30 => 0.25, < 40 => 0.15, _ => 0 }
            + (f.Macd > 0 ? 0.2 : 0) + (f.Price < f.Lower ? 0.15 : 0) + Volume(f)
            + (isCalm ? 0.15 : 0) + (isCheap ? 0.15 : 0) + (isAlone ? 0.15 : 0) + (f.HourWeight > 1 ? 0.1 : 0);
        return (points * f.HourWeight * 0.3) + (Volume(f) * 0.25) + (isCalm || isCheap ? 0.15 * 0.25 : 0) + (isAlone ? 0.15 * 0.2 : 0);
    }

    public static double SellScore(in RippleFigures f, RippleOptions o) =>
        f.Rsi switch { > 70 => 0.3, > 60 => 0.2, _ => 0 }
        + (f.Macd < 0 ? 0.25 : 0) + (f.Price > f.Upper ? 0.2 : 0) + (f.Momentum < -0.02 ? 0.15 : 0) + Volume(f)
        + (f.Vix > 25 ? 0.2 : 0) + (f.Dollar > o.DollarDistance ? 0.2 : 0);

    public static double Size(double score, double volatility, RippleOptions o)
    {
        var size = o.Size * (1 + ((score - 0.5) * 2)) * volatility switch { > 2 => 0.8, < 0.5 => 1.3, _ => 1 };
        return Math.Clamp(size, 0, MaxSize);
    }

    private static double Volume(in RippleFigures f) => f.VolumeRatio switch { >= 2 => 0.25, >= 1.5 => 0.15, _ => 0 };

    private static Opinion Say(Direction direction, double score, double limit, in RippleFigures f, RippleOptions o)
    {
        var confidence = Math.Min(1, score);
        return new Opinion(
            direction, StrengthLevels.Of(confidence, 0.7, 0.5).ToNumber(), confidence, Size(confidence, f.Volatility, o), null, null,
            $"{(direction == Direction.Long ? "buy" : "sell")} score {score:0.###} ≥ {limit:0.##}: RSI {f.Rsi:0.#}, MACD {(f.Macd > 0 ? "above" : "below")} its signal, " +
            $"band {Stance.Rounded(f.Lower)} to {Stance.Rounded(f.Upper)}, volume {Words(f.VolumeRatio, "× its mean")}, momentum {100 * f.Momentum:0.#} %, " +
            $"correlation with BTC {Words(f.Correlation)}, VIX {Words(f.Vix)}, dollar {Words(100 * f.Dollar, "% from its mean")}, hour × {f.HourWeight:0.#}");
    }

    private static string Words(double? value, string unit = "") => value is { } v ? $"{v:0.##} {unit}".TrimEnd() : "unknown";
}
