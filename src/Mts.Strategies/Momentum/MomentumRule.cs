using Mts.Core.Indicators;
using Mts.Core.Signals;

namespace Mts.Strategies.Momentum;

/// <summary>Follows the distance of two means unless the price has run too far already. One price at a time.</summary>
internal sealed class MomentumRule(MomentumOptions options)
{
    private const double MaxSize = 0.05;

    private readonly Sma fast = new(options.Fast);
    private readonly Sma slow = new(options.Slow);
    private readonly RsiSimple rsi = new(options.Rsi);
    private double price;

    /// <summary>(fast − slow)/slow; null until the slow mean exists.</summary>
    public double? Distance => (fast.Value - slow.Value) / slow.Value;

    public double Rsi => rsi.Value;

    public void Add(double close)
    {
        price = close;
        fast.Add(close);
        slow.Add(close);
        rsi.Add(close);
    }

    /// <returns>Null where the means are too near, or the price has run too far.</returns>
    public Opinion? Judge()
    {
        if (Distance is not { } distance) return null;
        if (distance > options.Threshold && Rsi <= options.MaxRsi) return Follow(Direction.Long, distance);
        return distance < -options.Threshold && Rsi >= options.MinRsi ? Follow(Direction.Short, distance) : null;
    }

    // The original gives momentum no strength between 0 and 1; a tenth of the slow mean counts as full.
    private Opinion Follow(Direction direction, double distance)
    {
        var (size, sign) = (Math.Abs(distance), (int)direction);
        return new Opinion(
            direction,
            Math.Min(1, 10 * size),
            Math.Min(0.9, 0.6 + (10 * size)),
            Math.Min(MaxSize, options.Size * (1 + (5 * size))),
            price * (1 - (sign * options.Stop)),
            price * (1 + (sign * options.Target)),
            $"SMA{options.Fast} {100 * size:0.##} % {(sign > 0 ? "above" : "below")} SMA{options.Slow} (limit {100 * options.Threshold:0.##} %) and RSI {Rsi:0.#} " +
            (sign > 0 ? $"≤ {options.MaxRsi:0.#}" : $"≥ {options.MinRsi:0.#}"));
    }
}
