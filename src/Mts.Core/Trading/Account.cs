using System.Runtime.CompilerServices;

namespace Mts.Core.Trading;

/// <summary>Cash and quantities of one account, in integers of 10⁻⁸; a short owes its quantity.</summary>
/// <param name="cash">At the start.</param>
public sealed class Account(Int128 cash)
{
    public Int128 Cash { get; private set; } = cash;

    /// <summary>The same as <see cref="Cash"/>, for marking on the hot path.</summary>
    public double CashValue { get; private set; } = Scaled.ToDouble(cash);

    /// <summary>Pays for a buy or takes in a sale, and pays the fee.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Settle(Side side, Int128 notional, Int128 fee) => Add(((int)side * -notional) - fee);

    /// <summary>Adds an amount owed to the account, or takes one owed by it: a funding payment.</summary>
    public void Add(Int128 amount)
    {
        Cash += amount;
        CashValue = Scaled.ToDouble(Cash);
    }
}
