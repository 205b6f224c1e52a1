using Mts.Core.Trading;

namespace Mts.Core.Performance;

/// <summary>Figures over closed round trips.</summary>
public static class TradeFigures
{
    /// <returns>Share of trades with a gain after costs; null without trades.</returns>
    public static double? WinRate(IReadOnlyList<Trade> trades) => trades.Count == 0 ? null : (double)trades.Count(t => t.Pnl > 0) / trades.Count;

    /// <returns>Gains over losses; null without losses.</returns>
    public static double? ProfitFactor(IReadOnlyList<Trade> trades)
    {
        var losses = trades.Where(t => t.Pnl < 0).Sum(t => -t.Pnl);
        return losses == 0 ? null : (double)(trades.Where(t => t.Pnl > 0).Sum(t => t.Pnl) / losses);
    }

    /// <returns>Mean gain of a trade, quote units; null without trades.</returns>
    public static double? Expectancy(IReadOnlyList<Trade> trades) => trades.Count == 0 ? null : (double)(trades.Sum(t => t.Pnl) / trades.Count);
}
