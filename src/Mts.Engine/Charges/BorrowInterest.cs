using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine.Charges;

/// <summary>Charges spot shorts for the coins they borrow: an hour when they are borrowed, and one at each full hour (UTC) at which they are still owed after its orders.</summary>
internal sealed class BorrowInterest(BorrowRate rate, IReadOnlyList<Holding> spot)
{
    private const long Hour = 3_600_000_000;

    private readonly Dictionary<int, long> next = [];

    /// <summary>Paid so far, not negative.</summary>
    public WideInt Total { get; private set; }

    /// <summary>Charges the full hours before now.</summary>
    public void Settle(long now)
    {
        foreach (var holding in spot)
        {
            if (holding.Quantity < 0) Charge(holding, holding.Quantity, now);
        }
    }

    /// <summary>After a fill of a spot market.</summary>
    /// <param name="holding">As it is now.</param>
    /// <param name="before">What it held.</param>
    /// <param name="price">10⁻⁸ quote units.</param>
    /// <param name="now">When.</param>
    public void Filled(Holding holding, WideInt before, long price, long now)
    {
        var borrowed = WideInt.Min(0, before) - WideInt.Min(0, holding.Quantity);
        if (borrowed <= 0) return;
        // What was owed already is owed over this hour too.
        if (before < 0) Charge(holding, before, now + 1);
        next[holding.Instrument] = now - (now % Hour) + Hour;
        Pay(holding, rate.Hour(borrowed, price));
    }

    private void Charge(Holding holding, WideInt quantity, long before)
    {
        var due = next[holding.Instrument];
        if (due >= before) return;
        var hours = ((before - 1 - due) / Hour) + 1;
        next[holding.Instrument] = due + (hours * Hour);
        Pay(holding, hours * rate.Hour(-quantity, Scaled.Price(holding.Mark)));
    }

    private void Pay(Holding holding, WideInt interest)
    {
        holding.Account.Add(-interest);
        holding.Carry -= interest;
        Total += interest;
    }
}
