using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Charges;

namespace Mts.Engine.Execution;

/// <summary>A fill as the ledger keeps it, in integers of 10⁻⁸; the price is that before slippage.</summary>
internal readonly record struct LedgerEntry(int Instrument, Side Side, WideInt Quantity, long Price, WideInt Notional, WideInt Fee, long Time, Wording Why, Costs Costs, bool Slips)
{
    public decimal FillPrice => Costs.FillPrice(Side, Price, Slips);

    public WideInt Slippage => WideInt.Abs(Notional - Scaled.Value(Quantity, Price));

    public Fill ToFill(int id)
    {
        var order = new Order(id, Instrument, Side, Scaled.ToDecimal(Quantity), new Timestamp(Time), Why);
        return new Fill(order, FillPrice, Scaled.ToDecimal(Fee), Scaled.ToDecimal(Slippage), order.Time);
    }
}
