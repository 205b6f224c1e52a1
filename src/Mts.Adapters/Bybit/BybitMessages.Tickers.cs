using Mts.Adapters.Wire;
using Mts.Core.Feeds;

namespace Mts.Adapters.Bybit;

/// <content>Mark prices and funding, from tickers of which a message brings only what changed.</content>
internal sealed partial class BybitMessages
{
    private readonly Dictionary<int, Ticker> tickers = [];

    private FrameVerdict Mark(ref FrameView view, ReadOnlySpan<byte> name, int instrument, IMarketSink sink)
    {
        var stream = new StreamRef(instrument, Channel.Mark);
        var data = view.Field(0, "data"u8);
        DemandSymbol(ref view, data, "symbol"u8, name);
        var time = view.Time(0, "ts"u8);
        var isSnapshot = IsSnapshot(ref view);
        if (!tickers.TryGetValue(instrument, out var ticker) && !isSnapshot && view.Problem is null) return new FrameVerdict(stream, FrameOutcome.Discarded);
        var merged = isSnapshot ? default : ticker;
        if (view.Find(data, "markPrice"u8) is >= 0 and var mark) merged.Mark = view.PriceNumber(mark);
        if (view.Find(data, "indexPrice"u8) is >= 0 and var index) merged.Index = view.IsNone(index) ? null : view.PriceNumber(index);
        if (view.Find(data, "fundingRate"u8) is >= 0 and var rate) merged.Rate = view.IsNone(rate) ? null : view.Number(rate);
        if (view.Find(data, "nextFundingTime"u8) is >= 0 and var next) merged.NextFunding = view.IsNone(next) || view.Is(next, "0"u8) ? null : view.QuotedTime(next);
        if (merged.Mark <= 0) view.Fail(FrameProblem.Missing);
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        tickers[instrument] = merged;
        var pays = merged.NextFunding is not null;
        return new FrameVerdict(stream, sink.OnMark(instrument, new MarkUpdate(time, merged.Mark, merged.Index, pays ? merged.Rate : null, merged.NextFunding)));
    }

    private struct Ticker
    {
        public double Mark;
        public double? Index;
        public double? Rate;
        public Timestamp? NextFunding;
    }
}
