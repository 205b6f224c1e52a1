using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Streams;

/// <summary>What a trade is to those that came before it.</summary>
internal enum TradePlace
{
    New,

    /// <summary>It was missing and is here now.</summary>
    Late,
    Known,

    /// <summary>It is new, and trades between the last one and it are missing.</summary>
    AfterGap,
}

/// <summary>Gives each trade once. Where the venue counts its trades by one, it also knows which are missing.</summary>
internal sealed class TradeStream(bool isCounted)
{
    private const int Remembered = 8_192;

    private readonly List<(long From, long Until)> missing = [];
    private readonly HashSet<UInt128> known = [];
    private readonly Queue<UInt128> order = new();
    private readonly List<UInt128> newest = [];

    /// <summary>The newest id; null before the first trade, and where ids do not count.</summary>
    public long? LastId { get; private set; }

    /// <summary>Time of the newest trade.</summary>
    public Timestamp? LastTime { get; private set; }

    /// <summary>Ids that were skipped and have not come yet, as ranges without their end.</summary>
    public IReadOnlyList<(long From, long Until)> Missing => missing;

    /// <summary>Time of the first trade that was taken; null before it.</summary>
    public Timestamp? FirstTime { get; private set; }

    /// <summary>The stream has fallen silent or was lost; whatever is fetched, nothing is whole before it speaks again.</summary>
    public bool AwaitsStream { get; set; }

    /// <summary>Time of the last trade before the connection was lost, where only that can tell what is missing; null otherwise.</summary>
    public Timestamp? InterruptedAt { get; set; }

    /// <summary>A fetched page began after <see cref="InterruptedAt"/>.</summary>
    public bool IsPageShort { get; set; }

    /// <summary>Trades made at <see cref="LastTime"/>, where ids do not count.</summary>
    public IReadOnlyList<UInt128> NewestIds => [.. newest];

    /// <summary>Goes on behind what was followed before; nothing is whole until the stream speaks.</summary>
    public void Resume(StreamPosition position)
    {
        (LastId, FirstTime, LastTime, AwaitsStream) = (position.LastId, position.Time, position.Time, true);
        if (isCounted) return;
        InterruptedAt = position.Time;
        newest.AddRange(position.Ids);
        foreach (var id in position.Ids) TakeNamed(id);
    }

    /// <summary>The venue counts anew.</summary>
    public void Forget()
    {
        missing.Clear();
        (LastId, FirstTime, LastTime, AwaitsStream, IsTorn) = (null, null, null, false, false);
    }

    /// <summary>The connection is lost.</summary>
    /// <returns>Whether trades may be missing without their ids showing it.</returns>
    public bool Interrupt()
    {
        if (isCounted || LastTime is null) return false;
        InterruptedAt ??= LastTime;
        AwaitsStream = true;
        return true;
    }

    /// <summary>What is asked for where it is not known whether a trade is missing: from the next one on; null for the newest.</summary>
    public long? AuditFrom => isCounted ? LastId + 1 : null;

    /// <summary>What is asked for first of what is known to be missing; null for the newest.</summary>
    public long? RepairFrom => missing.Count > 0 ? missing[0].From : AuditFrom;

    /// <summary>Made before the stream was followed: none of this session's trades, though the venue's newest page has it.</summary>
    /// <param name="trade">Fetched.</param>
    /// <param name="followed">Since when the stream is followed, by the venue's clock; null where that is not known.</param>
    public bool IsForeign(in TradeUpdate trade, Timestamp? followed) => FirstTime is { } first ? !isCounted && trade.Time < first : followed is not { } since || trade.Time <= since;

    public TradePlace Take(in TradeUpdate trade)
    {
        var place = isCounted ? TakeCounted((long)trade.Id) : TakeNamed(trade.Id);
        FirstTime ??= trade.Time;
        if (place == TradePlace.Known) return place;
        if (!isCounted) NoteNewest(trade);
        if (LastTime is null || trade.Time > LastTime) LastTime = trade.Time;
        return place;
    }

    /// <summary>Something of the gap that is open could not be had.</summary>
    public bool IsTorn { get; set; }

    /// <summary>Whether any of these ids is missing.</summary>
    public bool Misses(long from, long until) => missing.Exists(m => m.From < until && from < m.Until);

    /// <summary>What is missing cannot be had any more.</summary>
    public void GiveUp() => missing.Clear();

    /// <summary>The oldest of what is missing cannot be had any more.</summary>
    /// <returns>Its ids, without the end.</returns>
    public (long From, long Until) GiveUpFirst()
    {
        var first = missing[0];
        missing.RemoveAt(0);
        return first;
    }

    private void NoteNewest(in TradeUpdate trade)
    {
        if (trade.Time < LastTime) return;
        if (trade.Time > LastTime) newest.Clear();
        newest.Add(trade.Id);
    }

    private TradePlace TakeCounted(long id)
    {
        if (LastId is not { } last || id == last + 1)
        {
            LastId = id;
            return TradePlace.New;
        }

        if (id > last)
        {
            missing.Add((last + 1, id));
            LastId = id;
            return TradePlace.AfterGap;
        }

        var range = missing.FindIndex(m => id >= m.From && id < m.Until);
        if (range < 0) return TradePlace.Known;
        var (from, until) = missing[range];
        missing.RemoveAt(range);
        if (id + 1 < until) missing.Insert(range, (id + 1, until));
        if (from < id) missing.Insert(range, (from, id));
        return TradePlace.Late;
    }

    private TradePlace TakeNamed(UInt128 id)
    {
        if (!known.Add(id)) return TradePlace.Known;
        order.Enqueue(id);
        if (order.Count > Remembered) known.Remove(order.Dequeue());
        return TradePlace.New;
    }
}
