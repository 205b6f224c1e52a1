using Mts.Core.Indicators;
using Mts.Core.Signals;

namespace Mts.Strategies.Volatility;

/// <summary>Buys when volatility is high among its own past, sells short when it is extreme. One price at a time.</summary>
/// <param name="options">Windows, percentiles and sizes.</param>
/// <param name="periodsPerYear">Bars in a year.</param>
internal sealed class VolatilityRule(VolatilityOptions options, double periodsPerYear)
{
    private const double MaxSize = 0.05;

    private readonly LogReturnVolatility volatility = new(options.Window, periodsPerYear);
    private readonly SortedWindow past = new(options.Lookback - options.Window);
    private readonly RollingSum sum = new(options.Lookback - options.Window);
    private double price;

    /// <summary>Annualised, a fraction; null while there are too few returns.</summary>
    public double? Current => volatility.Value;

    /// <summary>Null until there is a whole lookback of bars.</summary>
    public double? Threshold => past.IsFull ? past.Quantile(options.Percentile / 100) : null;

    public double? Extreme => past.IsFull ? past.Quantile(options.ExtremePercentile / 100) : null;

    public void Add(double close)
    {
        price = close;
        volatility.Add(close);
        if (volatility.Value is not { } value) return;
        past.Add(value);
        sum.Add(value);
    }

    /// <returns>Null where volatility is not high, or confidence is too low.</returns>
    public Opinion? Judge()
    {
        if (Current is not { } current || Threshold is not { } threshold || Extreme is not { } extreme || !(current > threshold)) return null;
        var ratio = current / (sum.Value / sum.Count);
        var direction = current > extreme ? Direction.Short : Direction.Long;
        var (strength, confidence) = direction == Direction.Short ? Short(ratio) : Long(ratio);
        if (confidence < options.MinConfidence) return null;
        var (stop, target) = Levels(direction, price, current, options);
        var (limit, percentile) = direction == Direction.Short ? (extreme, options.ExtremePercentile) : (threshold, options.Percentile);
        return new Opinion(
            direction, strength, confidence, Size(strength, confidence, options), stop, target,
            $"volatility {100 * current:0.#} % a year > {100 * limit:0.#} %, its {percentile:0.#}th percentile in {options.Lookback} bars; {ratio:0.##} times its mean");
    }

    public static double Size(double strength, double confidence, VolatilityOptions options) => Math.Min(MaxSize, options.Size * strength * confidence);

    /// <summary>Stop and target, up to three times as far at high volatility.</summary>
    public static (double Stop, double Target) Levels(Direction direction, double price, double volatility, VolatilityOptions options)
    {
        var (stretch, sign) = (Math.Clamp(100 * volatility, 1, 3), (int)direction);
        return (price * (1 - (sign * options.Stop * stretch)), price * (1 + (sign * options.Target * stretch)));
    }

    private static (double Strength, double Confidence) Long(double ratio)
    {
        var strength = Math.Min(1, ratio / 2);
        return (strength, Math.Min(0.9, 0.6 + (0.3 * strength)));
    }

    private static (double Strength, double Confidence) Short(double ratio)
    {
        var strength = Math.Min(1, ratio / 3);
        return (strength, Math.Min(0.8, 0.5 + (0.3 * strength)));
    }
}
