using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Books;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <summary>Everything that is known of one market while it is followed.</summary>
public sealed class FollowedMarket
{
    private readonly StreamAccount[] accounts;

    internal FollowedMarket(IVenueProtocol venue, int number, Symbol symbol, BookLimits limits, IBookWatcher watcher)
    {
        (Venue, Kind, Number, Symbol) = (venue.Venue, venue.Market, number, symbol);
        Book = new BookKeeper(number, symbol, venue.Sequencer, venue.BookLevels, limits, watcher);
        SymbolText = symbol.ToString();
        Trades = new TradeStream(venue.CountsTrades);
        accounts = [.. Enum.GetValues<Channel>().Select(c => c == Channel.Depth ? Book.Account : new StreamAccount())];
        Pulses = [.. accounts.Select(_ => new StreamPulse())];
    }

    /// <summary>Lower case.</summary>
    public string Venue { get; }

    public MarketKind Kind { get; }

    /// <summary>Its number in its feed.</summary>
    public int Number { get; }

    public Symbol Symbol { get; }

    /// <summary>The market in its usual spelling.</summary>
    public string SymbolText { get; }

    public BookKeeper Book { get; }

    /// <summary>Unit of prices and sizes of this market.</summary>
    public NumberScale Scale => Book.Book.Scale;

    /// <summary>Newest best quote; null before the first one.</summary>
    public QuoteUpdate? Quote { get; internal set; }

    /// <summary>Newest mark price and funding; null before the first one.</summary>
    public MarkUpdate? Mark { get; internal set; }

    /// <summary>The newest update that the stream of the book has shown, applied or not; null before the first one.</summary>
    internal long? DepthId { get; set; }

    /// <summary>When the book is next held against a fetched one.</summary>
    internal Timestamp? NextAudit { get; set; }

    /// <summary>When that was last begun.</summary>
    internal Timestamp LastAudit { get; set; }

    /// <summary>When its trades are next held against fetched ones.</summary>
    internal Timestamp? NextTradeAudit { get; set; }

    /// <summary>Whether the book has been deepened since it was begun.</summary>
    internal bool IsDeep { get; set; }

    /// <summary>The venue's book when a silent stream last made us ask; null where none did since it spoke.</summary>
    internal long? CheckedId { get; set; }

    /// <summary>Its best prices likewise.</summary>
    internal (LevelChange Bid, LevelChange Ask)? CheckedBest { get; set; }

    /// <summary>Whether the fetch under way is to tell about the quotes too.</summary>
    internal bool AreQuotesAsked { get; set; }

    internal TradeStream Trades { get; }

    internal BarStream Bars { get; } = new();

    internal StreamPulse[] Pulses { get; }

    /// <summary>Frames and fetched bodies of all its streams.</summary>
    public long Received => accounts.Sum(a => a.Received);

    /// <summary>How many of them ended so.</summary>
    public long Total(FrameOutcome outcome) => accounts.Sum(a => a[outcome]);

    public StreamAccount Account(Channel channel) => accounts[(int)channel];

    /// <summary>When the channel last brought something new; null for never.</summary>
    public Timestamp? LastHeard(Channel channel) => Pulses[(int)channel].Last;
}
