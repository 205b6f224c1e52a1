using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Books;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <content>The gap ledger: what is missing, since when, and how it was made good.</content>
internal sealed partial class MarketDesk : IBookWatcher
{
    private readonly Dictionary<StreamRef, FeedGap> open = [];
    private readonly Dictionary<int, List<Bar>> heldBars = [];

    /// <summary>Gaps that are not closed yet.</summary>
    public IReadOnlyCollection<FeedGap> OpenGaps => [.. open.Values, .. holes.Values.SelectMany(h => h)];

    public void OnBook(BookKeeper keeper, Timestamp received) => tap.OnBook(MarketOf(keeper), received);

    public void OnState(BookKeeper keeper, BookState from, string cause, Timestamp now) => tap.OnBookState(MarketOf(keeper), from, cause, now);

    public void OnBroken(BookKeeper keeper, string cause, long? lastId, long? nextId, Timestamp now) =>
        Open(MarketOf(keeper), Channel.Depth, cause, lastId, nextId, now);

    public void OnRepaired(BookKeeper keeper, Timestamp now)
    {
        MarketOf(keeper).IsDeep = false;
        Close(MarketOf(keeper), Channel.Depth, keeper.SnapshotId, "snapshot", now);
    }

    public void OnMuted(BookKeeper keeper, Timestamp now) => Muted(new StreamRef(keeper.Number, Channel.Depth), now);

    public void OnQuiet(BookKeeper keeper, Timestamp now) => MarketOf(keeper).Pulses[(int)Channel.Depth].Excuse(now);

    public void OnWantsSnapshot(BookKeeper keeper, Timestamp now) => wishes.Add(new Wish(MarketOf(keeper).Number, FetchKind.Snapshot));

    /// <summary>The connection that carried these streams is gone.</summary>
    public void OnLost(IEnumerable<StreamRef> streams, Timestamp now)
    {
        foreach (var stream in streams)
        {
            var market = Market(stream.Instrument);
            if (stream.Channel == Channel.Depth) market.Book.OnLost(now);
            else if (stream.Channel == Channel.Trade && market.Trades.Interrupt()) Open(market, Channel.Trade, "disconnect", null, null, now);
        }
    }

    /// <summary>A connection without a predecessor carries these streams from now on.</summary>
    public void OnEpoch(IEnumerable<StreamRef> streams, int epoch, Timestamp now)
    {
        foreach (var stream in streams)
        {
            var market = Market(stream.Instrument);
            market.Pulses[(int)stream.Channel].Rest(now);
            if (stream.Channel == Channel.Depth) (market.CheckedId, market.AreQuotesAsked) = (null, false);
            if (stream.Channel == Channel.Depth) market.Book.OnEpoch(epoch, now);
            if (stream.Channel == Channel.Quote) (market.Quote, market.CheckedBest) = (null, null);
            // After a restart the first trade of the stream tells how much is missing.
            if (stream.Channel == Channel.Trade && IsTradeGapOpen(stream.Instrument) && !(market.Trades.AwaitsStream && IsRestarted(stream))) wishes.Add(new Wish(stream.Instrument, FetchKind.Trades, market.Trades.RepairFrom));
            if (stream.Channel == Channel.Bar && market.Bars.LastOpen is { } last && now >= last + (2 * BarStream.Length) && (!IsRestarted(stream) || now - last <= MostBars)) wishes.Add(new Wish(stream.Instrument, FetchKind.Bars, From: last + BarStream.Length, IsPatient: IsRestarted(stream)));
        }
    }

    /// <summary>A successor carries these streams from now on; what is in the books stays.</summary>
    public void OnEpochEnded(IEnumerable<StreamRef> streams, int oldest)
    {
        foreach (var stream in streams)
        {
            if (stream.Channel == Channel.Depth) Market(stream.Instrument).Book.OnEpochEnded(oldest);
        }
    }

    /// <summary>The answer that was asked for has been read: what it did not bring cannot be had.</summary>
    public void AfterFetch(int instrument, FetchKind kind, long? fromId, Timestamp? from)
    {
        var market = Market(instrument);
        if (kind == FetchKind.Trades) AfterTrades(market, fromId);
        else if (kind == FetchKind.Bars && !TryEndBars(market, from)) ReleaseBars(market);
    }

    /// <summary>A fetch failed for good.</summary>
    public void GiveUp(int instrument, FetchKind kind, Timestamp now)
    {
        var market = Market(instrument);
        frame = frame with { Received = now };
        if (kind == FetchKind.Trades)
        {
            market.Trades.GiveUp();
            CloseHoles(market, static _ => true, "none", now);
            Close(market, Channel.Trade, null, "none", now);
        }
        else if (kind == FetchKind.Bars)
        {
            // The first bar of the stream asks once more.
            if (!IsRestarted(new StreamRef(instrument, Channel.Bar)) || HasHeldBars(market)) ReleaseBars(market);
        }
    }

