using System.Text;
using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.UnitTests.Adapters.Binance;
using Mts.UnitTests.Adapters.Bybit;

namespace Mts.UnitTests.Adapters.Feeds;

public sealed class AllocationTests
{
    private static readonly Timestamp Now = Timestamp.Parse("2026-09-28T18:00:00Z");

    [Fact]
    public void Binance_spot_frames_allocate_nothing() => AllocatedBy(
        new BinanceSpotStream(new BinanceStreamSettings()), BinanceSpotStreamTests.Messages.Select(m => m.Data.Item1)).ShouldBe(0);

    [Fact]
    public void Binance_perpetual_frames_allocate_nothing() => AllocatedBy(
        new BinanceUsdmStream(new BinanceStreamSettings()), BinanceUsdmStreamTests.Messages.Select(m => m.Data.Item1)).ShouldBe(0);

    [Fact]
    public void Bybit_frames_allocate_nothing() => AllocatedBy(
        new BybitStream(MarketKind.Perpetual, new BybitStreamSettings { BookDepth = 50 }), BybitStreamTests.Messages.Select(m => m.Data.Item1)).ShouldBe(0);

    private static long AllocatedBy(IVenueProtocol venue, IEnumerable<string> messages)
    {
        var instruments = new InstrumentTable(venue.Market);
        instruments.Add(new Symbol("BTC", "USDT"));
        instruments.Add(new Symbol("BTC", "USDC"));
        var protocol = venue.Open([], instruments);
        var sink = new DeafSink();
        // The second spelling of each message is one that the fast path does not take.
        var frames = messages.SelectMany(m => new[] { m, " " + m }).Select(Encoding.UTF8.GetBytes).ToArray();
        foreach (var frame in frames) protocol.OnFrame(frame, Now, sink).Outcome.ShouldBe(FrameOutcome.Applied);
        return Allocated.By(() =>
        {
            for (var i = 0; i < 10_000; i++) protocol.OnFrame(frames[i % frames.Length], Now, sink);
        });
    }

    private sealed class DeafSink : IMarketSink
    {
        public NumberScale ScaleOf(int instrument) => NumberScale.Default;

        public bool TryRescale(int instrument, NumberScale scale) => false;

        public FrameOutcome OnDepth(int instrument, in DepthUpdate update) => FrameOutcome.Applied;

        public FrameOutcome OnQuote(int instrument, in QuoteUpdate quote) => FrameOutcome.Applied;

        public FrameOutcome OnTrades(int instrument, ReadOnlySpan<TradeUpdate> trades) => FrameOutcome.Applied;

        public FrameOutcome OnBars(int instrument, ReadOnlySpan<BarUpdate> bars) => FrameOutcome.Applied;

        public FrameOutcome OnMark(int instrument, in MarkUpdate mark) => FrameOutcome.Applied;

        public FrameOutcome OnLiquidations(int instrument, ReadOnlySpan<LiquidationUpdate> liquidations) => FrameOutcome.Applied;

        public void OnSubscription(StreamRef stream, SubscriptionState state, string? problem)
        {
            // Nothing is subscribed here.
        }
    }
}
