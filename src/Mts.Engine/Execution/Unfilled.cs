using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.Engine.Execution;

/// <summary>Why an order was not placed.</summary>
/// <param name="Rule">Its short name.</param>
/// <param name="Reason">The figures.</param>
internal sealed record Unfilled(string Rule, string Reason)
{
    public static readonly Unfilled NoLot = new("lot", "its size does not buy one lot");

    public static Unfilled Below(WideInt least, WideInt notional) =>
        new("min_notional", FormattableString.Invariant($"its notional {Scaled.ToDecimal(notional)} is below the venue's least {Scaled.ToDecimal(least)}"));
}
