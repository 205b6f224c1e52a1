using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <content>Streams that were followed before: what came between is a gap, and what of it the venue still has is fetched back, as much as is worth it.</content>
internal sealed partial class MarketDesk
{
    private const string Restart = "restart";

    // A page of either venue.
    private static readonly TimeSpan MostBars = 1_000 * BarStream.Length;

    private readonly Dictionary<StreamRef, StreamPosition> resumed = [];
    private int restarted;

    /// <summary>Goes on behind what was followed; before anything is heard.</summary>
    public void Resume(StreamPosition position)
    {
        if (Markets.FirstOrDefault(m => m.Symbol == position.Symbol) is not { } market) return;
        resumed[new StreamRef(market.Number, position.Channel)] = position;
        if (position.Channel == Channel.Trade) market.Trades.Resume(position);
        else if (position is { Channel: Channel.Bar, LastId: { } open }) market.Bars.Resume(Timestamp.FromUnixMilliseconds(open));
    }

    /// <summary>Opens the gap of each stream that was followed before.</summary>
    public void OnRestart(IEnumerable<StreamRef> streams, Timestamp now)
    {
        foreach (var stream in streams)
        {
            if (!resumed.TryGetValue(stream, out var position)) continue;
            if (stream.Channel == Channel.Depth) Market(stream.Instrument).Book.Resume();
            // Where our clock was set back since, what it says of then is later than now.
            Open(Market(stream.Instrument), stream.Channel, Restart, position.LastId, null, Timestamp.Earlier(position.At, now));
        }
    }

    /// <summary>The venue has confirmed the stream: of one that seldom speaks nothing is missed from now on.</summary>
    public void OnFollowed(StreamRef stream, Timestamp now)
    {
        if (stream.Channel == Channel.Liquidation && IsRestarted(stream)) Close(Market(stream.Instrument), stream.Channel, null, "none", now);
    }

    /// <param name="stream">One of the feed's.</param>
    /// <param name="at">When its connection last brought something; null where none has stood.</param>
    /// <param name="connection">Its connection; 0 for none.</param>
    /// <returns>Null for a stream that was never followed.</returns>
    public StreamPosition? PositionOf(StreamRef stream, Timestamp? at, int connection)
    {
        var before = resumed.TryGetValue(stream, out var then) ? then with { Connection = 0 } : null;
        var market = Market(stream.Instrument);
        // What has not begun again is where it was.
        if (at is not { } followed || (IsRestarted(stream) && (stream.Channel != Channel.Trade || market.Trades.AwaitsStream))) return before;
        var position = new StreamPosition(market.Venue, market.Symbol, stream.Channel, followed) { Connection = connection };
        return stream.Channel switch
        {
            Channel.Depth => position with { LastId = market.DepthId ?? before?.LastId },
            Channel.Quote => position with { LastId = market.Quote?.Id ?? before?.LastId },
            Channel.Trade => position with { LastId = market.Trades.LastId, Time = market.Trades.LastTime, Ids = market.Trades.NewestIds },
            // The bar of this minute is not closed yet.
            Channel.Bar => position with { LastId = (market.Bars.LastOpen ?? Interval.Minute.Floor(followed) - BarStream.Length).UnixMilliseconds },
            _ => position,
        };
    }

    private bool IsRestarted(StreamRef stream) => restarted > 0 && open.TryGetValue(stream, out var gap) && gap.Cause == Restart;

    /// <summary>A stream of which only the newest message counts speaks again.</summary>
    private void EndRestart(FollowedMarket market, Channel channel, long? nextId)
    {
        if (IsRestarted(new StreamRef(market.Number, channel))) Close(market, channel, nextId, "none", frame.Received);
    }

    private void NameNext(StreamRef stream, long nextId) => open[stream] = open[stream] with { NextId = open[stream].NextId ?? nextId };

    /// <summary>The first trade that comes after a restart has a number before the last one, and was made later: the venue has begun to count anew.</summary>
    private void CheckNumbers(FollowedMarket market, in TradeUpdate trade)
    {
        if (!venue.CountsTrades || !market.Trades.AwaitsStream || !IsRestarted(new StreamRef(market.Number, Channel.Trade))) return;
        if (!((long)trade.Id <= market.Trades.LastId) || !(trade.Time > market.Trades.LastTime)) return;
        market.Trades.Forget();
        Close(market, Channel.Trade, (long)trade.Id, "none", frame.Received);
    }

    /// <returns>False where it is too much to be fetched back.</returns>
    private bool IsWorthFetching(FollowedMarket market, long last, long next)
    {
        var stream = new StreamRef(market.Number, Channel.Trade);
        if (!IsRestarted(stream)) return true;
        NameNext(stream, next);
        if (next - last - 1 <= mostRefetched) return true;
        market.Trades.GiveUp();
        Close(market, Channel.Trade, next, "none", frame.Received);
        return false;
    }

    /// <summary>The first closed bar after a restart.</summary>
    /// <returns>True where it needs no bars before it: it is the next one, or too many are missing.</returns>
    private bool TryBeginBars(FollowedMarket market, in Bar bar, bool isNext)
    {
        var stream = new StreamRef(market.Number, Channel.Bar);
        if (!IsRestarted(stream)) return isNext;
        NameNext(stream, bar.OpenTime.UnixMilliseconds);
        if (!isNext && bar.OpenTime - market.Bars.LastOpen <= MostBars) return false;
        Close(market, Channel.Bar, null, isNext ? "backfill" : "none", frame.Received);
        return true;
    }

    /// <summary>Bars were fetched before the stream brought its first one.</summary>
    /// <param name="market">Whose.</param>
    /// <param name="from">The first that was asked for.</param>
    /// <returns>False where there was no restart, or bars of the stream wait already.</returns>
    private bool TryEndBars(FollowedMarket market, Timestamp? from)
    {
        if (!IsRestarted(new StreamRef(market.Number, Channel.Bar)) || HasHeldBars(market)) return false;
        var next = market.Bars.LastOpen!.Value + BarStream.Length;
        // Our clock may be wrong: where nothing new came, the venue has no more.
        if (next > from && frame.Received >= next + BarStream.Length) wishes.Add(new Wish(market.Number, FetchKind.Bars, From: next, IsPatient: true));
        else Close(market, Channel.Bar, next.UnixMilliseconds, market.Bars.HasHole ? "none" : "backfill", frame.Received);
        return true;
    }

    private bool HasHeldBars(FollowedMarket market) => heldBars.TryGetValue(market.Number, out var held) && held.Count > 0;
}
