using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.UnitTests.Adapters.Feeds;

/// <summary>A sink that keeps every book in the plainest way, and holds best quotes against the book of the same number.</summary>
internal sealed class FollowedBooks(IVenueProtocol venue) : IMarketSink
{
    private readonly Dictionary<int, Followed> markets = [];

    public int Gaps { get; private set; }

    public int Crossed { get; private set; }

    public int Repeats { get; private set; }

    public int Compared { get; private set; }

    public int Unequal { get; private set; }

    public int Trades { get; private set; }

    public int Bars { get; private set; }

    public int ClosedBars { get; private set; }

    public int Marks { get; private set; }

    public Dictionary<FrameOutcome, int> Outcomes { get; } = [];

    public List<FrameVerdict> Dead { get; } = [];

    public OrderBook Book(int instrument) => markets[instrument].Book;

    public void Count(FrameVerdict verdict)
    {
        Outcomes[verdict.Outcome] = Outcomes.GetValueOrDefault(verdict.Outcome) + 1;
        if (verdict.Outcome == FrameOutcome.DeadLettered) Dead.Add(verdict);
    }

    public NumberScale ScaleOf(int instrument) => Of(instrument).Book.Scale;

    public bool TryRescale(int instrument, NumberScale scale) => Of(instrument).Book.TryRescale(scale);

    public FrameOutcome OnDepth(int instrument, in DepthUpdate update)
    {
        var market = Of(instrument);
        var copy = new Change(update.Ids, update.Bids.ToArray(), update.Asks.ToArray());
        if (!update.IsSnapshot) return market.Position is null ? Keep(market, copy) : Take(market, copy);
        if (market.Position is { } known && venue.Sequencer.PlaceSnapshot(copy.Ids.Last, known) == SnapshotPlace.Repeat)
        {
            Repeats++;
            return FrameOutcome.Duplicate;
        }

        market.Book.Replace(copy.Bids, copy.Asks);
        market.Position = new BookPosition(copy.Ids.Last, copy.Ids.Last, IsBridged: false);
        foreach (var kept in market.Kept) Take(market, kept);
        market.Kept.Clear();
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnQuote(int instrument, in QuoteUpdate quote)
    {
        var market = Of(instrument);
        market.Quotes[quote.Id] = quote;
        if (market.Position?.LastId == quote.Id) Compare(market, quote);
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnTrades(int instrument, ReadOnlySpan<TradeUpdate> trades)
    {
        Trades += trades.Length;
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnBars(int instrument, ReadOnlySpan<BarUpdate> bars)
    {
        Bars += bars.Length;
        foreach (var bar in bars) ClosedBars += bar.IsClosed ? 1 : 0;
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnMark(int instrument, in MarkUpdate mark)
    {
        Marks++;
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnLiquidations(int instrument, ReadOnlySpan<LiquidationUpdate> liquidations) => FrameOutcome.Applied;

    public void OnSubscription(StreamRef stream, SubscriptionState state, string? problem)
    {
        // Recordings hold the answers to requests of others.
    }

    private static FrameOutcome Keep(Followed market, Change change)
    {
        market.Kept.Add(change);
        return FrameOutcome.Buffered;
    }

    private FrameOutcome Take(Followed market, Change change)
    {
        switch (venue.Sequencer.Place(change.Ids, market.Position!.Value))
        {
            case DiffPlace.BeforeSnapshot: return FrameOutcome.Stale;
            case DiffPlace.Applied: return FrameOutcome.Duplicate;
            case DiffPlace.Gap:
                Gaps++;
                return FrameOutcome.Discarded;
            default:
                market.Book.Apply(change.Bids, change.Asks);
                market.Position = market.Position.Value with { LastId = change.Ids.Last, IsBridged = true };
                if (market.Book.IsCrossed) Crossed++;
                if (market.Quotes.TryGetValue(change.Ids.Last, out var quote)) Compare(market, quote);
                return FrameOutcome.Applied;
        }
    }

    private void Compare(Followed market, QuoteUpdate quote)
    {
        var book = market.Book;
        Compared++;
        if (book.IsOneSided || book.Bids[0] != quote.Bid || book.Asks[0] != quote.Ask) Unequal++;
    }

    private Followed Of(int instrument)
    {
        if (!markets.TryGetValue(instrument, out var market)) markets[instrument] = market = new Followed(new OrderBook(NumberScale.Default, venue.BookLevels));
        return market;
    }

    private sealed record Change(DepthIds Ids, LevelChange[] Bids, LevelChange[] Asks);

    private sealed class Followed(OrderBook book)
    {
        public OrderBook Book { get; } = book;

        public BookPosition? Position { get; set; }

        public List<Change> Kept { get; } = [];

        public Dictionary<long, QuoteUpdate> Quotes { get; } = [];
    }
}
