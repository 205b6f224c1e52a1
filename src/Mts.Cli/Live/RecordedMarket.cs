using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>One market of a recording, written on a tape, with bars of its trades; the clock is that of the recorder.</summary>
internal sealed class RecordedMarket(string venue, Symbol symbol, Interval interval)
{
    private readonly TapeWriter tape = new();
    private readonly BarSeriesBuilder bars = new();
    private FollowedMarket? followed;
    private (long Bid, long Ask, NumberScale Scale)? edges;
    private Bar? bar;
    private decimal volume;

    public string Venue => venue;

    public Symbol Symbol => symbol;

    public Timestamp? First { get; private set; }

    public Timestamp Last { get; private set; }

    /// <summary>Times at which trades were found to be missing.</summary>
    public int TradeGaps { get; set; }

    /// <summary>Trades that were fetched back later, out of their order.</summary>
    public int LateTrades { get; private set; }

    public BookTape Tape() => tape.Build();

    /// <summary>Bars of the intervals that the recording covers in full; those without a trade are missing.</summary>
    public BarSeries Bars()
    {
        if (bar is { } open && interval.End(open.OpenTime) <= Last) Close();
        return bars.Build(new SeriesKey(venue, symbol, interval), hasVolume: true);
    }

    public void OnBook(FollowedMarket market, Timestamp time)
    {
        Follow(market, time);
        var (keeper, book) = (market.Book, market.Book.Book);
        if (keeper.State == BookState.Valid)
        {
            tape.Right(Last.Micros, book, Edge(keeper.KnownBidFloor, book.Bids, book, edges?.Bid), Edge(keeper.KnownAskCeiling, book.Asks, book, edges?.Ask));
            return;
        }

        tape.Wrong(Last.Micros);
        // A snapshot has just come in: beyond its last levels nothing is known.
        if (keeper.State == BookState.Syncing && !book.IsOneSided) edges = (book.Bids[book.Bids.Count - 1].Price, book.Asks[book.Asks.Count - 1].Price, book.Scale);
    }

    public void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp time)
    {
        Follow(market, time);
        if (isLate)
        {
            LateTrades++;
            return;
        }

        tape.Trade(Last.Micros, trade.IsSell, trade.Price, trade.Size, market.Scale);
        Add(market.Scale.PriceToDouble(trade.Price), market.Scale.Size(trade.Size));
    }

    // A new session knows nothing of the one before.
    private void Follow(FollowedMarket market, Timestamp time)
    {
        First ??= time;
        if (time > Last) Last = time;
        if (ReferenceEquals(market, followed)) return;
        (followed, edges) = (market, null);
        tape.Wrong(Last.Micros);
    }

    private void Add(double price, decimal size)
    {
        var open = interval.Floor(Last);
        if (bar is { } before && before.OpenTime != open) Close();
        if (open < First) return;
        volume += size;
        bar = bar is { } b ? b with { High = Math.Max(b.High, price), Low = Math.Min(b.Low, price), Close = price } : new Bar(open, price, price, price, price, 0);
    }

    private void Close()
    {
        bars.Add(bar!.Value with { Volume = (double)volume });
        (bar, volume) = (null, 0);
    }

    private long? Edge(long? known, BookSide side, OrderBook book, long? shown)
    {
        if (known is not null) return known;
        if (book.MaxLevels is { } most) return side.Count >= most ? side[side.Count - 1].Price : null;
        return shown is { } edge ? NumberScale.Convert(edge, edges!.Value.Scale.PriceDecimals, book.Scale.PriceDecimals) : null;
    }
}
