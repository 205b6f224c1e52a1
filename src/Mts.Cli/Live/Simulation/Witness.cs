using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Simulator.Live;

namespace Mts.Cli.Live.Simulation;

/// <summary>Holds everything that comes out of the feeds against the venues' own books, and hashes it.</summary>
/// <param name="truth">The true book at the update that a market has come to; null where the venue does not know it any more.</param>
internal sealed partial class Witness(Func<FollowedMarket, ReferenceBook?> truth) : QuietTap, IDisposable
{
    private const int MostViolations = 20;

    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<(string, MarketKind, string), UInt128> lastTrade = [];
    private readonly Dictionary<(string, MarketKind, string), HashSet<UInt128>> trades = [];
    private readonly Dictionary<(string, MarketKind, string), Timestamp> lastBar = [];
    private readonly Dictionary<(string, MarketKind, string), (Timestamp Before, Timestamp Last)> heard = [];
    private readonly Dictionary<(string, MarketKind), Timestamp> disturbed = [];
    private readonly HashSet<(string, MarketKind, string)> givenUp = [];
    private readonly Dictionary<(string, MarketKind, string), Timestamp> lookedThrough = [];
    // Trades that may be given again by a new process; those that are not are not missing.
    private readonly Dictionary<(string, MarketKind, string), HashSet<UInt128>> givenBefore = [];
    private readonly HashSet<(string, MarketKind, string, Timestamp)> contested = [];
    private Timestamp told = Timestamp.MinValue;
    private readonly Dictionary<FollowedMarket, Timestamp> wrongSince = [];
    private readonly Dictionary<(string, Symbol), (FollowedMarket Market, ReferenceBook? Book)> sights = [];

    /// <summary>What must never happen and did.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Books that were compared with the truth at the same update.</summary>
    public long Compared { get; private set; }

    public long Published { get; private set; }

    public long Gaps { get; private set; }

    public long DeadLetters { get; private set; }

    /// <summary>From each gap of a book's numbers to the moment at which the book was valid again.</summary>
    public List<(string Market, TimeSpan Time)> Repairs { get; } = [];

    /// <summary>From the last trade of each mute trade stream to the moment at which it was known to be mute.</summary>
    public List<(string Market, TimeSpan Time)> Silences { get; } = [];

    /// <summary>How long a book may be wrong where the world contains errors that no sequence shows; null where it contains none.</summary>
    public TimeSpan? HiddenErrors { get; init; }

    /// <summary>The longest that a book was VALID and wrong without it being known; counted where <see cref="HiddenErrors"/> says how long it may be.</summary>
    public TimeSpan LongestWrong { get; private set; }

    public string Digest => Convert.ToHexStringLower(digest.GetCurrentHash());

    public override void OnBook(FollowedMarket market, Timestamp received)
    {
        var keeper = market.Book;
        var text = BookHash.Text(keeper.Book);
        Add($"{market.Venue} {market.SymbolText} {keeper.State} {keeper.LastId} {keeper.Epoch} {text}");
        if (received < told) Violate($"{Name(market)} at {keeper.LastId} is told of as of {received}, after {told}");
        told = received;
        sights[(market.Venue, market.Symbol)] = (market, null);
        if (keeper.State != BookState.Valid) return;
        Published++;
        if (keeper.Book.IsCrossed) Violate($"{Name(market)} at {keeper.LastId} is VALID and crossed");
        if (truth(market) is not { } reference) return;
        Compared++;
        var expected = Text(reference);
        if (expected == text) sights[(market.Venue, market.Symbol)] = (market, reference);
        if (wrongSince.TryGetValue(market, out var since) && received - since > LongestWrong) LongestWrong = received - since;
        if (expected == text) wrongSince.Remove(market);
        else if (HiddenErrors is null) Violate($"{Name(market)} at {keeper.LastId} (epoch {keeper.Epoch}) is VALID and not the venue's: {Difference(expected, text)}");
        else if (!wrongSince.TryAdd(market, received) && received - wrongSince[market] > HiddenErrors) Violate($"{Name(market)} is VALID and has been wrong for {(received - wrongSince[market]).TotalSeconds:0.0} s");
    }

