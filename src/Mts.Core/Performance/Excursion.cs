using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Core.Performance;

/// <summary>How far a trade went against and in favour of its holder on the way, fractions of the entry price.</summary>
/// <param name="Adverse">Maximum adverse excursion, 0 or more.</param>
/// <param name="Favourable">Maximum favourable excursion, 0 or more.</param>
/// <remarks>Sweeney, Maximum Adverse Excursion, 1996.</remarks>
public readonly record struct Excursion(double Adverse, double Favourable)
{
    /// <summary>Highs and lows of the bars that opened from the entry on and before the exit, and the exit price: of the bar of the exit nothing else was surely seen.</summary>
    /// <param name="trade">A round trip on the series.</param>
    /// <param name="series">Its bars.</param>
    public static Excursion Of(Trade trade, BarSeries series)
    {
        var (from, until) = (series.LowerBound(trade.EntryTime), series.LowerBound(trade.ExitTime));
        var (entry, exit) = ((double)trade.EntryPrice, (double)trade.ExitPrice);
        var (low, high) = (Math.Min(entry, exit), Math.Max(entry, exit));
        if (until > from)
        {
            low = Math.Min(low, Extremes.Least(series.Lows[from..until]));
            high = Math.Max(high, Extremes.Greatest(series.Highs[from..until]));
        }

        var (down, up) = ((entry - low) / entry, (high - entry) / entry);
        return trade.Side == Side.Buy ? new Excursion(down, up) : new Excursion(up, down);
    }
}
