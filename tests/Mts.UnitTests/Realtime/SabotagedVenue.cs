using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.UnitTests.Realtime;

/// <summary>A venue's rules without one of them.</summary>
internal sealed class SabotagedVenue(IVenueProtocol inner, string guard) : IVenueProtocol
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