    public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now)
    {
        if (market.Book.State != BookState.Valid) wrongSince.Remove(market);
        Add($"{market.Venue} {market.SymbolText} {from} {market.Book.State} {cause}");
    }

    public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
    {
        Add($"{market.Venue} {market.SymbolText} trade {trade.Id} {trade.Price} {trade.Size} {isLate}");
        var key = (market.Venue, market.Kind, market.SymbolText);
        if (!heard.TryGetValue(key, out var known)) heard[key] = (received, received);
        else if (received > known.Last) heard[key] = (known.Last, received);
        if (!trades.TryGetValue(key, out var given)) trades[key] = given = [];
        if (!given.Add(trade.Id)) Violate($"{Name(market)} gave trade {trade.Id} twice");
        if (market.Venue != "binance" || isLate) return;
        if (lastTrade.TryGetValue(key, out var last) && trade.Id <= last) Violate($"{Name(market)} gave trade {trade.Id} after {last}");
        lastTrade[key] = trade.Id;
    }

    public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received)
    {
        Add($"{market.Venue} {market.SymbolText} bar {bar.OpenTime} {bar.Open:R} {bar.High:R} {bar.Low:R} {bar.Close:R} {bar.Volume:R}");
        var key = (market.Venue, market.Kind, market.SymbolText);
        if (lastBar.TryGetValue(key, out var last) && bar.OpenTime <= last) Violate($"{Name(market)} gave the bar of {bar.OpenTime} after that of {last}");
        lastBar[key] = bar.OpenTime;
        Bars.Add((market, bar));
    }

    public override void OnGap(FollowedMarket market, FeedGap gap)
    {
        if (gap.End is null) Gaps++;
        if (gap is { Channel: Channel.Depth, Cause: "sequence", End: { } end }) Repairs.Add((Name(market), end - gap.Start));
        var key = (market.Venue, market.Kind, market.SymbolText);
        if (gap is { Channel: Channel.Trade, Repair: "none" }) givenUp.Add(key);
        // What was fetched to find it out came at that very moment.
        if (gap is { Channel: Channel.Trade, Cause: "silent", End: null } && heard.TryGetValue(key, out var last)) Silences.Add((Name(market), gap.Start - (last.Last < gap.Start ? last.Last : last.Before)));
        // Whoever had followed a stream and not yet heard a trade of it cannot know by ids what he missed.
        if (gap is { Channel: Channel.Trade, Venue: "binance", Repair: "none" } and not { Cause: "restart", LastId: null }) Violate($"{Name(market)} gave up the trades after {gap.LastId}, which the venue still has");
        Add(gap.ToString());
    }

    public override void OnDeadLetter(DeadLetter letter)
    {
        DeadLetters++;
        if (letter is { Channel: Channel.Bar, Reason: "closed bar given again with other values", Symbol: { } symbol } && lastBar.TryGetValue((letter.Venue, letter.Market, symbol.ToString()), out var newest)) contested.Add((letter.Venue, letter.Market, symbol.ToString(), newest));
        Add($"{letter.Venue} {letter.Symbol} {letter.Reason} {letter.Position}");
    }

    public override void OnConnection(ConnectionNote note)
    {
        disturbed[(note.Venue, note.Market)] = note.Time;
        Add(note.ToString());
    }

    /// <summary>The market behind something that was said, and the venue's book at the update that the market has come to; null where it is not known.</summary>
    public (FollowedMarket Market, ReferenceBook? Book) SightOf(Instrument instrument) => sights[(instrument.Venue, instrument.Symbol)];

    /// <summary>Whether there is anything to hold it against.</summary>
    public bool Knows(FollowedMarket market) => sights.TryGetValue((market.Venue, market.Symbol), out var sight) && sight.Book is not null;

    /// <summary>Checks the accounts of all streams.</summary>
    public void Balance(IEnumerable<VenueFeed> feeds)
    {
        foreach (var market in feeds.SelectMany(f => f.Markets))
        {
            foreach (var channel in Enum.GetValues<Channel>())
            {
                if (!market.Account(channel).IsBalanced) Violate($"the account of {Name(market)} {channel} does not add up");
            }
        }
    }

    /// <summary>Our clock was set: what is counted from a moment before a step forward is counted from so much later.</summary>
    public void OnClockSet(TimeSpan step)
    {
        if (step <= TimeSpan.Zero) return;
        foreach (var market in wrongSince.Keys.ToList()) wrongSince[market] += step;
        foreach (var feed in disturbed.Keys.ToList()) disturbed[feed] += step;
    }

    /// <summary>A new process: it gives again nothing of what is on the disk, and what it lacks of that it fetches or tells of.</summary>
    /// <param name="kept">Has heard what is on the disk.</param>
    /// <param name="open">Gaps that nobody closes any more.</param>
    /// <param name="positions">How far the streams have come: where trades are not counted, what was missed before that is not looked for any more.</param>
    /// <param name="areTimesRight">False where the venue tells two times of one trade: then nobody can know by the time which trades were given, where they are not counted.</param>
    public void Restart(Witness kept, IEnumerable<FeedGap> open, IEnumerable<StreamPosition> positions, bool areTimesRight)
    {
        foreach (var position in positions.Where(p => p is { Channel: Channel.Trade, Time: not null })) lookedThrough[KeyOf(position.Venue, position.Symbol)] = position.Time!.Value;
        Take(lastTrade, kept.lastTrade);
        Take(trades, kept.trades);
        Take(lastBar, kept.lastBar);
        heard.Clear();
        foreach (var key in trades.Keys.Where(k => !areTimesRight && k.Item1 != "binance").ToList())
        {
            givenBefore[key] = trades[key];
            trades.Remove(key);
        }

        foreach (var gap in open.Where(g => g.Channel == Channel.Trade)) givenUp.Add(KeyOf(gap.Venue, gap.Symbol));
        // Where its clock was set back, its time may be earlier than that of the old one.
        told = Timestamp.MinValue;
        disturbed.Clear();
    }

    private static (string, MarketKind, string) KeyOf(string venue, Symbol symbol) => (venue, symbol.IsPerpetual ? MarketKind.Perpetual : MarketKind.Spot, symbol.ToString());

    private static void Take<TKey, T>(Dictionary<TKey, T> known, Dictionary<TKey, T> kept)
        where TKey : notnull
    {
        known.Clear();
        foreach (var (key, value) in kept) known.Add(key, value);
    }

    public void Violate(string what)
    {
        if (Violations.Count < MostViolations) Violations.Add(what);
    }

    public void Dispose() => digest.Dispose();

    /// <summary>Adds to the digest what others have heard.</summary>
    public void Add(string line) => digest.AppendData(Encoding.UTF8.GetBytes(line + "\n"));

    private static string Name(FollowedMarket market) => $"{market.Venue} {market.SymbolText}";

    private static string Text(ReferenceBook book) => $"{Side(book.Bids)}|{Side(book.Asks)}";

    private static string Side(IReadOnlyList<(decimal Price, decimal Size)> levels) =>
        string.Join(',', levels.Take(BookHash.Levels).Select(l => $"{Plain(l.Price)}:{Plain(l.Size)}"));

    private static string Plain(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);

    private static string Difference(string expected, string found)
    {
        var at = expected.Zip(found).TakeWhile(p => p.First == p.Second).Count();
        return $"…{expected[Math.Max(0, at - 10)..Math.Min(expected.Length, at + 30)]}… there, …{found[Math.Max(0, at - 10)..Math.Min(found.Length, at + 30)]}… here";
    }
}
