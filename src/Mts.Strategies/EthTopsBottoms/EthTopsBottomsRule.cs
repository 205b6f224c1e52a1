using Mts.Core.Signals;

namespace Mts.Strategies.EthTopsBottoms;

/// <summary>Sells a tired rise at its high, buys a tired fall at its low.</summary>
internal static class EthTopsBottomsRule
{
    /// <returns>Null where there is no pattern, or too little speaks for it.</returns>
    public static Opinion? Judge(in Extremes x, EthTopsBottomsOptions o)
    {
        var direction = IsTop(x, o) ? Direction.Short : IsBottom(x, o) ? Direction.Long : Direction.Flat;
        if (direction == Direction.Flat) return null;
        var (confidence, sign) = (Confidence(direction, x, o), (int)direction);
        if (confidence < o.MinConfidence) return null;
        return new Opinion(
            direction, StrengthLevels.Of(confidence, 0.8, 0.6).ToNumber(), confidence, o.Size * confidence,
            x.Price * (1 - (sign * o.Stop)), x.Price * (1 + (sign * o.Target)),
            (sign < 0 ? $"top: close within {100 * o.Nearness:0.#} % of the high {Stance.Rounded(x.Highest)} of {o.Rows} bars" : $"bottom: close within {100 * o.Nearness:0.#} % of the low {Stance.Rounded(x.Lowest)} of {o.Rows} bars") +
            $", RSI {x.Rsi:0.#} {(sign < 0 ? $"off its high {x.RsiHigh:0.#}" : $"off its low {x.RsiLow:0.#}")}, MACD {(x.Macd < 0 ? "below" : "above")} its signal, " +
            $"volume {(x.VolumeRatio is { } v ? $"{v:0.##} × its mean" : "unknown")}{(Diverges(direction, x) ? ", price and RSI diverge" : "")}");
    }

    public static bool IsTop(in Extremes x, EthTopsBottomsOptions o) =>
        x.Price >= (1 - o.Nearness) * x.Highest && x.Rsi > o.High && x.Rsi < x.RsiHigh && x.Price > x.Short && x.Short > x.Medium && (x.Macd < 0 || x.VolumeRatio < 1);

    public static bool IsBottom(in Extremes x, EthTopsBottomsOptions o) =>
        x.Price <= (1 + o.Nearness) * x.Lowest && x.Rsi < o.Low && x.Rsi > x.RsiLow && x.Price < x.Short && x.Short < x.Medium && (x.Macd > 0 || x.VolumeRatio > 1);

    /// <summary>0 to 1: points for what speaks for the pattern beyond what makes it one.</summary>
    public static double Confidence(Direction direction, in Extremes x, EthTopsBottomsOptions o)
    {
        var isTop = direction == Direction.Short;
        var isFar = isTop ? x.Rsi > o.High + 5 : x.Rsi < o.Low - 5;
        var isOutside = isTop ? x.Price > x.Upper : x.Price < x.Lower;
        var points = (isFar ? 0.3 : 0.2)
            + ((isTop ? x.Macd < 0 : x.Macd > 0) ? 0.2 : 0)
            + ((isTop ? x.VolumeRatio < 1 : x.VolumeRatio > 1) ? 0.15 : 0)
            + (isOutside ? 0.15 : 0) + (x.Volatility > 0.05 ? 0.1 : 0) + (Diverges(direction, x) ? 0.2 : 0);
        return Math.Min(1, points);
    }

    private static bool Diverges(Direction direction, in Extremes x) =>
        direction == Direction.Short ? x.Change > 0 && x.RsiChange < 0 : x.Change < 0 && x.RsiChange > 0;
}
