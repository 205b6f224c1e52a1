using Mts.Core.Signals;

namespace Mts.Strategies.MultiFactor;

/// <summary>Joins macro, trend and reversion: 0.3, 0.4 and 0.3 of the whole, where two of the three agree.</summary>
internal static class MultiFactorRule
{
    private const double MacroWeight = 0.3;
    private const double TrendWeight = 0.4;
    private const double ReversionWeight = 0.3;

    /// <summary>Whether at least two of the three have one sign.</summary>
    public static bool Passes(double macro, double trend, double reversion)
    {
        var (m, t, r) = (Math.Sign(macro), Math.Sign(trend), Math.Sign(reversion));
        return (m != 0 && (m == t || m == r)) || (t != 0 && t == r);
    }

    /// <returns>Null where the gate is shut or the composite is too small.</returns>
    public static Opinion? Judge(double price, in MacroScore macro, double trend, double reversion, double rsi, MultiFactorOptions options)
    {
        if (!Passes(macro.Value, trend, reversion)) return null;
        var composite = (MacroWeight * macro.Value) + (TrendWeight * trend) + (ReversionWeight * reversion);
        var (size, sign) = (Math.Abs(composite), Math.Sign(composite));
        if (size <= options.Threshold) return null;
        return new Opinion(
            (Direction)sign,
            (size > options.Strong ? StrengthLevel.Strong : StrengthLevel.Moderate).ToNumber(),
            Math.Min(1, size),
            options.Size * Math.Min(1, size),
            price * (1 - (sign * options.Stop)),
            price * (1 + (sign * options.Target)),
            $"composite {composite:0.###} = 0.3 × macro {macro.Value:0.##} ({macro.Words}) + 0.4 × trend {trend:0.##} + 0.3 × reversion {reversion:0.##} (RSI {rsi:0.#}), " +
            $"beyond {sign * options.Threshold:0.##}");
    }
}
