using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Pipeline.Realtime.Books;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <summary>Judges what a feed's protocols read: what is new goes on to the tap once, what is missing is noted and asked for.</summary>
internal sealed partial class MarketDesk(IVenueProtocol venue, InstrumentTable instruments, BookLimits limits, IMarketTap tap, int mostRefetched) : IMarketSink
{
    private readonly List<FollowedMarket> markets = [];
    private readonly List<Wish> wishes = [];
    private FrameContext frame;

    /// <summary>Why a rule refused what the last frame brought.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What the desk wants of its feed; the feed takes them out.</summary>
    public List<Wish> Wishes => wishes;

    public Action<StreamRef, SubscriptionState, string?> Subscriptions { get; set; } = static (_, _, _) => { };

    /// <summary>Called where what was fetched shows that a silent stream has missed something.</summary>
    public Action<StreamRef, Timestamp> Muted { get; set; } = static (_, _) => { };

    /// <summary>All markets, by number.</summary>
    public IReadOnlyList<FollowedMarket> Markets
    {
        get
        {
            if (markets.Count < instruments.Count) Market(instruments.Count - 1);
            return markets;
        }
    }

    public FollowedMarket Market(int instrument)
    {
        while (markets.Count <= instrument) markets.Add(new FollowedMarket(venue, markets.Count, instruments[markets.Count], limits, this));
        return markets[instrument];
    }

    /// <summary>Says where the next frame comes from.</summary>
    public void Begin(in FrameContext context)
    {
        frame = context;
        (unheard, settled, tradedBar) = (null, null, null);
        Refusal = null;
    }

    /// <summary>Enters a frame in its stream's account.</summary>
    public void Settle(in FrameVerdict verdict)
    {
        var market = Market(verdict.Stream.Instrument);
        market.Account(verdict.Stream.Channel).Count(verdict.Outcome);
        if (verdict.Outcome is FrameOutcome.Applied or FrameOutcome.Buffered or FrameOutcome.Duplicate && !frame.IsFetched)
            market.Pulses[(int)verdict.Stream.Channel].Beat(frame.Received);
    }

    public NumberScale ScaleOf(int instrument) => Market(instrument).Scale;

    public bool TryRescale(int instrument, NumberScale scale)
    {
        var market = Market(instrument);
        var old = market.Scale;
        if (!market.Book.TryRescale(scale)) return false;
        if (market.Quote is { } quote) market.Quote = Convert(quote, old, scale);
        market.CheckedBest = null;
        return true;
    }

    public FrameOutcome OnDepth(int instrument, in DepthUpdate update)
    {
        var market = Market(instrument);
        var book = market.Book;
        if (frame.IsCheck) return OnChecked(market, update);
        if (frame.IsFetched) return book.OnFetchedSnapshot(update, frame.Levels, frame.Epoch, frame.Received);
        market.DepthId = update.Ids.Last;
        return update.IsSnapshot ? book.OnStreamSnapshot(update, frame.Epoch, frame.Received) : book.OnDiff(update, frame.Epoch, frame.Received);
    }

