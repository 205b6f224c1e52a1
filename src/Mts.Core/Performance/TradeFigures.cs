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

    /// <returns>Mean gain of the trades that won, quote units; null without one.</returns>
    public static decimal? MeanWin(IReadOnlyList<Trade> trades) => trades.Any(t => t.Pnl > 0) ? trades.Where(t => t.Pnl > 0).Average(t => t.Pnl) : null;

    /// <returns>Mean loss of the trades that lost, positive, quote units; null without one.</returns>
    public static decimal? MeanLoss(IReadOnlyList<Trade> trades) => trades.Any(t => t.Pnl < 0) ? trades.Where(t => t.Pnl < 0).Average(t => -t.Pnl) : null;

    /// <returns>Mean time in the market of the trades that are meant, days; null without one.</returns>
    public static double? MeanDays(IReadOnlyList<Trade> trades, Func<Trade, bool> meant)
    {
        var (sum, count) = (0.0, 0);
        foreach (var trade in trades)
        {
            if (!meant(trade)) continue;
            sum += (trade.ExitTime - trade.EntryTime).TotalDays;
            count++;
        }

        return count == 0 ? null : sum / count;
    }

    /// <returns>Result after costs over what the entry was worth; a fraction.</returns>
    public static double Return(Trade trade) => (double)trade.Pnl / ((double)trade.Quantity * (double)trade.EntryPrice);
}
