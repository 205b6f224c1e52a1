using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime;

namespace Mts.Pipeline.Spreads;

/// <summary>What the analysis knows of one followed market beside its book.</summary>
internal sealed class MarketState
{
    private readonly FollowedMarket market;
    private readonly ClockOffset clock;
    private readonly long assumedTransit;
    private Timestamp? sampled;

    public MarketState(FollowedMarket market, ClockOffset clock, SpreadOptions options, TimeSpan? fundingInterval)
    {
        (this.market, this.clock) = (market, clock);
        assumedTransit = options.Clock.AssumedTransit.Ticks / 10;
        var symbol = market.Kind == MarketKind.Perpetual && !market.Symbol.IsPerpetual ? market.Symbol with { Settle = market.Symbol.Quote } : market.Symbol;
        Instrument = new Instrument(market.Venue, symbol, FundingInterval: fundingInterval);
        Fee = options.FeeOf(market.Venue, IsPerpetual);
        Funding = IsPerpetual ? new FundingState(Instrument, options.Funding) : null;
    }

    public Instrument Instrument { get; }

    public bool IsPerpetual => market.Kind == MarketKind.Perpetual;

    /// <summary>Taker fee as a fraction; null where none is configured.</summary>
    public double? Fee { get; }

    /// <summary>Null for spot.</summary>
    public FundingState? Funding { get; }

    public List<SpreadPair> Pairs { get; } = [];

    public ClockEstimate? Clock => clock.Estimate;

    public BookState BookState => market.Book.State;

    public bool IsValid => market.Book.State == BookState.Valid;

    public double BestBid => market.Scale.PriceToDouble(market.Book.Book.Bids.BestPrice);

    public double BestAsk => market.Scale.PriceToDouble(market.Book.Book.Asks.BestPrice);

    /// <summary>The book's newest change by our clock, and by how much that may be wrong, microseconds.</summary>
    public (long At, long Uncertainty) BookTime =>
        market.Book.Time is { } time && clock.Estimate is { } estimate
            ? (estimate.ToOurs(time).Micros, estimate.UncertaintyMicros)
            : (market.Book.Updated.Micros, assumedTransit);

    public void Observe(Timestamp? venueTime, Timestamp received)
    {
        if (venueTime is { } time) clock.Observe(time, received);
    }

    /// <summary>Its spread, where a sample is due.</summary>
    public SpreadPoint? Sample(Timestamp now, TimeSpan every)
    {
        if (sampled is { } last && now - last < every) return null;
        sampled = now;
        var (book, scale) = (market.Book.Book, market.Scale);
        return new SpreadPoint(
            Instrument, now, market.Book.Time, BestBid, scale.SizeToDouble(book.Bids.BestSize), BestAsk, scale.SizeToDouble(book.Asks.BestSize));
    }

    public LevelCursor Asks(in DepthLimits depth) => new(market.Book.Book.Asks, market.Scale, isBid: false, market.Book.KnownAskCeiling, depth);

    public LevelCursor Bids(in DepthLimits depth) => new(market.Book.Book.Bids, market.Scale, isBid: true, market.Book.KnownBidFloor, depth);
}
