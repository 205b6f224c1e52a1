namespace Mts.Simulator.Model;

/// <summary>An order book around the last price, new every quarter of a second.</summary>
/// <param name="UpdateId">Rises with time.</param>
/// <param name="Bids">Price and quantity in units, best first.</param>
/// <param name="Asks">Likewise.</param>
internal sealed record Book(long UpdateId, IReadOnlyList<(long Price, long Quantity)> Bids, IReadOnlyList<(long Price, long Quantity)> Asks)
{
    private const long Period = 250;

    /// <summary>Comparable over all depths of a venue; null where the venue has no such number.</summary>
    public long? Sequence { get; init; }

    public static Book Of(Market market, int levels, long nowMs)
    {
        if (market.Live is { } live) return live.Offered?.Invoke(levels) ?? Of(live.Book, live.UpdateId, levels);
        var last = market.LastPrice(nowMs);
        var noise = new NoiseStream(Noise.Key(Noise.Key(17, market.Listing.Venue + market.Listing.Symbol), nowMs / Period));
        var usual = Math.Max(20, (market.Candles.Bar(new Span(Clock.Minute), (nowMs - Clock.Minute) / Clock.Minute * Clock.Minute, nowMs)?.Volume ?? 2_000) / 40);
        var bid = last - (noise.NextUnit() < 0.5 ? 1 : 0);
        var bids = Side(bid, -1, levels, last, usual, ref noise);
        var asks = Side(bid + 1, 1, levels, last, usual, ref noise);
        return new Book(nowMs / Period * 37, bids, asks);
    }

    /// <summary>The best levels of a live book.</summary>
    public static Book Of(Live.LiveBook book, long updateId, int levels) => new(updateId, Top(book.Bids, levels), Top(book.Asks, levels));

    private static List<(long Price, long Quantity)> Top(Live.LiveSide side, int levels)
    {
        var top = new List<(long Price, long Quantity)>(Math.Min(levels, side.Count));
        for (var rank = 0; rank < side.Count && rank < levels; rank++) top.Add((side.PriceAt(rank), side.QuantityAt(rank)));
        return top;
    }

    private static List<(long Price, long Quantity)> Side(long best, int direction, int levels, long last, long usual, ref NoiseStream noise)
    {
        var side = new List<(long Price, long Quantity)>(levels);
        var gap = Math.Max(1, last * 4e-6);
        for (var price = best; price > 0 && side.Count < levels;)
        {
            side.Add((price, Math.Max(1, (long)(usual * Math.Exp(noise.NextGaussian())))));
            price += direction * Math.Max(1, (long)(-gap * Math.Log(noise.NextUnit())));
        }

        return side;
    }
}
