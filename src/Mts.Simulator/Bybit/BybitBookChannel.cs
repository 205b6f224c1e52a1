using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>
/// The best levels to a depth: a snapshot first, then what changed in that window, level by level, with <c>u</c> rising by one. Depth 1 sends snapshots
/// only, and the same again after three seconds of quiet.
/// </summary>
internal sealed class BybitBookChannel(string name, LiveMarket market, long periodMicros, int depth) : BybitChannel(name, market, periodMicros)
{
    private const int Kept = 8_192;
    private const long RepeatMicros = 3_000_000;

    private readonly (long U, long Change)[] changes = new (long, long)[Kept];
    private readonly Window bids = new(depth);
    private readonly Window asks = new(depth);
    private long u;
    private long sequence;
    private long sentMicros;
    private long changeMicros;

    public override FrameClass Class => FrameClass.Depth;

    public override bool IsLasting => true;

    /// <summary>The channel of a depth, whether or not anybody listens: its numbers are also those of REST.</summary>
    public static BybitBookChannel Of(SimulatedVenue venue, LiveInstrument instrument, int depth)
    {
        var name = $"orderbook.{depth}.{instrument.Market.Listing.Symbol}";
        return venue.Channels.FindOrMake(name, instrument, () => new BybitBookChannel(name, instrument.Market, depth switch { 1 => 10_000, 50 => 20_000, 200 => 100_000, _ => 200_000 }, depth));
    }

    /// <summary>The market's change id at a <c>u</c> of this depth, the latest where it began again; null where it is not known.</summary>
    public long? ChangeOf(long updateId) => changes[updateId & (Kept - 1)] is var (known, change) && known == updateId ? change : null;

    /// <summary>What REST shows.</summary>
    /// <param name="levels">At most.</param>
    /// <param name="stale">As it was some messages ago.</param>
    public Book Snapshot(int levels, bool stale)
    {
        if (stale)
        {
            for (var back = 20; back > 0; back--)
            {
                if (ChangeOf(u - back) is { } change && Market.Log.At(change) is { } old) return Book.Of(old, u - back, levels) with { Sequence = change };
            }
        }

        return new Book(u, bids.Top(levels), asks.Top(levels)) { Sequence = sequence };
    }

    protected override void OnStart()
    {
        sentMicros = Market.Now;
        u = (Market.StartMicros / 100_000_000) + (depth * 7);
        Take();
        Remember();
    }

    public override void Welcome(Subscription subscription)
    {
        WriteSnapshot();
        Owner.Channels.Send(subscription, Owner.Text, 0, u, u);
    }

    public override void Emit()
    {
        if (Market.UpdateId == sequence)
        {
            if (depth == 1 && Market.Now - sentMicros >= RepeatMicros) PublishSnapshot();
            return;
        }

        var distortion = Owner.Faults.OfChannel(this);
        if (distortion == Distortion.SkippedIds) u += 5;
        if (distortion == Distortion.Restart) u = 0;
        if (depth == 1 || distortion is Distortion.Restart or Distortion.NewSnapshot) Whole(distortion);
        else Delta(distortion);
    }

    private void Whole(Distortion distortion)
    {
        if (!bids.Differs(Market.Book.Bids) && !asks.Differs(Market.Book.Asks) && distortion == Distortion.None)
        {
            sequence = Market.UpdateId;
            return;
        }

        Take();
        u++;
        Remember();
        PublishSnapshot();
    }

    private void Delta(Distortion distortion)
    {
        var text = Begin(isSnapshot: false, IsSpot).Raw("{\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"b\":["u8);
        var length = text.Length;
        Side(text, bids, Market.Book.Bids, isBid: true);
        if (Market.Book.HasBoth && distortion == Distortion.Crossed) Level(text, Market.Book.Asks.Best + 3, 7);
        if (Market.Book.HasBoth && distortion == Distortion.WrongLevel) Level(text, Market.Book.Bids.PriceAt(Math.Min(2, Market.Book.Bids.Count - 1)), 12_345);
        var isSame = text.Length == length;
        text.Raw("],\"a\":["u8);
        length = text.Length;
        Side(text, asks, Market.Book.Asks, isBid: false);
        isSame &= text.Length == length;
        Take();
        if (isSame) return;
        u++;
        Remember();
        sentMicros = Market.Now;
        text.Raw("],\"u\":"u8).Number(u).Raw(",\"seq\":"u8).Number(sequence).Raw("},\"cts\":"u8).Number(Owner.Clock.Display(changeMicros)).Raw("}"u8);
        Owner.Channels.Publish(this, text, 0, u, u);
    }

    private void Side(FrameText text, Window before, LiveSide side, bool isBid)
    {
        var now = Math.Min(depth, side.Count);
        for (int i = 0, j = 0; i < before.Count || j < now;)
        {
            var (old, fresh) = (i < before.Count ? before.Prices[i] : 0, j < now ? side.PriceAt(j) : 0);
            if (i < before.Count && j < now && old == fresh)
            {
                if (before.Quantities[i] != side.QuantityAt(j)) Level(text, fresh, side.QuantityAt(j));
                i++;
                j++;
            }
            else if (j >= now || (i < before.Count && (isBid ? old > fresh : old < fresh)))
            {
                Level(text, old, 0);
                i++;
            }
            else
            {
                Level(text, fresh, side.QuantityAt(j));
                j++;
            }
        }
    }

    private void PublishSnapshot()
    {
        sentMicros = Market.Now;
        WriteSnapshot();
        Owner.Channels.Publish(this, Owner.Text, 0, u, u);
    }

    private void WriteSnapshot()
    {
        // Level 1 of derivatives has the time first as well.
        var text = Begin(isSnapshot: true, IsSpot || depth == 1).Raw("{\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"b\":["u8);
        for (var i = 0; i < bids.Count; i++) Level(text, bids.Prices[i], bids.Quantities[i]);
        text.Raw("],\"a\":["u8);
        for (var i = 0; i < asks.Count; i++) Level(text, asks.Prices[i], asks.Quantities[i]);
        text.Raw("],\"u\":"u8).Number(u).Raw(",\"seq\":"u8).Number(sequence).Raw("},\"cts\":"u8).Number(Owner.Clock.Display(changeMicros)).Raw("}"u8);
    }

    private void Take()
    {
        bids.Take(Market.Book.Bids);
        asks.Take(Market.Book.Asks);
        sequence = Market.UpdateId;
        changeMicros = Market.LastChangeMicros;
    }

    private void Remember() => changes[u & (Kept - 1)] = (u, sequence);

    /// <summary>The best levels of a side as they were last sent.</summary>
    private sealed class Window(int depth)
    {
        public long[] Prices { get; } = new long[depth];

        public long[] Quantities { get; } = new long[depth];

        public int Count { get; private set; }

        public bool Differs(LiveSide side)
        {
            if (Count != Math.Min(depth, side.Count)) return true;
            for (var i = 0; i < Count; i++)
            {
                if (Prices[i] != side.PriceAt(i) || Quantities[i] != side.QuantityAt(i)) return true;
            }

            return false;
        }

        public void Take(LiveSide side)
        {
            Count = Math.Min(depth, side.Count);
            for (var i = 0; i < Count; i++) (Prices[i], Quantities[i]) = (side.PriceAt(i), side.QuantityAt(i));
        }

        public IReadOnlyList<(long Price, long Quantity)> Top(int levels)
        {
            var top = new (long, long)[Math.Min(levels, Count)];
            for (var i = 0; i < top.Length; i++) top[i] = (Prices[i], Quantities[i]);
            return top;
        }
    }
}
