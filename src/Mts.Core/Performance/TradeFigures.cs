using Mts.Core.Trading;

namespace Mts.Core.Performance;

/// <summary>Figures over closed round trips.</summary>
public static class TradeFigures
{
    /// <returns>Share of trades with a gain after costs; null without trades.</returns>
    public static double? WinRate(IReadOnlyList<Trade> trades) => trades.Count == 0 ? null : (double)Sums.Of(trades).Won / trades.Count;

    /// <returns>Gains over losses; null without losses.</returns>
    public static double? ProfitFactor(IReadOnlyList<Trade> trades) => Sums.Of(trades) is { Losses: > 0 } sums ? (double)(sums.Gains / sums.Losses) : null;

    /// <returns>Mean gain of a trade, quote units; null without trades.</returns>
    public static double? Expectancy(IReadOnlyList<Trade> trades) => trades.Count == 0 ? null : (double)(Sums.Of(trades).Net / trades.Count);

    /// <returns>Mean gain of the trades that won, quote units; null without one.</returns>
    public static decimal? MeanWin(IReadOnlyList<Trade> trades) => Sums.Of(trades) is { Won: > 0 } sums ? sums.Gains / sums.Won : null;

    /// <returns>Mean loss of the trades that lost, positive, quote units; null without one.</returns>
    public static decimal? MeanLoss(IReadOnlyList<Trade> trades) => Sums.Of(trades) is { Lost: > 0 } sums ? sums.Losses / sums.Lost : null;

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

    // Losses as a positive number.
    private readonly record struct Sums(int Won, int Lost, decimal Gains, decimal Losses, decimal Net)
    {
        public static Sums Of(IReadOnlyList<Trade> trades)
        {
            var (won, lost, gains, losses, net) = (0, 0, 0m, 0m, 0m);
            foreach (var trade in trades)
            {
                net += trade.Pnl;
                switch (trade.Pnl)
                {
                    case > 0:
                        won++;
                        gains += trade.Pnl;
                        break;
                    case < 0:
                        lost++;
                        losses -= trade.Pnl;
                        break;
                }
            }

            return new Sums(won, lost, gains, losses, net);
        }
    }
}
