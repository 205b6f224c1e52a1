using Mts.Core.Trading;

namespace Mts.Core.Performance;

/// <summary>The mean gain of a trade that won over the mean loss of one that lost.</summary>
public static class PayoffRatio
{
    /// <returns>Null without a winner or without a loser.</returns>
    public static double? Of(IReadOnlyList<Trade> trades) =>
        TradeFigures.MeanWin(trades) is { } win && TradeFigures.MeanLoss(trades) is { } loss ? (double)(win / loss) : null;
}
