namespace Mts.IntegrationTests.Acceptance;

internal sealed record ReferenceBar(DateOnly Day, decimal Open, decimal High, decimal Low, decimal Close);

/// <summary>A second, plain reading of what a backtest's result means: long or flat, daily bars, one market, in decimals. Uses nothing of mts.</summary>
internal sealed class ReferenceBacktest
{
    private readonly List<double> equity = [];
    private readonly decimal feeRate;
    private readonly decimal slippage;
    private readonly decimal lot;
    private decimal cash;
    private decimal entryCost;
    private int barsHeld;

    /// <param name="bars">The days before the range, then the range.</param>
    /// <param name="warmUp">How many days come before the range.</param>
    /// <param name="isLong">What is wanted after the close of a day, by its index; null for no change.</param>
    public ReferenceBacktest(IReadOnlyList<ReferenceBar> bars, int warmUp, decimal capital, Func<int, bool?> isLong, decimal feeBps = 10, decimal slippageBps = 5, decimal lot = 0.00000001m)
    {
        (Capital, cash, feeRate, slippage, this.lot) = (capital, capital, feeBps / 10_000, slippageBps / 10_000, lot);
        Days = bars.Count - warmUp;
        equity.Add((double)capital);
        var wanted = false;
        for (var i = 0; i < bars.Count; i++)
        {
            if (i >= warmUp)
            {
                if (wanted && Quantity == 0) Buy(bars[i].Open);
                else if (!wanted && Quantity > 0) Sell(bars[i].Open);
                if (Quantity > 0) barsHeld++;
                FinalEquity = cash + (Quantity * bars[i].Close);
                equity.Add((double)FinalEquity);
            }

            wanted = isLong(i) ?? wanted;
        }
    }

    public decimal Capital { get; }

    public int Days { get; }

    public decimal Quantity { get; private set; }

    public decimal FinalEquity { get; private set; }

    public decimal Fees { get; private set; }

    public decimal SlippageCost { get; private set; }

    public decimal Traded { get; private set; }

    /// <summary>Net of the costs of both sides.</summary>
    public List<decimal> Trades { get; } = [];

    public IReadOnlyList<double> Equity => equity;

    public double Exposure => (double)barsHeld / Days;

    /// <summary>Always wanted.</summary>
    public static Func<int, bool?> BuyHold => _ => true;

    /// <summary>Two sums compared by cross multiplication, so that equality is exact.</summary>
    public static Func<int, bool?> SmaCross(IReadOnlyList<ReferenceBar> bars, int fast, int slow) => i =>
    {
        if (i + 1 < slow) return null;
        var (f, s) = (0m, 0m);
        for (var k = i; k > i - fast; k--) f += bars[k].Close;
        for (var k = i; k > i - slow; k--) s += bars[k].Close;
        return (f * slow).CompareTo(s * fast) switch { > 0 => true, < 0 => false, _ => null };
    };

    private void Buy(decimal open)
    {
        var price = open * (1 + slippage);
        Quantity = Math.Floor(cash / (price * (1 + feeRate)) / lot) * lot;
        if (Quantity == 0) return;
        entryCost = Quantity * price * (1 + feeRate);
        cash -= entryCost;
        Note(price, open);
    }

    private void Sell(decimal open)
    {
        var price = open * (1 - slippage);
        Note(price, open);
        var proceeds = Quantity * price * (1 - feeRate);
        Trades.Add(proceeds - entryCost);
        cash += proceeds;
        Quantity = 0;
    }

    private void Note(decimal price, decimal open)
    {
        Traded += Quantity * price;
        Fees += Quantity * price * feeRate;
        SlippageCost += Quantity * Math.Abs(price - open);
    }
}
