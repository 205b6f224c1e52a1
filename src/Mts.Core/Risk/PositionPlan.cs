using Mts.Core.Signals;

namespace Mts.Core.Risk;

/// <summary>How large a position may be and where it ends, before any limit.</summary>
public static class PositionPlan
{
    /// <summary>Equity × fraction × confidence, at most equity × cap.</summary>
    /// <returns>Quote units; 0 where it would be below <paramref name="minNotional"/>.</returns>
    public static double Notional(double equity, double confidence, double fraction = 0.02, double cap = 0.10, double minNotional = 10)
    {
        var size = Math.Min(equity * fraction * confidence, equity * cap);
        return size < minNotional ? 0 : size;
    }

    /// <summary>The price that lies <paramref name="distance"/> (a fraction) on the losing side.</summary>
    public static double Stop(double price, Direction direction, double distance) => price * (1 - ((int)direction * distance));

    /// <summary>The price that gains <paramref name="rewardRisk"/> times what the stop loses.</summary>
    public static double Target(double price, double stop, double rewardRisk) => price + ((price - stop) * rewardRisk);

    /// <summary>What the target gains over what the stop loses.</summary>
    /// <returns>Null without stop or target, or where the stop lies at the price.</returns>
    public static double? RewardRisk(Signal signal)
    {
        if (signal.Stop is not { } stop || signal.Target is not { } target || stop == signal.Price) return null;
        return Math.Abs(target - signal.Price) / Math.Abs(signal.Price - stop);
    }

    /// <summary>The signal with size, stop and target as the options ask.</summary>
    internal static Signal Complete(Signal signal, RiskOptions options)
    {
        if (options.Sizing == Sizing.FixedFraction) signal = signal with { PositionSize = options.Fraction * signal.Confidence };
        if (signal.Stop is null && options.StopDistance > 0)
            signal = signal with { Stop = Stop(signal.Price, signal.Direction, options.StopDistance) };
        if (signal.Target is null && signal.Stop is { } stop && options.RewardRisk > 0)
            signal = signal with { Target = Target(signal.Price, stop, options.RewardRisk) };
        // A short cannot gain more than the whole price.
        return signal.Target <= 0 ? signal with { Target = null } : signal;
    }
}
