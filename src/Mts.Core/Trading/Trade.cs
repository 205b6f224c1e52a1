using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Core.Trading;

/// <summary>A closed round trip.</summary>
/// <param name="Instrument">Index of the instrument in the run.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Side">Buy for a long, sell for a short.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="EntryTime">When it was opened.</param>
/// <param name="EntryPrice">Fill price, slippage included.</param>
/// <param name="ExitTime">When it was closed; a stop or target inside a bar carries the bar's open time.</param>
/// <param name="ExitPrice">Fill price.</param>
/// <param name="Pnl">Quote units, net of fees.</param>
/// <param name="Fees">Both sides.</param>
/// <param name="Why">It was closed: the signal's words, <c>stop</c>, <c>target</c>, <c>horizon</c>.</param>
public sealed record Trade(
    int Instrument, string Symbol, Side Side, decimal Quantity, Timestamp EntryTime, decimal EntryPrice, Timestamp ExitTime, decimal ExitPrice,
    decimal Pnl, decimal Fees, Wording Why)
{
    public string Reason => Why.ToString();

    /// <summary>Why it was opened: the signal's words.</summary>
    public Wording EntryWhy { get; init; } = "";

    public string EntryReason => EntryWhy.ToString();
}

/// <summary>What is still open at the end of a run, marked at the last close.</summary>
/// <param name="Instrument">Index of the instrument in the run.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Side">Buy for a long, sell for a short.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="EntryTime">When it was opened.</param>
/// <param name="EntryPrice">Fill price, slippage included.</param>
/// <param name="LastPrice">The last close.</param>
/// <param name="UnrealizedPnl">Quote units at the last close, the entry fee included, an exit fee not.</param>
/// <param name="Fees">Paid so far.</param>
/// <param name="Reason">Why it was opened.</param>
public sealed record OpenPosition(
    int Instrument, string Symbol, Side Side, decimal Quantity, Timestamp EntryTime, decimal EntryPrice, decimal LastPrice,
    decimal UnrealizedPnl, decimal Fees, string Reason);
