using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.UnitTests.Adapters.Feeds;

/// <summary>A sink that writes down what it is told, one line each, numbers in plain decimals.</summary>
internal sealed class HeardMarket : IMarketSink
{
    private readonly Dictionary<int, NumberScale> scales = [];

    public List<string> Lines { get; } = [];

    public List<(StreamRef Stream, SubscriptionState State, string? Problem)> Subscriptions { get; } = [];

    public NumberScale First { get; init; } = NumberScale.Default;

    public bool MayRescale { get; init; } = true;

    public NumberScale ScaleOf(int instrument) => scales.GetValueOrDefault(instrument, First);

    public bool TryRescale(int instrument, NumberScale scale)
    {
        if (MayRescale) scales[instrument] = scale;
        return MayRescale;
    }

    public FrameOutcome OnDepth(int instrument, in DepthUpdate update)
    {
        var scale = ScaleOf(instrument);
        var kind = update.IsSnapshot ? "snapshot" : "diff";
        Lines.Add($"{kind} {instrument} {update.Ids.First}-{update.Ids.Last} after {update.Ids.Previous} seq {update.Sequence} at {update.Time} bids {Text(update.Bids, scale)} asks {Text(update.Asks, scale)}");
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnQuote(int instrument, in QuoteUpdate quote)
    {
        var scale = ScaleOf(instrument);
        Lines.Add($"quote {instrument} {quote.Id} at {quote.Time} {Text([quote.Bid], scale)} {Text([quote.Ask], scale)}");
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnTrades(int instrument, ReadOnlySpan<TradeUpdate> trades)
    {
        foreach (var t in trades)
            Lines.Add($"trade {instrument} {t.Id} at {t.Time} {Text([new LevelChange(t.Price, t.Size)], ScaleOf(instrument))} {(t.IsSell ? "sell" : "buy")}");
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnBars(int instrument, ReadOnlySpan<BarUpdate> bars)
    {
        foreach (var b in bars)
            Lines.Add($"bar {instrument} {b.Bar.OpenTime} {b.Bar.Open} {b.Bar.High} {b.Bar.Low} {b.Bar.Close} {b.Bar.Volume} {(b.IsClosed ? "closed" : "open")} at {b.Time}");
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnMark(int instrument, in MarkUpdate mark)
    {
        Lines.Add($"mark {instrument} at {mark.Time} {mark.Mark} index {mark.Index} rate {mark.Rate} next {mark.NextFunding}");
        return FrameOutcome.Applied;
    }

    public FrameOutcome OnLiquidations(int instrument, ReadOnlySpan<LiquidationUpdate> liquidations)
    {
        foreach (var l in liquidations)
            Lines.Add($"liquidation {instrument} at {l.Time} {Text([new LevelChange(l.Price, l.Size)], ScaleOf(instrument))} {(l.IsLong ? "long" : "short")}");
        return FrameOutcome.Applied;
    }

    public void OnSubscription(StreamRef stream, SubscriptionState state, string? problem) => Subscriptions.Add((stream, state, problem));

    private static string Text(ReadOnlySpan<LevelChange> levels, NumberScale scale)
    {
        var text = new List<string>();
        foreach (var level in levels) text.Add($"{PlainNumber.ToText(level.Price, scale.PriceDecimals)}:{PlainNumber.ToText(level.Size, scale.SizeDecimals)}");
        return text.Count == 0 ? "none" : string.Join(',', text);
    }
}