    public FrameOutcome OnQuote(int instrument, in QuoteUpdate quote)
    {
        var market = Market(instrument);
        if (frame.Epoch < market.Book.OldestEpoch) return FrameOutcome.Stale;
        if (quote.Bid.Size > 0 && quote.Ask.Size > 0 && quote.Bid.Price >= quote.Ask.Price) return Refuse("crossed quote");
        if (market.Quote is { } known && quote.Id != 1 && quote.Id <= known.Id) return quote.Id == known.Id ? FrameOutcome.Duplicate : FrameOutcome.Stale;
        (market.Quote, market.CheckedBest) = (quote, null);
        if (restarted > 0) EndRestart(market, Channel.Quote, quote.Id);
        tap.OnQuote(market, quote, frame.Received);
        if (venue.QuotesShareBookIds) market.Book.OnQuote(quote, frame.Received);
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnTrades(int instrument, ReadOnlySpan<TradeUpdate> trades)
    {
        var market = Market(instrument);
        if (frame.IsFetched) NotePage(market, trades);
        var followed = frame.IsFetched ? Followed(market) : null;
        var outcome = FrameOutcome.Duplicate;
        foreach (ref readonly var trade in trades)
        {
            if (frame.IsFetched && market.Trades.IsForeign(trade, followed)) continue;
            if (!frame.IsFetched && restarted > 0) CheckNumbers(market, trade);
            var last = market.Trades.LastId;
            var place = market.Trades.Take(trade);
            if (place == TradePlace.Known) continue;
            outcome = FrameOutcome.Applied;
            if (frame.IsFetched) NoteUnheard(market, trade.Time);
            if (place == TradePlace.AfterGap) MissTrades(market, last!.Value, (long)trade.Id);
            if (place == TradePlace.Late && !frame.IsFetched) CloseFilled(market, "late");
            tap.OnTrade(market, trade, place == TradePlace.Late || (frame.IsFetched && trade.Time < market.Trades.LastTime), frame.Received);
        }

        if (!frame.IsFetched && outcome == FrameOutcome.Applied) HearTrades(market);
        return outcome;
    }

    public FrameOutcome OnBars(int instrument, ReadOnlySpan<BarUpdate> bars)
    {
        var market = Market(instrument);
        var best = FrameOutcome.Stale;
        foreach (ref readonly var bar in bars)
        {
            var outcome = OnBar(market, bar);
            if (outcome is FrameOutcome.DeadLettered) return outcome;
            if (outcome < best) best = outcome;
        }

        return best;
    }

    public FrameOutcome OnMark(int instrument, in MarkUpdate mark)
    {
        var market = Market(instrument);
        if (market.Mark is { } known && mark.Time <= known.Time) return mark == known ? FrameOutcome.Duplicate : mark.Time < known.Time ? FrameOutcome.Stale : Accept(market, mark);
        return Accept(market, mark);
    }

    public FrameOutcome OnLiquidations(int instrument, ReadOnlySpan<LiquidationUpdate> liquidations)
    {
        var market = Market(instrument);
        if (restarted > 0) EndRestart(market, Channel.Liquidation, null);
        foreach (ref readonly var liquidation in liquidations) tap.OnLiquidation(market, liquidation, frame.Received);
        return FrameOutcome.Applied;
    }

    public void OnSubscription(StreamRef stream, SubscriptionState state, string? problem) => Subscriptions(stream, state, problem);

    private FrameOutcome Accept(FollowedMarket market, in MarkUpdate mark)
    {
        market.Mark = mark;
        if (restarted > 0) EndRestart(market, Channel.Mark, null);
        tap.OnMark(market, mark, frame.Received);
        return FrameOutcome.Applied;
    }

    private FrameOutcome OnBar(FollowedMarket market, in BarUpdate update)
    {
        var place = market.Bars.Place(update);
        switch (place)
        {
            case BarPlace.Open:
                return FrameOutcome.Applied;
            case BarPlace.Known:
                return FrameOutcome.Duplicate;
            case BarPlace.Old:
                return FrameOutcome.Stale;
            case BarPlace.TooEarly:
                return Refuse("bar called closed before its end");
            case BarPlace.Differs:
                return Refuse("closed bar given again with other values");
        }

        if (BarRules.Broken(update.Bar, Interval.Minute, update.Bar.OpenTime + BarStream.Length, hasVolume: true) is { } broken) return Refuse(broken);
        if (!frame.IsFetched && !TryBeginBars(market, update.Bar, place == BarPlace.Next)) return MissBars(market, update);
        GiveBar(market, update.Bar, frame.IsFetched);
        return FrameOutcome.Applied;
    }

    private void GiveBar(FollowedMarket market, in Bar bar, bool isLate)
    {
        market.Bars.Take(bar);
        if (isLate && bar.Volume > 0) tradedBar = bar.OpenTime;
        tap.OnBar(market, bar, isLate, frame.Received);
    }

    private FrameOutcome Refuse(string reason)
    {
        Refusal = reason;
        return FrameOutcome.DeadLettered;
    }

    private static QuoteUpdate? Convert(in QuoteUpdate quote, NumberScale from, NumberScale to) =>
        from.Convert(quote.Bid, to) is { } bid && from.Convert(quote.Ask, to) is { } ask ? quote with { Bid = bid, Ask = ask } : null;
}
