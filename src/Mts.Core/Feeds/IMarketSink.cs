using Mts.Core.Books;

namespace Mts.Core.Feeds;

/// <summary>Takes what a protocol read from one frame, and answers what became of it.</summary>
public interface IMarketSink
{
    /// <summary>The unit in which the numbers of an instrument are to be given.</summary>
    NumberScale ScaleOf(int instrument);

    /// <summary>Asks for another unit because a number does not fit the present one exactly.</summary>
    /// <returns>False where what is known would not be exact in it; the frame is then to be dead-lettered.</returns>
    bool TryRescale(int instrument, NumberScale scale);

    FrameOutcome OnDepth(int instrument, in DepthUpdate update);

    FrameOutcome OnQuote(int instrument, in QuoteUpdate quote);

    /// <param name="instrument">The market.</param>
    /// <param name="trades">At least one, oldest first.</param>
    FrameOutcome OnTrades(int instrument, ReadOnlySpan<TradeUpdate> trades);

    /// <param name="instrument">The market.</param>
    /// <param name="bars">At least one, oldest first.</param>
    FrameOutcome OnBars(int instrument, ReadOnlySpan<BarUpdate> bars);

    FrameOutcome OnMark(int instrument, in MarkUpdate mark);

    FrameOutcome OnLiquidations(int instrument, ReadOnlySpan<LiquidationUpdate> liquidations);

    /// <summary>A subscription was acknowledged, refused or ended.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="state">What it is now.</param>
    /// <param name="problem">The venue's words where it refused.</param>
    void OnSubscription(StreamRef stream, SubscriptionState state, string? problem);
}
