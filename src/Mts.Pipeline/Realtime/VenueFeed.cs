using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Books;

namespace Mts.Pipeline.Realtime;

/// <summary>
/// Follows the markets of one venue: connections, subscriptions, books, ledgers. A state machine without a socket or a clock: the same
/// inputs in the same order give the same outputs.
/// </summary>
public sealed partial class VenueFeed
{
    private readonly IVenueProtocol venue;
    private readonly FeedOptions options;
    private readonly IFeedShell shell;
    private readonly IMarketTap tap;
    private readonly Random jitter;
    private readonly InstrumentTable instruments;
    private readonly MarketDesk desk;
    private readonly List<FeedSlot> slots = [];
    private readonly Dictionary<int, FeedLink> links = [];
    private readonly bool isOpen;
    private int connections;

    /// <param name="venue">What the venue speaks.</param>
    /// <param name="symbols">Markets to follow, the most important first.</param>
    /// <param name="channels">What to follow of each; channels that the venue does not have are left out.</param>
    /// <param name="options">How patient it is.</param>
    /// <param name="shell">Sockets and requests.</param>
    /// <param name="tap">Takes what comes out.</param>
    /// <param name="jitter">Spreads the waits; seeded, so that a session can be replayed.</param>
    /// <param name="isOpen">True takes up every market that it meets, for recordings.</param>
    /// <param name="resumed">How far streams were followed before; those of other feeds are passed over.</param>
    public VenueFeed(
        IVenueProtocol venue, IReadOnlyList<Symbol> symbols, IReadOnlyList<Channel> channels, FeedOptions options, IFeedShell shell, IMarketTap tap, Random jitter, bool isOpen = false,
        IReadOnlyList<StreamPosition>? resumed = null)
    {
        (this.venue, this.options, this.shell, this.tap, this.jitter, this.isOpen) = (venue, options, shell, tap, jitter, isOpen);
        instruments = new InstrumentTable(venue.Market, isOpen);
        foreach (var symbol in symbols) instruments.Add(symbol);
        desk = new MarketDesk(venue, instruments, new BookLimits(), tap, options.RefetchedTrades) { Subscriptions = OnSubscription, Muted = OnMuted };
        asksForTime = options.ProbeEvery > TimeSpan.Zero && symbols.Count > 0 && channels.Contains(Channel.Depth) && !isOpen;
        slots.AddRange(Plan(channels.Where(venue.Channels.Contains).ToList()));
        foreach (var position in resumed ?? [])
        {
            if (Follows(position)) desk.Resume(position);
        }
    }

    public string Venue => venue.Venue;

    public MarketKind Market => venue.Market;

    /// <summary>All markets, by number.</summary>
    public IReadOnlyList<FollowedMarket> Markets => desk.Markets;

    /// <summary>Gaps that are not closed yet.</summary>
    public IReadOnlyCollection<FeedGap> OpenGaps => desk.OpenGaps;

    /// <summary>Accounts of the connections: acknowledgements, pongs, notices, and what no stream could be found for.</summary>
    public IReadOnlyList<StreamAccount> ConnectionAccounts => [.. slots.Select(s => s.Account)];

    /// <summary>The next moment at which a timer input is wanted; null before the start.</summary>
    public Timestamp? NextTimer { get; private set; }

    /// <summary>Whether a position is of a market of this feed's kind.</summary>
    public bool Follows(StreamPosition position) => position.Venue == Venue && position.Symbol.IsPerpetual == (Market == MarketKind.Perpetual);

    /// <summary>Asks for the first connections, and opens a gap for each stream that was followed before.</summary>
    public void Start(Timestamp now)
    {
        foreach (var slot in slots)
        {
            slot.ConnectAt = now;
            desk.OnRestart(slot.Streams, now);
        }

        OnTimer(now);
    }

    /// <summary>Closes the ledger of gaps at the end of a session: what is still missing is told to be lost.</summary>
    public void Finish(Timestamp now) => desk.Finish(now);

    /// <summary>Another feed goes on behind this one; until that one stands no book is to be believed.</summary>
    public void Abandon(Timestamp now)
    {
        foreach (var market in desk.Markets) market.Book.OnSilent(now);
        desk.Finish(now);
    }

    /// <summary>The one way in.</summary>
    public void OnInput(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        present = input.Time;
        NoteJump(input.Time);
        switch (input.Kind)
        {
            case FeedInputKind.Frame:
                OnFrame(input.Number, bytes, input.Time);
                break;
            case FeedInputKind.Opened:
                OnOpened(input.Number, input.Time);
                break;
            case FeedInputKind.Refused:
                OnRefused(input.Number, bytes, input.Value, input.Time);
                break;
            case FeedInputKind.Closed:
                OnClosed(input.Number, bytes, input.Time);
                break;
            case FeedInputKind.Fetched:
                OnFetched(input.Number, bytes, input.Time);
                break;
            case FeedInputKind.FetchFailed:
                OnFetchFailed(input.Number, input.Value, input.Time);
                break;
            case FeedInputKind.Timer:
                if (input.Value != 0) NoteStep(TimeSpan.FromMicroseconds(input.Value), input.Time);
                OnTimer(input.Time);
                return;
            default:
                return;
        }

        Attend(input.Time);
    }

    private void OnFrame(int connection, ReadOnlySpan<byte> frame, Timestamp received)
    {
        if (!links.TryGetValue(connection, out var link))
        {
            late.Count(FrameOutcome.Stale);
            return;
        }

        link.Beat(received);
        desk.Begin(new FrameContext(link.Epoch, received));
        speaking = link;
        var verdict = link.Protocol.OnFrame(frame, received, desk);
        if (verdict.Stream.IsConnection)
        {
            link.Slot.Account.Count(verdict.Outcome);
        }
        else
        {
            desk.Settle(verdict);
            if (isOpen || link.Slot.Successor is not null) link.Heard.Add(verdict.Stream);
        }

        if (verdict.Outcome == FrameOutcome.DeadLettered) Bury(link, verdict, frame, received);
        Pump(link, received);
    }

    /// <param name="link">Null for what was fetched beside the streams.</param>
    /// <param name="verdict">Why.</param>
    /// <param name="bytes">What came.</param>
    /// <param name="received">When.</param>
    private void Bury(FeedLink? link, in FrameVerdict verdict, ReadOnlySpan<byte> bytes, Timestamp received)
    {
        var stream = verdict.Stream;
        tap.OnDeadLetter(new DeadLetter(Venue, Market, stream.IsConnection ? null : instruments[stream.Instrument], stream.IsConnection ? null : stream.Channel,
            link?.Number ?? 0, link?.Epoch ?? 0, link?.Frames ?? 0, received, verdict.Reason ?? desk.Refusal ?? "refused", bytes[..Math.Min(bytes.Length, options.DeadLetterBytes)].ToArray()));
    }

    private FeedSlot? SlotOf(StreamRef stream) => slots.Find(s => s.Streams.Contains(stream));

    private void Pump(FeedLink link, Timestamp now)
    {
        while (link.Protocol.TryTakeOutgoing(now, out var text)) shell.Send(link.Number, text);
    }

    private IEnumerable<FeedSlot> Plan(List<Channel> channels)
    {
        var most = Math.Max(1, Math.Min(venue.Limits.StreamsPerConnection, options.StreamsPerConnection));
        foreach (var route in channels.GroupBy(venue.RouteOf))
        {
            var streams = Enumerable.Range(0, instruments.Count).SelectMany(i => route.Select(c => new StreamRef(i, c)));
            foreach (var part in streams.Chunk(most)) yield return new FeedSlot(part);
        }
    }
}
