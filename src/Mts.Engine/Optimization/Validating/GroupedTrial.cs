using Mts.Core.Market;

namespace Mts.Engine.Optimization.Validating;

/// <summary>One combination, run apart in each group of days: flat at its first instant, warmed with the bars before it, marked at its last close.</summary>
/// <param name="Combination">Index into the space.</param>
/// <param name="Groups">Daily returns and trades of each group.</param>
internal sealed record GroupedTrial(long Combination, IReadOnlyList<DayRun> Groups)
{
    /// <summary>The returns of some days, in order.</summary>
    /// <param name="kept">By group, which days count.</param>
    public DailyFigures On(IReadOnlyList<bool[]?> kept)
    {
        var (returns, trades) = (new List<double>(), 0);
        for (var g = 0; g < Groups.Count; g++)
        {
            if (kept[g] is not { } days) continue;
            trades += Groups[g].Trades;
            for (var d = 0; d < days.Length; d++)
            {
                if (days[d]) returns.Add(Groups[g].Returns[d]);
            }
        }

        return DailyFigures.Of([.. returns], trades);
    }
}

/// <summary>What of a trial its days tell.</summary>
/// <param name="Returns">One a day.</param>
/// <param name="Trades">Closed round trips.</param>
/// <param name="HorizonDays">The longest horizon of a signal; 0 without one.</param>
internal sealed record DayRun(double[] Returns, int Trades, double HorizonDays);