    /// <summary>Nobody follows any more: what is missing stays so.</summary>
    public void Finish(Timestamp now)
    {
        foreach (var instrument in holes.Keys) CloseHoles(Market(instrument), static _ => true, "none", now);
        foreach (var (stream, gap) in open.ToList()) Close(Market(stream.Instrument), stream.Channel, gap.NextId, "none", now);
    }

    private static void NotePage(FollowedMarket market, ReadOnlySpan<TradeUpdate> page)
    {
        if (market.Trades.InterruptedAt is not { } interrupted) return;
        market.Trades.IsPageShort |= page[0].Time > interrupted;
        if (page[^1].Time > interrupted) market.Trades.InterruptedAt = page[^1].Time;
    }

    /// <summary>A trade stream that was silent or lost speaks again: what came between is fetched now that nothing more can be missed.</summary>
    private void HearTrades(FollowedMarket market)
    {
        if (!market.Trades.AwaitsStream) return;
        market.Trades.AwaitsStream = false;
        var stream = new StreamRef(market.Number, Channel.Trade);
        if (IsRestarted(stream) && resumed[stream].Time is null) Close(market, Channel.Trade, market.Trades.LastId, "none", frame.Received);
        else if (!venue.CountsTrades) wishes.Add(new Wish(market.Number, FetchKind.Trades));
        else if (market.Trades.Missing.Count == 0) Close(market, Channel.Trade, market.Trades.LastId, RepairOf(market), frame.Received);
    }

    // By the venue's clock, since when a trade stream that has brought nothing yet is followed.
    private Timestamp? Followed(FollowedMarket market) =>
        market.Trades.FirstTime is null && market.LastHeard(Channel.Trade) is { } since && NewestTime(market) is { } present ? present - (frame.Received - since) : null;

    private FollowedMarket MarketOf(BookKeeper keeper) => markets[keeper.Number];

    private void MissTrades(FollowedMarket market, long last, long next)
    {
        if (!IsWorthFetching(market, last, next)) return;
        OpenHole(market, last, next);
        wishes.Add(new Wish(market.Number, FetchKind.Trades, last + 1, IsPatient: IsRestarted(new StreamRef(market.Number, Channel.Trade))));
    }

    private void AfterTrades(FollowedMarket market, long? fromId)
    {
        var missing = market.Trades.Missing;
        if (missing.Count > 0 && missing[0].From == fromId) GiveUpFirst(market);
        CloseFilled(market, "backfill");
        if (missing.Count > 0)
        {
            wishes.Add(new Wish(market.Number, FetchKind.Trades, missing[0].From, IsPatient: IsRestarted(new StreamRef(market.Number, Channel.Trade))));
            return;
        }

        if (market.Trades.AwaitsStream) return;
        market.Trades.IsTorn |= market.Trades.IsPageShort;
        Close(market, Channel.Trade, null, RepairOf(market), frame.Received);
        (market.Trades.IsPageShort, market.Trades.InterruptedAt) = (false, null);
    }

    private FrameOutcome MissBars(FollowedMarket market, in BarUpdate update)
    {
        if (!heldBars.TryGetValue(market.Number, out var held)) heldBars[market.Number] = held = [];
        var bar = update.Bar;
        if (held.Exists(b => b.OpenTime == bar.OpenTime)) return FrameOutcome.Duplicate;
        held.Add(bar);
        if (held.Count > 1) return FrameOutcome.Applied;
        var from = market.Bars.LastOpen!.Value + BarStream.Length;
        Open(market, Channel.Bar, "sequence", market.Bars.LastOpen.Value.UnixMilliseconds, bar.OpenTime.UnixMilliseconds, frame.Received);
        wishes.Add(new Wish(market.Number, FetchKind.Bars, From: from));
        return FrameOutcome.Applied;
    }

    private void ReleaseBars(FollowedMarket market)
    {
        var held = heldBars.TryGetValue(market.Number, out var bars) ? bars : [];
        foreach (var bar in held.OrderBy(b => b.OpenTime))
        {
            if (bar.OpenTime <= market.Bars.LastOpen) continue;
            GiveBar(market, bar, isLate: false);
        }

        held.Clear();
        Close(market, Channel.Bar, null, market.Bars.HasHole ? "none" : "backfill", frame.Received);
    }

    private void Open(FollowedMarket market, Channel channel, string cause, long? lastId, long? nextId, Timestamp now)
    {
        var key = new StreamRef(market.Number, channel);
        if (open.ContainsKey(key)) return;
        var gap = new FeedGap(market.Venue, market.Symbol, channel, cause, lastId, nextId, now);
        open.Add(key, gap);
        if (channel == Channel.Bar) market.Bars.HasHole = false;
        if (cause == Restart) restarted++;
        tap.OnGap(market, gap);
    }

    private void Close(FollowedMarket market, Channel channel, long? nextId, string repair, Timestamp now)
    {
        if (!open.Remove(new StreamRef(market.Number, channel), out var gap)) return;
        if (gap.Cause == Restart) restarted--;
        tap.OnGap(market, gap with { NextId = gap.NextId ?? nextId, End = now, Repair = repair });
    }
}
