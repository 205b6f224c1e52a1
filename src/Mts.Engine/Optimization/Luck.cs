using Mts.Core.Performance;

namespace Mts.Engine.Optimization;

/// <summary>How much of the best may be luck.</summary>
/// <param name="Ever">Its deflated Sharpe ratio after all trials ever made.</param>
/// <param name="Here">After those of this search.</param>
/// <param name="Interval">Of its Sharpe ratio.</param>
/// <param name="Ledger">What was counted.</param>
internal sealed record Luck(double? Ever, double? Here, SharpeInterval? Interval, LedgerCount Ledger)
{
    /// <param name="best">The first of the ranking.</param>
    /// <param name="trials">All of the search.</param>
    /// <param name="ever">The trials ever made, and the variance of their Sharpe ratios.</param>
    public static Luck Of(Trial best, IReadOnlyList<Trial> trials, (LedgerCount Count, double Variance) ever)
    {
        if (best is not { IsFeasible: true, Shape: { } shape }) return new Luck(null, null, null, ever.Count);
        return new Luck(
            DeflatedSharpeRatio.Of(shape, ever.Count.Ever, ever.Variance), DeflatedSharpeRatio.Of(shape, trials.Count, Ranking.Variance(trials)), SharpeInterval.Of(shape, 365), ever.Count);
    }
}
