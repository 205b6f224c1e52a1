namespace Mts.Engine.Analytics;

/// <summary>What the run paid, by kind. Quote units; positive is a cost.</summary>
/// <param name="Items">The kinds, in the order in which they are told.</param>
/// <param name="Total">Their sum.</param>
/// <param name="OfCapital">The sum over the capital.</param>
/// <param name="PerTraded">The sum over the traded notional; null where nothing was traded.</param>
/// <param name="OfGrossGain">The sum over what the run would have gained without it; null where that is no gain.</param>
public sealed record CostBreakdown(IReadOnlyList<CostItem> Items, decimal Total, double OfCapital, double? PerTraded, double? OfGrossGain)
{
    internal static CostBreakdown Of(BacktestResult result)
    {
        var m = result.Metrics;
        var items = new List<CostItem> { new("fees", m.Fees), new("slippage", m.SlippageCost) };
        if (result.Run.Series.Any(s => s.Key.Symbol.IsPerpetual)) items.Add(new("funding", -m.Funding));
        if (m.BorrowInterest != 0) items.Add(new("borrow interest", m.BorrowInterest));
        var total = items.Sum(i => i.Amount ?? 0);
        var capital = result.Run.Options.Capital;
        var gross = m.FinalEquity - capital + total;
        var traded = m.Turnover is { } turnover && result.Equity.Count > 0 ? turnover * DailyCurve.Of(result.Equity).Average(p => p.Value) : 0;
        return new CostBreakdown(items, total, (double)(total / capital), traded > 0 ? (double)total / traded : null, gross > 0 ? (double)(total / gross) : null);
    }
}

/// <param name="Name">Its kind: <c>fees</c>, <c>slippage</c>, <c>funding</c>, <c>borrow interest</c>.</param>
/// <param name="Amount">Positive is paid, negative received; null where it is not known, which counts as nothing in the sum.</param>
public sealed record CostItem(string Name, decimal? Amount);
