using Mts.Core.Indicators;

namespace Mts.Strategies.MultiBucket;

/// <summary>How much is risked while coins move together: less, the more they do, and least after a leap of their correlation, until that is over.</summary>
internal sealed class Regime
{
    private const double Least = 0.4;
    private const double Loose = 0.15;
    private const double Tight = 0.5;
    private const double Leap = 0.1;
    private const double Calm = 0.25;

    private static readonly int[] Windows = [7, 14, 30, 60];

    // The present one and those of the 7 rows before.
    private readonly RollingWindow past = new(8);
    private double highest;

    /// <summary>Mean of all pairs and windows; null where nothing varies.</summary>
    public double? Correlation { get; private set; }

    public bool IsRiskOff { get; private set; }

    /// <summary>0.4 to 1.</summary>
    public double Leverage => IsRiskOff ? Least : Math.Clamp(1 - ((1 - Least) * ((Correlation ?? Tight) - Loose) / (Tight - Loose)), Least, 1);

    /// <param name="returns">The last 60 of each coin.</param>
    public void Add(IReadOnlyList<RollingWindow> returns)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < returns.Count; i++)
        {
            for (var j = i + 1; j < returns.Count; j++)
            {
                foreach (var window in Windows)
                {
                    if (RollingCorrelation.Of(returns[i].Values[^window..], returns[j].Values[^window..]) is not { } r) continue;
                    sum += r;
                    count++;
                }
            }
        }

        Correlation = count > 0 ? sum / count : null;
        if (Correlation is { } correlation) Judge(correlation);
    }

    /// <summary>Takes the mean correlation of a row.</summary>
    public void Judge(double correlation)
    {
        Correlation = correlation;
        past.Add(correlation);
        if (IsRiskOff)
        {
            highest = Math.Max(highest, correlation);
            IsRiskOff = correlation > Calm && correlation > highest - Leap;
        }
        else if (past.IsFull && correlation - past.Values[0] > Leap && correlation > Calm)
        {
            (IsRiskOff, highest) = (true, correlation);
        }
    }
}
