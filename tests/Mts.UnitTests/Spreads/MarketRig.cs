using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Books;
using Mts.Pipeline.Spreads;

namespace Mts.UnitTests.Spreads;

/// <summary>Markets whose books are given by hand, before an analysis; times are milliseconds.</summary>
internal sealed class MarketRig : ISpreadListener, IRealtimeSignalListener
{
    private readonly Dictionary<string, (FollowedMarket Market, Watcher Watcher)> markets = new(StringComparer.Ordinal);

    public MarketRig(SpreadOptions? options = null, Func<string, Symbol, TimeSpan?>? fundingInterval = null) =>
        Analysis = new MarketAnalysis(options ?? Plain, this, this, fundingInterval);

    /// <summary>No fees, no costs, clocks known to the microsecond.</summary>
    public static SpreadOptions Plain { get; } = new()
    {
        FeesBps = new Dictionary<string, double>(StringComparer.Ordinal) { ["binance_spot"] = 0, ["binance_perp"] = 0, ["bybit_spot"] = 0, ["bybit_perp"] = 0 },
        TransferCost = 0,
        Clock = new ClockOptions { AssumedTransit = TimeSpan.FromMilliseconds(1), DriftPpm = 0 },
    };

    public MarketAnalysis Analysis { get; }

    public List<SpreadPoint> Spreads { get; } = [];

    public List<CrossSpread> Crosses { get; } = [];

    public List<Opportunity> Opened { get; } = [];

    public List<Opportunity> Ended { get; } = [];

    public List<FundingReport> Fundings { get; } = [];

    public List<RealtimeSignal> Signals { get; } = [];

    public List<VolatilityPoint> Volatilities { get; } = [];

    /// <summary>Everything that came out, in words, in order.</summary>
    public List<string> Log { get; } = [];

    public static Timestamp At(double milliseconds) => new(1_700_000_000_000_000 + (long)Math.Round(milliseconds * 1_000));

    /// <summary>A whole book, received at once with the venue's time ahead by <paramref name="ahead"/>.</summary>
    public void Book(string venue, double now, (double Price, double Size)[] bids, (double Price, double Size)[] asks, double ahead = 0, string symbol = "BTC/USDT", double? venueTime = null)
    {
        var (market, _) = Of(venue, symbol);
        market.Book.OnStreamSnapshot(new DepthUpdate(new DepthIds(1, 1), true, At(venueTime ?? now + ahead), Books.Levels(bids), Books.Levels(asks)), 1, At(now));
    }

    public void Top(string venue, double now, double bid, double ask, double size = 1, string symbol = "BTC/USDT") => Book(venue, now, [(bid, size)], [(ask, size)], symbol: symbol);

    public FollowedMarket MarketOf(string venue, string symbol = "BTC/USDT") => Of(venue, symbol).Market;

    /// <summary>The feeds are begun anew: the same markets are followed as others.</summary>
    public void BeginAgain(double now)
    {
        Analysis.Forget(At(now));
        markets.Clear();
    }

    /// <summary>A change that is out of sequence.</summary>
    public void Break(string venue, double now, string symbol = "BTC/USDT") =>
        Of(venue, symbol).Market.Book.OnDiff(new DepthUpdate(new DepthIds(9, 9, Previous: 7), false, At(now), [], []), 1, At(now));

    public void Silence(string venue, double now, string symbol = "BTC/USDT") => Of(venue, symbol).Market.Book.OnSilent(At(now));

    public void Mark(string venue, double now, double mark, double? rate, double? nextAt, string symbol = "BTC/USDT:USDT") =>
        Analysis.OnMark(Of(venue, symbol).Market, new MarkUpdate(At(now), mark, null, rate, nextAt is { } n ? At(n) : null), At(now));

    public void Bar(string venue, Timestamp open, double close, Timestamp? received = null, string symbol = "BTC/USDT") =>
        Analysis.OnBar(Of(venue, symbol).Market, new Bar(open, close, close, close, close, 1), false, received ?? open + TimeSpan.FromMinutes(1));

    public void OnSpread(in SpreadPoint spread)
    {
        Spreads.Add(spread);
        Log.Add(spread.ToString());
    }

    public void OnCrossSpread(CrossSpread spread) => Note(Crosses, spread);

    public void OnOpportunityOpened(Opportunity opportunity) => Note(Opened, opportunity);

    public void OnOpportunityEnded(Opportunity opportunity) => Note(Ended, opportunity);

    public void OnFunding(FundingReport report) => Note(Fundings, report);

    public void OnSignal(RealtimeSignal signal) => Note(Signals, signal);

    public void OnVolatility(in VolatilityPoint volatility)
    {
        Volatilities.Add(volatility);
        Log.Add(volatility.ToString());
    }

    private (FollowedMarket Market, Watcher Watcher) Of(string venue, string symbol)
    {
        var name = $"{venue} {symbol}";
        if (markets.TryGetValue(name, out var known)) return known;
        var parsed = Symbol.Parse(symbol);
        var watcher = new Watcher(Analysis);
        var market = new FollowedMarket(new Venue(venue, parsed.IsPerpetual ? MarketKind.Perpetual : MarketKind.Spot), 0, parsed, new BookLimits(), watcher);
        watcher.Market = market;
        markets.Add(name, (market, watcher));
        return (market, watcher);
    }

    private void Note<T>(List<T> list, T item)
        where T : notnull
    {
        list.Add(item);
        Log.Add(item.ToString()!);
    }

    private sealed class Watcher(MarketAnalysis analysis) : IBookWatcher
    {
        public FollowedMarket Market { get; set; } = null!;

        public void OnBook(BookKeeper keeper, Timestamp received) => analysis.OnBook(Market, received);

        public void OnState(BookKeeper keeper, BookState from, string cause, Timestamp now) => analysis.OnBookState(Market, from, cause, now);

        public void OnBroken(BookKeeper keeper, string cause, long? lastId, long? nextId, Timestamp now)
        {
        }

        public void OnRepaired(BookKeeper keeper, Timestamp now)
        {
        }

        public void OnQuiet(BookKeeper keeper, Timestamp now)
        {
        }

        public void OnMuted(BookKeeper keeper, Timestamp now)
        {
        }

        public void OnWantsSnapshot(BookKeeper keeper, Timestamp now)
        {
        }
    }

    /// <summary>Every snapshot replaces, every change is a gap.</summary>
    private sealed class Venue(string venue, MarketKind market) : IVenueProtocol, IBookSequencer
    {
        string IVenueProtocol.Venue => venue;

        public MarketKind Market => market;

        public FeedLimits Limits => new(1, 1, TimeSpan.FromSeconds(1), null);

        public IReadOnlyList<Channel> Channels => [];

        public IBookSequencer Sequencer => this;

        public int? BookLevels => null;

        public bool CountsTrades => false;

        public bool QuotesShareBookIds => false;

        public bool NeedsSnapshot => false;

        public int RouteOf(Channel channel) => 0;

        public IFeedProtocol Open(IReadOnlyList<StreamRef> streams, InstrumentTable instruments) => throw new NotSupportedException();

        public FrameVerdict ReadBody(FetchKind kind, ReadOnlySpan<byte> body, int instrument, Timestamp received, InstrumentTable instruments, IMarketSink sink) => throw new NotSupportedException();

        public Timestamp ReadTime(ReadOnlySpan<byte> body) => throw new NotSupportedException();

        public DiffPlace Place(in DepthIds diff, in BookPosition book) => DiffPlace.Gap;

        public SnapshotPlace PlaceSnapshot(long id, in BookPosition book) => SnapshotPlace.Replace;
    }
}
