using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Signals;

namespace Mts.Pipeline.Spreads;

/// <summary>
/// What the feeds of all venues say together: spreads, opportunities between markets, funding, and the signals of the moment. It has no clock;
/// the same calls in the same order give the same outputs. One of it listens to all feeds, on one thread.
/// </summary>
public sealed class MarketAnalysis : IMarketTap
{
    private static readonly TimeSpan RecheckEvery = TimeSpan.FromMilliseconds(100);

    private readonly SpreadOptions options;
    private readonly ISpreadListener spreads;
    private readonly IRealtimeSignalListener listener;
    private readonly Func<string, Symbol, TimeSpan?> fundingInterval;
    private readonly Dictionary<FollowedMarket, (MarketState State, MarketSignals Signals)> markets = [];
    private readonly Dictionary<(string Venue, MarketKind Market), ClockOffset> clocks = [];
    private readonly List<SpreadPair> pairs = [];
    private readonly LaneParts parts;
    private readonly SignalNumbers numbers;
    private Timestamp recheckAt = Timestamp.MinValue;

    /// <param name="options">What to look at.</param>
    /// <param name="spreads">Takes spreads, opportunities and funding.</param>
    /// <param name="signals">Takes the signals of the moment.</param>
    /// <param name="fundingInterval">Time between settlements by venue and perpetual where it is known beforehand; it is seen on the stream otherwise.</param>
    public MarketAnalysis(SpreadOptions options, ISpreadListener spreads, IRealtimeSignalListener signals, Func<string, Symbol, TimeSpan?>? fundingInterval = null)
    {
        (this.options, this.spreads, listener) = (options, spreads, signals);
        this.fundingInterval = fundingInterval ?? (static (_, _) => null);
        numbers = new SignalNumbers(signals);
        parts = new LaneParts(spreads, new ArbitrageSignals(options.Signals, numbers));
    }

    /// <summary>Opportunities that last, oldest first.</summary>
    public IReadOnlyList<Opportunity> Open =>
        [.. pairs.SelectMany(p => p.Lanes.ToArray()).Select(l => l.Open?.ToRecord()).OfType<Opportunity>().OrderBy(o => o.First.Time)];

    /// <summary>How often each pair was looked at, and how often and why it was not.</summary>
    public IReadOnlyList<PairStatus> Pairs => [.. pairs.Select(PairStatus.Of)];

    /// <summary>Null before the first message of the venue's market.</summary>
    public ClockEstimate? ClockOf(string venue, MarketKind market) => clocks.TryGetValue((venue, market), out var clock) ? clock.Estimate : null;

    /// <summary>Time between the settlements of a perpetual, as the venue told it or as it was seen; null where neither is so.</summary>
    public TimeSpan? FundingIntervalOf(FollowedMarket market) =>
        markets.TryGetValue(market, out var known) ? known.State.Funding?.Interval : fundingInterval(market.Venue, market.Symbol);

    public void OnProbe(string venue, MarketKind market, in ClockProbe probe) =>
        Clock(venue, market).Probe(probe.Sent, probe.VenueTime, probe.Received, probe.IsAfterJump);

    public void OnClockSetBack(string venue, MarketKind market, TimeSpan by) => Clock(venue, market).SetBack(by);

    /// <summary>The time goes on though nothing is received: ends opportunities whose books have become too old. To be called some times a second.</summary>
    public void OnTime(Timestamp now)
    {
        if (now < recheckAt) return;
        recheckAt = now + RecheckEvery;
        foreach (var pair in pairs) pair.Recheck(now);
    }

    /// <summary>Ends what is open, because nobody will look any more.</summary>
    public void Finish(Timestamp now)
    {
        foreach (var pair in pairs) pair.End(OpportunityEnd.Stopped, now);
    }

    /// <summary>The feeds are begun anew and will follow their markets as others: what hung on those before is over.</summary>
    public void Forget(Timestamp now)
    {
        foreach (var pair in pairs) pair.End(OpportunityEnd.NotValid, now);
        pairs.Clear();
        markets.Clear();
    }

    public void OnBook(FollowedMarket market, Timestamp received)
    {
        OnTime(received);
        var (state, signals) = Of(market);
        state.Observe(market.Book.Time, received);
        if (state.IsValid)
        {
            if (state.Sample(received, options.SampleEvery) is { } spread) spreads.OnSpread(spread);
            signals.OnBook(market.Book.Book, market.Book.IsKnownTo(MarketSignals.Levels), received);
        }

        foreach (var pair in state.Pairs) pair.Look(received);
    }

    public void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now)
    {
        var (state, signals) = Of(market);
        if (state.IsValid) return;
        signals.OnBookLost();
        foreach (var pair in state.Pairs) pair.End(OpportunityEnd.NotValid, now);
    }

    public void OnQuote(FollowedMarket market, in QuoteUpdate quote, Timestamp received)
    {
        Of(market).State.Observe(quote.Time, received);
        OnTime(received);
    }

    public void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
    {
        Of(market).State.Observe(trade.Time, received);
        OnTime(received);
    }

    public void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received)
    {
        Of(market).Signals.OnBar(bar, received);
        OnTime(received);
    }

    public void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received)
    {
        var state = Of(market).State;
        state.Observe(mark.Time, received);
        if (state.Funding?.OnMark(mark, received) is { } report) spreads.OnFunding(report);
        OnTime(received);
    }

    public void OnLiquidation(FollowedMarket market, in LiquidationUpdate liquidation, Timestamp received)
    {
        // A forced closing says nothing of the spread; the book that it changes does.
    }

    public void OnGap(FollowedMarket market, FeedGap gap)
    {
        // A gap shows in the state of the book.
    }

    public void OnDeadLetter(DeadLetter letter)
    {
        // A message that could not be read changes nothing that is known.
    }

    public void OnConnection(ConnectionNote note)
    {
        // A lost connection shows in the states of its books.
    }

    private (MarketState State, MarketSignals Signals) Of(FollowedMarket market) => markets.TryGetValue(market, out var known) ? known : Add(market);

    private (MarketState State, MarketSignals Signals) Add(FollowedMarket market)
    {
        var state = new MarketState(market, Clock(market.Venue, market.Kind), options, fundingInterval(market.Venue, market.Symbol));
        foreach (var (other, _) in markets.Values)
        {
            if (KindOf(other, state) is not { } kind || !options.Pairs.Contains(PairName(kind), StringComparer.Ordinal)) continue;
            var pair = new SpreadPair(kind, other, state, options, parts);
            pairs.Add(pair);
            other.Pairs.Add(pair);
            state.Pairs.Add(pair);
        }

        var signals = new MarketSignals(state.Instrument, options.Signals, numbers, listener);
        markets.Add(market, (state, signals));
        return (state, signals);
    }

    private ClockOffset Clock(string venue, MarketKind market)
    {
        if (!clocks.TryGetValue((venue, market), out var clock)) clocks.Add((venue, market), clock = new ClockOffset(options.Clock));
        return clock;
    }

    private static PairKind? KindOf(MarketState a, MarketState b)
    {
        var (here, there) = (a.Instrument, b.Instrument);
        if (here.Symbol.Base != there.Symbol.Base || here.Symbol.Quote != there.Symbol.Quote) return null;
        if (a.IsPerpetual != b.IsPerpetual) return PairKind.Basis;
        if (here.Venue == there.Venue) return null;
        return a.IsPerpetual ? PairKind.Perpetual : PairKind.Spot;
    }

    private static string PairName(PairKind kind) => kind switch
    {
        PairKind.Spot => "spot",
        PairKind.Perpetual => "perp",
        _ => "basis",
    };
}
