using Mts.Simulator.Live;

namespace Mts.Simulator.Binance;

/// <summary>The best levels, whole each time.</summary>
internal sealed class BinancePartialChannel(string name, LiveMarket market, long periodMicros, int levels) : BinanceChannel(name, market, periodMicros)
{
    private long previous;

    public override FrameClass Class => FrameClass.Quote;

    protected override void OnStart() => previous = 0;

    public override void Emit()
    {
        var last = Market.UpdateId;
        if (last == previous || Subscribers.Count == 0) return;
        var text = Begin();
        if (IsSpot)
        {
            text.Raw("{\"lastUpdateId\":"u8).Number(last).Raw(",\"bids\":"u8);
            Top(text, Market.Book.Bids, levels);
            text.Raw(",\"asks\":"u8);
            Top(text, Market.Book.Asks, levels);
            text.Raw("}"u8);
        }
        else
        {
            Event(text, "depthUpdate"u8).Raw(",\"T\":"u8).Number(ChangeMs).Raw(",\"s\":\""u8).Raw(Listing.Symbol);
            text.Raw("\",\"U\":"u8).Number(previous + 1).Raw(",\"u\":"u8).Number(last).Raw(",\"pu\":"u8).Number(previous).Raw(",\"b\":"u8);
            Top(text, Market.Book.Bids, levels);
            text.Raw(",\"a\":"u8);
            Top(text, Market.Book.Asks, levels);
            text.Raw(",\"st\":1}"u8);
        }

        End(text, last, last);
        previous = last;
    }
}

/// <summary>The best bid and ask, after every order that moved one of them.</summary>
internal sealed class BinanceQuoteChannel(string name, LiveMarket market) : BinanceChannel(name, market, 0)
{
    private (long Bid, long BidSize, long Ask, long AskSize) best;

    public override FrameClass Class => FrameClass.Quote;

    public override void Emit()
    {
        if (Subscribers.Count == 0 || !Market.Book.HasBoth) return;
        var (bids, asks) = (Market.Book.Bids, Market.Book.Asks);
        var now = (bids.Best, bids.QuantityAt(0), asks.Best, asks.QuantityAt(0));
        if (now == best) return;
        best = now;
        var text = Begin();
        if (IsSpot) text.Raw("{\"u\":"u8).Number(Market.UpdateId);
        else text.Raw("{\"e\":\"bookTicker\",\"u\":"u8).Number(Market.UpdateId);
        text.Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"b\":"u8);
        Quantity(Price(text, best.Bid).Raw(",\"B\":"u8), best.BidSize).Raw(",\"a\":"u8);
        Quantity(Price(text, best.Ask).Raw(",\"A\":"u8), best.AskSize);
        if (!IsSpot) text.Raw(",\"T\":"u8).Number(ChangeMs).Raw(",\"E\":"u8).Number(NowMs).Raw(",\"st\":1"u8);
        End(text.Raw("}"u8), Market.UpdateId, Market.UpdateId);
    }
}
