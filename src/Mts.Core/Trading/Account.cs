using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>Cash and quantities of one account, in integers of 10⁻⁸; a short owes its quantity.</summary>
/// <param name="cash">At the start.</param>
public sealed class Account(WideInt cash)
{
    public WideInt Cash { get; private set; } = cash;

    /// <summary>The same as <see cref="Cash"/>, for marking on the hot path.</summary>
    public double CashValue { get; private set; } = Scaled.ToDouble(cash);

    /// <summary>Pays for a buy or takes in a sale, and pays the fee.</summary>
    public void Settle(Side side, WideInt notional, WideInt fee) => Add(((int)side * -notional) - fee);

    /// <summary>Adds an amount owed to the account, or takes one owed by it: a funding payment.</summary>
    public void Add(WideInt amount)
    {
        Cash += amount;
        CashValue = Scaled.ToDouble(Cash);
    }
}
