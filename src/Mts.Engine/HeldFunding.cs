using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;

namespace Mts.Engine;

/// <summary>The funding of a position of one size that is held from its entry on: what was received or paid up to each settlement.</summary>
internal sealed class HeldFunding
{
    private readonly long[] due = [];
    private readonly WideInt[] sums = [];

    public HeldFunding(InstrumentData data, WideInt quantity, long entryTime)
    {
        if (data.Funding is not { Count: > 0 } rates) return;
        var settled = rates.Select(r => (Due: FundingPayments.Due(r), Rate: r)).Where(r => r.Due > entryTime).OrderBy(r => r.Rate.Time).ToList();
        due = [.. settled.Select(r => r.Due)];
        sums = new WideInt[due.Length];
        var sum = (WideInt)0;
        for (var i = 0; i < sums.Length; i++)
            sums[i] = sum -= Scaled.Share(Scaled.Value(quantity, Scaled.Price(settled[i].Rate.MarkPrice ?? Mark(data.Series, due[i]))), settled[i].Rate.Rate);
    }

    /// <summary>Received (+) or paid (−) up to this time.</summary>
    public WideInt Until(Timestamp time)
    {
        var at = Array.BinarySearch(due, time.Micros + 1);
        var count = at < 0 ? ~at : at;
        return count == 0 ? 0 : sums[count - 1];
    }

    // As the run marks it: the open of the bar under way, or the close of the one that has ended.
    private static double Mark(BarSeries series, long time)
    {
        var bar = series.LowerBound(new Timestamp(time)) - 1;
        return time < series.CloseTime(bar).Micros ? series.Opens[bar] : series.Closes[bar];
    }
}
