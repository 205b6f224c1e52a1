using Mts.Simulator.Live;

namespace Mts.Simulator.Binance;

/// <summary>Depth diffs: on spot contiguous from <c>U</c> to <c>u</c>, on futures chained by <c>pu</c> with ids left out.</summary>
internal sealed class BinanceDepthChannel(string name, LiveMarket market, long periodMicros) : BinanceChannel(name, market, periodMicros)
{
    private static readonly Comparer<Change> bySide = Comparer<Change>.Create(static (a, b) =>
        a.IsBid != b.IsBid ? (a.IsBid ? -1 : 1) : a.Price != b.Price ? a.Price.CompareTo(b.Price) : a.Id.CompareTo(b.Id));

    private Change[] batch = new Change[256];
    private long position;
    private long previous;

    public override FrameClass Class => FrameClass.Depth;

    protected override void OnStart() => (position, previous) = (Market.Log.End, Market.UpdateId);

    public override void Emit()
    {
        var end = Market.Log.End;
        if (end == position) return;
        var distortion = Owner.Faults.OfChannel(this);
        // What a fault did to the market just now belongs to the next message.
        if (distortion == Distortion.SkippedIds) Skip();
        var (first, last) = (Market.Log[position].Id, Market.Log[end - 1].Id);
        if (Subscribers.Count > 0) Write(end, first, last, distortion);
        (position, previous) = (end, distortion == Distortion.SkippedIds && !IsSpot ? last + 1 : last);
    }

    private void Write(long end, long first, long last, Distortion distortion)
    {
        var count = Collect(end);
        var text = Event(Begin(), "depthUpdate"u8);
        if (!IsSpot) text.Raw(",\"T\":"u8).Number(ChangeMs);
        text.Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"U\":"u8).Number(first).Raw(",\"u\":"u8).Number(last);
        if (!IsSpot) text.Raw(",\"pu\":"u8).Number(previous);
        text.Raw(",\"b\":["u8);
        Side(text, count, isBid: true, distortion);
        text.Raw("],\"a\":["u8);
        Side(text, count, isBid: false, distortion);
        text.Raw(IsSpot ? "]}"u8 : "],\"st\":1}"u8);
        End(text, first, last);
    }

    private int Collect(long end)
    {
        var count = (int)(end - position);
        if (batch.Length < count) batch = new Change[count * 2];
        for (var i = 0; i < count; i++) batch[i] = Market.Log[position + i];
        Array.Sort(batch, 0, count, bySide);
        return count;
    }

    // Bids of spot come best first, all else from the lowest price.
    private void Side(FrameText text, int count, bool isBid, Distortion distortion)
    {
        var length = text.Length;
        for (var n = 0; n < count; n++)
        {
            var i = isBid && IsSpot ? count - 1 - n : n;
            ref readonly var change = ref batch[i];
            var isLast = i == count - 1 || batch[i + 1].Price != change.Price || batch[i + 1].IsBid != change.IsBid;
            if (change.IsBid != isBid || !isLast) continue;
            if (text.Length > length) text.Raw(","u8);
            var wrong = distortion == Distortion.WrongLevel && isBid;
            if (wrong) distortion = Distortion.None;
            Level(text, change.Price, wrong ? change.Quantity + 1 : change.Quantity);
        }

        if (!isBid || !Market.Book.HasBoth || distortion is not (Distortion.Crossed or Distortion.WrongLevel)) return;
        if (text.Length > length) text.Raw(","u8);
        if (distortion == Distortion.Crossed) Level(text, Market.Book.Asks.Best + 3, 7);
        else Level(text, Market.Book.Bids.PriceAt(Math.Min(2, Market.Book.Bids.Count - 1)), 12_345);
    }

    private void Skip() => Market.SkipIds();
}
