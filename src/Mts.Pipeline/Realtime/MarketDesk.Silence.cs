using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <content>Tells a quiet market from a mute stream, by what the venue says when it is asked.</content>
internal sealed partial class MarketDesk
{
    // A message is under way for no longer than that while its connection lives.
    private static readonly TimeSpan Underway = TimeSpan.FromSeconds(1);
    // The clocks of bars are the venue's; ours may be off by less.
    private static readonly TimeSpan ClockDoubt = TimeSpan.FromSeconds(5);

    private Timestamp? unheard;
    private Timestamp? settled;
    private Timestamp? tradedBar;

    /// <summary>The venue's best prices, held against the newest ones of a silent stream of quotes.</summary>
    public void CheckQuote(FollowedMarket market, LevelChange bid, LevelChange ask, Timestamp now)
    {
        var known = market.CheckedBest ?? (market.Quote is { } quote ? (quote.Bid, quote.Ask) : null);
        market.CheckedBest = (bid, ask);
        if (known is null) return;
        if (known == (bid, ask)) market.Pulses[(int)Channel.Quote].Excuse(now);
        else Muted(new StreamRef(market.Number, Channel.Quote), now);
    }

    /// <summary>A page of trades was fetched because the stream is silent, or because its ids do not show what is missing.</summary>
    public void AfterAudit(int instrument, long? fromId)
    {
        var market = Market(instrument);
        var pulse = market.Pulses[(int)Channel.Trade];
        var isSilent = pulse.Last is not { } heard || frame.Received - heard >= 2 * Underway;
        if (isSilent && settled is { } missed && (pulse.Beats > 0 || OurTime(market, missed) >= pulse.Last + Underway))
        {
            market.Trades.AwaitsStream = true;
            Open(market, Channel.Trade, "silent", fromId - 1, null, frame.Received);
            Muted(new StreamRef(instrument, Channel.Trade), frame.Received);
            return;
        }

        // What is still under way will show the next time.
        if (unheard is not null && settled is null) return;
        if (unheard is not null && !market.Trades.AwaitsStream)
        {
            Open(market, Channel.Trade, "audit", null, null, frame.Received);
            Close(market, Channel.Trade, null, "backfill", frame.Received);
        }

        if (!isSilent) return;
        pulse.Excuse(frame.Received);
        if (!market.Trades.AwaitsStream) return;
        // After a restart there may be more than a page of it.
        if (unheard is not null && IsRestarted(new StreamRef(instrument, Channel.Trade))) return;
        // The stream stands, and there is nothing that it has not brought: what was missed before it is here.
        market.Trades.AwaitsStream = false;
        AfterTrades(market, fromId);
    }

    /// <summary>Bars were fetched because the stream of them is silent: one with trades in it should have come.</summary>
    public void AfterBarCheck(int instrument)
    {
        var pulse = Market(instrument).Pulses[(int)Channel.Bar];
        if (tradedBar is { } open && open >= pulse.Last + ClockDoubt) Muted(new StreamRef(instrument, Channel.Bar), frame.Received);
        else pulse.Excuse(frame.Received);
    }

    private FrameOutcome OnChecked(FollowedMarket market, in DepthUpdate snapshot)
    {
        if (market.AreQuotesAsked && snapshot.Bids.Length > 0 && snapshot.Asks.Length > 0) CheckQuote(market, snapshot.Bids[0], snapshot.Asks[0], frame.Received);
        market.AreQuotesAsked = false;
        if (market.LastHeard(Channel.Depth) is null) return FrameOutcome.Control;
        if (market.Book.State == BookState.Stale || !venue.Sequencer.NeedsSnapshot || !IsUnheard(market)) return market.Book.OnFetchedSnapshot(snapshot, frame.Levels, frame.Epoch, frame.Received);
        var known = market.CheckedId ?? (market.Book.Id is null ? null : market.Book.SnapshotId);
        market.CheckedId = snapshot.Ids.Last;
        if (snapshot.Ids.Last == known) market.Pulses[(int)Channel.Depth].Excuse(frame.Received);
        else if (snapshot.Ids.Last > known) Muted(new StreamRef(market.Number, Channel.Depth), frame.Received);
        return FrameOutcome.Control;
    }

    // Nothing has come since the connection stands, or since the snapshot that waits for the first change.
    private static bool IsUnheard(FollowedMarket market) =>
        market.Account(Channel.Depth)[FrameOutcome.Buffered] == 0 && (market.Book.Id is null ? market.Pulses[(int)Channel.Depth].Beats == 0 : market.Book.State == BookState.Syncing);

    private void NoteUnheard(FollowedMarket market, Timestamp time)
    {
        unheard ??= time;
        if (NewestTime(market) is { } present && time + Underway <= present) settled = time;
    }

    private Timestamp OurTime(FollowedMarket market, Timestamp theirs) => NewestTime(market) is { } present ? theirs + (frame.Received - present) : theirs;

    private static Timestamp? NewestTime(FollowedMarket market)
    {
        var newest = market.Book.Time;
        if (market.Quote?.Time is { } quote && (newest is null || quote > newest)) newest = quote;
        if (market.Mark?.Time is { } mark && (newest is null || mark > newest)) newest = mark;
        return newest;
    }
}
