using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Cli.Commands.Bench;

/// <summary>A book that takes each change after its number was checked, and counts what does not follow.</summary>
internal sealed class BookBench(IVenueProtocol venue) : IMarketSink
{
    private static readonly Timestamp Now = Timestamp.Parse("2026-09-28T18:00:00Z");

    private readonly InstrumentTable instruments = Table();
    private readonly OrderBook book = new(NumberScale.Default, venue.BookLevels);
    private BookPosition position;

    public int Levels => book.Bids.Count + book.Asks.Count;

    /// <summary>Reads the frames into an empty book; a snapshot first where the venue needs one.</summary>
    /// <returns>Bytes allocated on the way.</returns>
    /// <exception cref="InvalidOperationException">A frame was not applied.</exception>
    public long Run(IFeedProtocol protocol, byte[]? snapshot, IReadOnlyList<byte[]> frames)
    {
        book.Clear();
        position = default;
        if (snapshot is not null) venue.ReadBody(FetchKind.Snapshot, snapshot, 0, Now, instruments, this);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < frames.Count; i++)
        {
            var verdict = protocol.OnFrame(frames[i], Now, this);
            if (verdict.Outcome != FrameOutcome.Applied) throw new InvalidOperationException($"frame {i} became {verdict}");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public IFeedProtocol Open() => venue.Open([new StreamRef(0, Channel.Depth)], instruments);

    public NumberScale ScaleOf(int instrument) => book.Scale;

    public bool TryRescale(int instrument, NumberScale scale) => book.TryRescale(scale);

    public FrameOutcome OnDepth(int instrument, in DepthUpdate update)
    {
        if (update.IsSnapshot)
        {
            book.Replace(update.Bids, update.Asks);
            position = new BookPosition(update.Ids.Last, update.Ids.Last, IsBridged: false);
            return FrameOutcome.Applied;
        }

        if (venue.Sequencer.Place(update.Ids, position) != DiffPlace.Next) return FrameOutcome.Discarded;
        book.Apply(update.Bids, update.Asks);
        position = position with { LastId = update.Ids.Last, IsBridged = true };
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnQuote(int instrument, in QuoteUpdate quote) => FrameOutcome.Applied;

    public FrameOutcome OnTrades(int instrument, ReadOnlySpan<TradeUpdate> trades) => FrameOutcome.Applied;

    public FrameOutcome OnBars(int instrument, ReadOnlySpan<BarUpdate> bars) => FrameOutcome.Applied;

    public FrameOutcome OnMark(int instrument, in MarkUpdate mark) => FrameOutcome.Applied;

    public FrameOutcome OnLiquidations(int instrument, ReadOnlySpan<LiquidationUpdate> liquidations) => FrameOutcome.Applied;

    public void OnSubscription(StreamRef stream, SubscriptionState state, string? problem)
    {
        // Nothing is subscribed here.
    }

    private static InstrumentTable Table()
    {
        var table = new InstrumentTable(MarketKind.Spot);
        table.Add(new Symbol("BTC", "USDT"));
        return table;
    }
}
