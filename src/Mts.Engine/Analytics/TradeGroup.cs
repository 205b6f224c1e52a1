using Mts.Core.Trading;

namespace Mts.Engine.Analytics;

/// <summary>Trades that have something in common.</summary>
/// <param name="Name">What it is: a symbol, a reason.</param>
/// <param name="Trades">How many.</param>
/// <param name="Won">How many of them gained after costs.</param>
/// <param name="Pnl">Sum of their results after costs, quote units.</param>
/// <param name="Fees">Of both sides.</param>
/// <param name="MeanDays">Mean time in the market.</param>
public sealed record TradeGroup(string Name, int Trades, int Won, decimal Pnl, decimal Fees, double MeanDays)
{
    /// <summary>Share of the trades with a gain.</summary>
    public double WinRate => (double)Won / Trades;

    /// <summary>Mean result of one.</summary>
    public decimal Mean => Pnl / Trades;

    /// <returns>The largest number of trades first, then by name.</returns>
    internal static IReadOnlyList<TradeGroup> By(IReadOnlyList<Trade> trades, Func<Trade, string> name)
    {
        var groups = new Dictionary<string, Sum>(StringComparer.Ordinal);
        foreach (var trade in trades)
        {
            var key = name(trade);
            if (!groups.TryGetValue(key, out var sum)) groups[key] = sum = new Sum();
            sum.Add(trade);
        }

        return [.. groups.Select(g => g.Value.ToGroup(g.Key)).OrderByDescending(g => g.Trades).ThenBy(g => g.Name, StringComparer.Ordinal)];
    }

    private sealed class Sum
    {
        private int trades;
        private int won;
        private decimal pnl;
        private decimal fees;
        private double days;

        public void Add(Trade trade)
        {
            trades++;
            if (trade.Pnl > 0) won++;
            pnl += trade.Pnl;
            fees += trade.Fees;
            days += (trade.ExitTime - trade.EntryTime).TotalDays;
        }

        public TradeGroup ToGroup(string name) => new(name, trades, won, pnl, fees, days / trades);
    }
}
