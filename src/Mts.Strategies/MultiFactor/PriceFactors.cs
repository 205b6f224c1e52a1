using Mts.Core.Indicators;

namespace Mts.Strategies.MultiFactor;

/// <summary>Trend and reversion of one price. One close at a time.</summary>
internal sealed class PriceFactors
{
    /// <summary>Closes before there is a trend.</summary>
    public const int WarmUp = Long;

    private const int Short = 20;
    private const int Medium = 50;
    private const int Long = 200;
    private const int Steps = 14;

    private readonly Sma shortMean = new(Short);
    private readonly Sma mediumMean = new(Medium);
    private readonly Sma longMean = new(Long);
    private readonly Roc change = new(Steps);
    private readonly RsiSimple rsi = new(Steps);
    private double close;

    public double Rsi => rsi.Value;

    /// <summary>−1 to 1: the mean of what the means and the change say; null until all of them do.</summary>
    public double? Trend
    {
        get
        {
            if (longMean.Value is not { } slow) return null;
            var cross = Math.Sign(shortMean.Value!.Value - mediumMean.Value!.Value);
            return (cross + Momentum(change.Value!.Value) + (0.5 * Math.Sign(close - slow))) / 3;
        }
    }

    /// <summary>1 where oversold, −1 where overbought.</summary>
    public double Reversion => rsi.Value switch { < 30 => 1, < 45 => 0.5, > 70 => -1, > 55 => -0.5, _ => 0 };

    public void Add(double price)
    {
        close = price;
        shortMean.Add(price);
        mediumMean.Add(price);
        longMean.Add(price);
        change.Add(price);
        rsi.Add(price);
    }

    private static double Momentum(double roc) => roc switch { > 0.05 => 1, > 0 => 0.5, < -0.05 => -1, < 0 => -0.5, _ => 0 };
}
