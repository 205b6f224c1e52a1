using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <content>Recordings: nobody asked for these connections here, so what they carry is learned from what comes.</content>
public sealed partial class VenueFeed
{
    /// <summary>A recorded connection stands from now on; one of the same number is over.</summary>
    public void OnRecordedConnection(int connection, int epoch, Timestamp now)
    {
        var heard = new List<StreamRef>();
        if (links.Remove(connection, out var old))
        {
            heard.AddRange(old.Heard.OrderBy(s => s.Index));
            desk.OnLost(heard, now);
            slots.Remove(old.Slot);
        }

        var slot = new FeedSlot(heard) { Epoch = epoch };
        slot.Account.Add(old?.Slot.Account);
        slot.Current = new FeedLink(slot, connection, epoch, venue.Open([], instruments)) { Opened = now };
        slots.Add(slot);
        links[connection] = slot.Current;
        desk.OnEpoch(heard, epoch, now);
    }

    /// <summary>The streams that recorded connections have brought, and when each connection last brought something.</summary>
    internal IEnumerable<(StreamRef Stream, Timestamp At)> Heard => links.Values.SelectMany(l => l.Heard.Select(s => (s, l.Pulse.Last!.Value)));

    /// <summary>How far a stream has come.</summary>
    internal StreamPosition PositionOf(StreamRef stream, Timestamp at) => desk.PositionOf(stream, at, 0)!;

    /// <summary>The answer to a question that another feed has asked.</summary>
    internal void OnRecorded(FetchKind kind, int instrument, ReadOnlySpan<byte> body, Timestamp received)
    {
        desk.Begin(new FrameContext(1, received, IsFetched: true));
        Read(kind, instrument, body, received);
        Attend(received);
    }

    /// <summary>A book or page that was recorded beside the stream; nobody asked for it here.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="symbol">The market.</param>
    /// <param name="levels">Levels a side that it was asked for with; 0 where that is not known.</param>
    /// <param name="body">The answer as it came.</param>
    /// <param name="received">When it came.</param>
    public void OnRecorded(FetchKind kind, Symbol symbol, int levels, ReadOnlySpan<byte> body, Timestamp received)
    {
        var instrument = instruments.Add(symbol);
        var depth = new StreamRef(instrument, Channel.Depth);
        var epoch = links.Values.FirstOrDefault(l => l.Heard.Contains(depth))?.Epoch ?? links.Values.Select(l => l.Epoch).DefaultIfEmpty(1).Max();
        desk.Begin(new FrameContext(epoch, received, IsFetched: true, levels));
        Read(kind, instrument, body, received);
        desk.AfterFetch(instrument, kind, null, null);
        Attend(received);
    }
}
