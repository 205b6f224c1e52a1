using System.Globalization;
using System.Text;
using Mts.Core;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.UnitTests.Realtime;

/// <summary>
/// A venue with a wire of a few words, so that tests can write frames by hand: <c>d BTCUSDT first last previous bid:size ask:size</c> and the
/// number across streams where there is one, and of its answers
/// <c>accept</c>, <c>refuse</c> or <c>unknown</c> with <c>BTCUSDT Depth</c> behind it.
/// </summary>
internal sealed class ScriptedVenue(IBookSequencer sequencer, bool countsTrades = true) : IVenueProtocol
{
    public string Venue => "scripted";

    public MarketKind Market => MarketKind.Spot;

    public FeedLimits Limits { get; init; } = new(10, 1000, TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));

    /// <summary>The venue's time of what it sends; null for none.</summary>
    public Func<Timestamp>? MarksTimes { get; init; }

    public IReadOnlyList<Channel> Channels => [Channel.Depth, Channel.Trade, Channel.Bar, Channel.Quote];

    public IBookSequencer Sequencer => sequencer;

    public int? BookLevels => null;

    public bool CountsTrades => countsTrades;

    public bool QuotesShareBookIds => true;

    public int RouteOf(Channel channel) => 0;

    public IFeedProtocol Open(IReadOnlyList<StreamRef> streams, InstrumentTable instruments) => new Protocol(this, streams, instruments);

    public FrameVerdict ReadBody(FetchKind kind, ReadOnlySpan<byte> body, int instrument, Timestamp received, InstrumentTable instruments, IMarketSink sink) =>
        Read(Encoding.UTF8.GetString(body), instruments, sink);

    public Timestamp ReadTime(ReadOnlySpan<byte> body) => long.TryParse(body, CultureInfo.InvariantCulture, out var milliseconds)
        ? Timestamp.FromUnixMilliseconds(milliseconds)
        : throw new DataValidationException("no time");

    internal FrameVerdict Read(string text, InstrumentTable instruments, IMarketSink sink)
    {
        var words = text.Split(' ');
        if (words[0] == "ack") return FrameVerdict.Control;
        var instrument = words.Length > 1 ? instruments.Find(Encoding.UTF8.GetBytes(words[1])) : -1;
        if (instrument < 0) return FrameVerdict.Dead(StreamRef.Connection, "unknown");
        var stream = new StreamRef(instrument, words[0] switch { "t" => Channel.Trade, "q" => Channel.Quote, "b" => Channel.Bar, _ => Channel.Depth });
        return new FrameVerdict(stream, words[0] switch
        {
            "d" => sink.OnDepth(instrument, new DepthUpdate(new DepthIds(Id(words[2]), Id(words[3]), words[4] == "-" ? null : Id(words[4])), false, MarksTimes?.Invoke(), Levels(words[5]), Levels(words[6]), Sequence(words, 7))),
            "s" => sink.OnDepth(instrument, new DepthUpdate(new DepthIds(Id(words[2]), Id(words[2])), true, MarksTimes?.Invoke(), Levels(words[3]), Levels(words[4]), Sequence(words, 5))),
            "q" => sink.OnQuote(instrument, new QuoteUpdate(Id(words[2]), MarksTimes?.Invoke(), Levels(words[3])[0], Levels(words[4])[0])),
            "t" when words.Length == 2 => FrameOutcome.Duplicate,
            "b" when words.Length == 2 => FrameOutcome.Duplicate,
            "t" => sink.OnTrades(instrument, [.. words[2..].Select(Trade)]),
            "b" => sink.OnBars(instrument, [.. words[2..].Select(Bar)]),
            _ => throw new InvalidOperationException(text),
        });
    }

    private static TradeUpdate Trade(string word)
    {
        var parts = word.Split('@');
        return new TradeUpdate((UInt128)Id(parts[0]), new Timestamp(Id(parts[^1])), 1, 1, false);
    }

    private static BarUpdate Bar(string minute)
    {
        var open = Timestamp.FromUnixSeconds(60 * Id(minute.TrimEnd('o')));
        return new BarUpdate(new Bar(open, 1, 2, 1, 2, 3), !minute.EndsWith('o'), open + TimeSpan.FromMinutes(1));
    }

    private static long Sequence(string[] words, int at) => at < words.Length ? Id(words[at]) : 0;

    private static long Id(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    private static LevelChange[] Levels(string word) =>
        word == "-" ? [] : [.. word.Split(',').Select(l => l.Split(':')).Select(l => new LevelChange(Id(l[0]), Id(l[1])))];

    private sealed class Protocol(ScriptedVenue venue, IReadOnlyList<StreamRef> streams, InstrumentTable instruments) : IFeedProtocol
    {
        private readonly Queue<byte[]> outgoing = new();
        private readonly Dictionary<StreamRef, SubscriptionState> states = [];

        public string Path => $"/{streams.Count}";

        public bool IsEnding { get; private set; }

        public Timestamp? NextTimer => null;

        public void OnOpened(Timestamp now)
        {
            foreach (var stream in streams) Subscribe(stream);
        }

        public FrameVerdict OnFrame(ReadOnlySpan<byte> frame, Timestamp received, IMarketSink sink)
        {
            var text = Encoding.UTF8.GetString(frame);
            if (text == "ending") IsEnding = true;
            var words = text.Split(' ');
            if (words[0] is "accept" or "refuse" or "unknown") return Answer(words, sink);
            return text == "ending" ? FrameVerdict.Control : venue.Read(text, instruments, sink);
        }

        public void Ping(Timestamp now) => outgoing.Enqueue("ping"u8.ToArray());

        public void OnTimer(Timestamp now, IMarketSink sink)
        {
        }

        public bool TryTakeOutgoing(Timestamp now, out ReadOnlySpan<byte> text)
        {
            var has = outgoing.TryDequeue(out var bytes);
            text = bytes;
            return has;
        }

        public void Subscribe(StreamRef stream)
        {
            states.Remove(stream);
            outgoing.Enqueue(Encoding.UTF8.GetBytes($"sub {instruments[stream.Instrument].Compact} {stream.Channel}"));
        }

        public void Unsubscribe(StreamRef stream) => outgoing.Enqueue(Encoding.UTF8.GetBytes($"unsub {instruments[stream.Instrument].Compact} {stream.Channel}"));

        public SubscriptionState StateOf(StreamRef stream) => states.GetValueOrDefault(stream, SubscriptionState.Acknowledged);

        private FrameVerdict Answer(string[] words, IMarketSink sink)
        {
            var stream = new StreamRef(instruments.Find(Encoding.UTF8.GetBytes(words[1])), Enum.Parse<Channel>(words[2]));
            states[stream] = words[0] switch { "accept" => SubscriptionState.Acknowledged, "refuse" => SubscriptionState.Refused, _ => SubscriptionState.Unavailable };
            sink.OnSubscription(stream, states[stream], words[0] == "accept" ? null : words[0]);
            return FrameVerdict.Control;
        }
    }
}

/// <summary>Changes numbered without a hole, as spot markets do it.</summary>
internal sealed class CountingSequencer : IBookSequencer
{
    public bool NeedsSnapshot => true;

    public DiffPlace Place(in DepthIds diff, in BookPosition book) =>
        diff.Last <= book.SnapshotId ? DiffPlace.BeforeSnapshot
        : diff.Last <= book.LastId ? DiffPlace.Applied
        : diff.First <= book.LastId + 1 ? DiffPlace.Next : DiffPlace.Gap;

    public SnapshotPlace PlaceSnapshot(long id, in BookPosition book) => SnapshotPlace.Replace;
}

/// <summary>Changes numbered without a hole after a snapshot that the stream itself brings.</summary>
internal sealed class StreamedSequencer : IBookSequencer
{
    public bool NeedsSnapshot => false;

    public DiffPlace Place(in DepthIds diff, in BookPosition book) =>
        diff.Last <= book.LastId ? DiffPlace.Applied : diff.Last == book.LastId + 1 ? DiffPlace.Next : DiffPlace.Gap;

    public SnapshotPlace PlaceSnapshot(long id, in BookPosition book) => id == book.LastId ? SnapshotPlace.Repeat : SnapshotPlace.Replace;
}
