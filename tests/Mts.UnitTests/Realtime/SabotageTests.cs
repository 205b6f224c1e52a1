using Mts.Cli.Live.Simulation;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

/// <summary>Each guard is taken away once, and the simulation must notice: a checker that cannot fail proves nothing.</summary>
public sealed class SabotageTests(ITestOutputHelper output)
{
    private const int Tries = 16;

    public static TheoryData<string, string> Guards => new()
    {
        { "a number left out is a gap", "ws-drop" },
        { "a number left out is a gap", "ws-reorder" },
        { "the first change bridges the snapshot", "snapshot-stale" },
        { "what the snapshot has is not applied again", "ws-cut" },
        { "what was applied is not applied again", "ws-shutdown" },
        { "trades are counted", "ws-trade-gap" },
        { "a bar is closed after its end", "ws-kline-open" },
        { "quotes and audits find a wrong level", "ws-wrong-level" },
        { "silence is noticed", "ws-mute" },
        { "silence is noticed", "ws-half-open" },
    };

    [Theory]
    [MemberData(nameof(Guards))]
    public void Is_noticed(string guard, string fault)
    {
        for (var seed = 1UL; seed <= Tries; seed++)
        {
            var scenario = Scenario.OfFault(fault, seed);
            using var world = new SimulatedWorld(scenario, p => new SabotagedVenue(p, guard), o => Careless(o, guard));
            if (world.Run().Violations is not [var first, ..]) continue;
            output.WriteLine($"seed {seed}: {first}");
            return;
        }

        Assert.Fail($"nobody noticed in {Tries} worlds that this guard was gone: {guard}");
    }

    private static FeedOptions Careless(FeedOptions options, string guard) => guard switch
    {
        "quotes and audits find a wrong level" => options with { AuditEvery = TimeSpan.Zero },
        "silence is noticed" => options with { Silence = TimeSpan.FromHours(1), FirstFrame = TimeSpan.FromHours(1) },
        _ => options,
    };

    /// <summary>A venue's rules without one of them.</summary>
    private sealed class SabotagedVenue(IVenueProtocol inner, string guard) : IVenueProtocol
    {
        public string Venue => inner.Venue;

        public MarketKind Market => inner.Market;

        public FeedLimits Limits => inner.Limits;

        public IReadOnlyList<Channel> Channels => inner.Channels;

        public IBookSequencer Sequencer { get; } = new SabotagedSequencer(inner.Sequencer, guard);

        public int? BookLevels => inner.BookLevels;

        public bool CountsTrades => inner.CountsTrades && guard != "trades are counted";

        public bool QuotesShareBookIds => inner.QuotesShareBookIds && guard != "quotes and audits find a wrong level";

        public int RouteOf(Channel channel) => inner.RouteOf(channel);

        public IFeedProtocol Open(IReadOnlyList<StreamRef> streams, InstrumentTable instruments) =>
            guard == "a bar is closed after its end" ? new HastyProtocol(inner.Open(streams, instruments)) : inner.Open(streams, instruments);

        public FrameVerdict ReadBody(FetchKind kind, ReadOnlySpan<byte> body, int instrument, Timestamp received, InstrumentTable instruments, IMarketSink sink) =>
            inner.ReadBody(kind, body, instrument, received, instruments, sink);

        public Timestamp ReadTime(ReadOnlySpan<byte> body) => inner.ReadTime(body);
    }

    private sealed class SabotagedSequencer(IBookSequencer inner, string guard) : IBookSequencer
    {
        public bool NeedsSnapshot => inner.NeedsSnapshot;

        public DiffPlace Place(in DepthIds diff, in BookPosition book) => (guard, inner.Place(diff, book)) switch
        {
            ("a number left out is a gap", DiffPlace.Gap) => DiffPlace.Next,
            ("the first change bridges the snapshot", DiffPlace.Gap) when !book.IsBridged => DiffPlace.Next,
            ("what the snapshot has is not applied again", DiffPlace.BeforeSnapshot) => DiffPlace.Next,
            ("what was applied is not applied again", DiffPlace.Applied) => DiffPlace.Next,
            (_, var place) => place,
        };

        public SnapshotPlace PlaceSnapshot(long id, in BookPosition book) => inner.PlaceSnapshot(id, book);
    }

    /// <summary>Believes whoever calls a bar closed.</summary>
    private sealed class HastyProtocol(IFeedProtocol inner) : IFeedProtocol
    {
        public string Path => inner.Path;

        public bool IsEnding => inner.IsEnding;

        public Timestamp? NextTimer => inner.NextTimer;

        public void OnOpened(Timestamp now) => inner.OnOpened(now);

        public FrameVerdict OnFrame(ReadOnlySpan<byte> frame, Timestamp received, IMarketSink sink) => inner.OnFrame(frame, received, new HastySink(sink));

        public void Ping(Timestamp now) => inner.Ping(now);

        public void OnTimer(Timestamp now, IMarketSink sink) => inner.OnTimer(now, sink);

        public bool TryTakeOutgoing(Timestamp now, out ReadOnlySpan<byte> text) => inner.TryTakeOutgoing(now, out text);

        public void Subscribe(StreamRef stream) => inner.Subscribe(stream);

        public void Unsubscribe(StreamRef stream) => inner.Unsubscribe(stream);

        public SubscriptionState StateOf(StreamRef stream) => inner.StateOf(stream);
    }

    private sealed class HastySink(IMarketSink inner) : IMarketSink
    {
        public NumberScale ScaleOf(int instrument) => inner.ScaleOf(instrument);

        public bool TryRescale(int instrument, NumberScale scale) => inner.TryRescale(instrument, scale);

        public FrameOutcome OnDepth(int instrument, in DepthUpdate update) => inner.OnDepth(instrument, update);

        public FrameOutcome OnQuote(int instrument, in QuoteUpdate quote) => inner.OnQuote(instrument, quote);

        public FrameOutcome OnTrades(int instrument, ReadOnlySpan<TradeUpdate> trades) => inner.OnTrades(instrument, trades);

        public FrameOutcome OnBars(int instrument, ReadOnlySpan<BarUpdate> bars)
        {
            var changed = bars.ToArray();
            foreach (ref var bar in changed.AsSpan()) bar = bar with { Time = bar.Bar.OpenTime + TimeSpan.FromMinutes(2) };
            return inner.OnBars(instrument, changed);
        }

        public FrameOutcome OnMark(int instrument, in MarkUpdate mark) => inner.OnMark(instrument, mark);

        public FrameOutcome OnLiquidations(int instrument, ReadOnlySpan<LiquidationUpdate> liquidations) => inner.OnLiquidations(instrument, liquidations);

        public void OnSubscription(StreamRef stream, SubscriptionState state, string? problem) => inner.OnSubscription(stream, state, problem);
    }
}
