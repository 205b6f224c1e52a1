using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Core.Trading;

public enum Side
{
    Buy = 1,
    Sell = -1,
}

/// <summary>An instruction to trade at the market.</summary>
/// <param name="Id">Rising from 1 within a run.</param>
/// <param name="Instrument">Index of the instrument in the run.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Base units, above zero.</param>
/// <param name="Time">When the order was placed, UTC.</param>
/// <param name="Why">The signal's words, <c>stop</c>, <c>target</c>, <c>horizon</c>.</param>
public sealed record Order(long Id, int Instrument, Side Side, decimal Quantity, Timestamp Time, Wording Why)
{
    public string Reason => Why.ToString();
}
