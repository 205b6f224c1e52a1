using System.Text;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

/// <summary>A feed on a clock of the test's own, with a shell that notes what it was asked.</summary>
internal sealed class FeedBench : QuietTap, IFeedShell
{
    private readonly List<string> asked = [];
    private readonly Queue<int> pinged = new();

    public FeedBench(IBookSequencer? sequencer = null, FeedOptions? options = null, params Channel[] channels)
        : this(new ScriptedVenue(sequencer ?? new CountingSequencer()), ["BTC/USDT"], options, channels)
    {
    }

    public FeedBench(ScriptedVenue venue, string[] symbols, FeedOptions? options = null, params Channel[] channels)
        : this(venue, symbols, options, [], Timestamp.Parse("2026-01-01"), channels)
    {
    }

    /// <summary>Goes on behind an earlier session.</summary>
    public FeedBench(ScriptedVenue venue, string[] symbols, FeedOptions? options, IEnumerable<StreamPosition> resumed, Timestamp start, params Channel[] channels)
    {
        Now = start;
        Feed = new VenueFeed(
            venue, [.. symbols.Select(Symbol.Parse)], channels.Length == 0 ? [Channel.Depth] : channels,
            options ?? new FeedOptions { AuditEvery = TimeSpan.Zero, ProbeEvery = TimeSpan.Zero }, this, this, new Random(1), resumed: [.. resumed]);
        Feed.Start(Now);
    }

    public VenueFeed Feed { get; }

    /// <summary>False for a connection that is half-open.</summary>
    public bool AnswersPings { get; set; } = true;

    public Timestamp Now { get; private set; }

    public FollowedMarket Market => Feed.Markets[0];

    public List<string> States { get; } = [];

    /// <summary>The moments at which a changed book was told of.</summary>
    public List<Timestamp> Told { get; } = [];

    public List<FeedGap> Gaps { get; } = [];

    public List<string> Given { get; } = [];

    public List<ConnectionNote> Notes { get; } = [];

    public List<(Timestamp Sent, Timestamp VenueTime, Timestamp Received)> Probes { get; } = [];

    public List<TimeSpan> Backs { get; } = [];

    public List<DeadLetter> Letters { get; } = [];

    /// <summary>What the shell was asked since the last look.</summary>
    public string[] Asked()
    {
        var all = asked.ToArray();
        asked.Clear();
        return all;
    }

    public FeedBench Open(int connection = 1) => Input(FeedInputKind.Opened, connection);

    public FeedBench Frame(string text, int connection = 1) => Input(FeedInputKind.Frame, connection, text);

    public FeedBench Fetched(string text, int number = 1) => Input(FeedInputKind.Fetched, number, text);

    public FeedBench Input(FeedInputKind kind, int number, string text = "", long value = 0)
    {
        Feed.OnInput(new FeedInput(0, kind, number, Now, value), Encoding.UTF8.GetBytes(text));
        Market.Account(Channel.Depth).IsBalanced.ShouldBeTrue();
        return this;
    }

    /// <summary>Sets our clock forward.</summary>
    public FeedBench Jump(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    /// <summary>Lets time pass, timer by timer.</summary>
    public FeedBench Wait(double seconds, Action? each = null)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (Feed.NextTimer is { } due && due <= end)
        {
            Now = due > Now ? due : Now;
            Input(FeedInputKind.Timer, 0);
            while (pinged.TryDequeue(out var connection)) Frame("ack", connection);
            each?.Invoke();
        }

        Now = end;
        return this;
    }

    public override void OnBook(FollowedMarket market, Timestamp received) => Told.Add(received);

    public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now) => States.Add($"{market.Book.State} ({cause})");

    public override void OnGap(FollowedMarket market, FeedGap gap) => Gaps.Add(gap);

    public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received) => Given.Add($"{trade.Id}{(isLate ? " late" : "")}");

    public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received) => Given.Add($"{bar.OpenTime.UnixMilliseconds / 60_000}{(isLate ? " late" : "")}");

    public override void OnConnection(ConnectionNote note) => Notes.Add(note);

    public override void OnProbe(string venue, MarketKind market, in ClockProbe probe) => Probes.Add((probe.Sent, probe.VenueTime, probe.Received));

    public override void OnClockSetBack(string venue, MarketKind market, TimeSpan by) => Backs.Add(by);

    public override void OnDeadLetter(DeadLetter letter) => Letters.Add(letter);

    void IFeedShell.Connect(int connection, string path) => asked.Add($"connect {connection}");

    void IFeedShell.Send(int connection, ReadOnlySpan<byte> text)
    {
        if (!text.SequenceEqual("ping"u8)) asked.Add($"send {connection} {Encoding.UTF8.GetString(text)}");
        else if (AnswersPings) pinged.Enqueue(connection);
    }

    void IFeedShell.Close(int connection, string reason) => asked.Add($"close {connection} {reason}");

    void IFeedShell.Fetch(int number, FetchRequest request) =>
        asked.Add($"fetch {number} {request.Kind}{(request.FromId is { } id ? $" from {id}" : "")}{(request.From is { } from ? $" from {from.UnixMilliseconds / 60_000}" : "")}{(request.Levels > 0 ? $" {request.Levels}" : "")}");
}
