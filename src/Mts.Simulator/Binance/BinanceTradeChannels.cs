using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>Trades as they happen: aggregated ones, or their single fills.</summary>
internal sealed class BinanceTradeChannel(string name, LiveMarket market, bool isAggregated) : BinanceChannel(name, market, 0)
{
    private long next;

    public override FrameClass Class => FrameClass.Trade;

    protected override void OnStart() => next = Market.NextTape;

    public override void Emit()
    {
        for (; next < Market.NextTape; next++)
        {
            if (Subscribers.Count == 0) continue;
            var trade = Market.TapeAt(next);
            if (isAggregated) Aggregated(trade);
            else
            {
                for (var id = trade.FirstTrade; id <= trade.LastTrade; id++) Single(trade, id);
            }
        }
    }

    private void Aggregated(in Tape trade)
    {
        var text = Event(Begin(), "aggTrade"u8);
        if (IsSpot) text.Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"a\":"u8).Number(trade.Id).Raw(",\"p\":"u8);
        else text.Raw(",\"a\":"u8).Number(trade.Id).Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"p\":"u8);
        Quantity(Price(text, trade.Price).Raw(",\"q\":"u8), trade.Quantity);
        if (!IsSpot) Quantity(text.Raw(",\"nq\":"u8), trade.Quantity);
        text.Raw(",\"f\":"u8).Number(trade.FirstTrade).Raw(",\"l\":"u8).Number(trade.LastTrade).Raw(",\"T\":"u8).Number(NowMs).Raw(",\"m\":"u8).Bool(trade.BuyerIsMaker);
        End(text.Raw(IsSpot ? ",\"M\":true}"u8 : ",\"st\":1}"u8), trade.Id, trade.Id);
    }

    private void Single(in Tape trade, long id)
    {
        var text = Event(Begin(), "trade"u8);
        if (!IsSpot) text.Raw(",\"T\":"u8).Number(NowMs);
        text.Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"t\":"u8).Number(id).Raw(",\"p\":"u8);
        Quantity(Price(text, trade.Price).Raw(",\"q\":"u8), LiveMarket.FillQuantity(trade, id - trade.FirstTrade));
        if (IsSpot) text.Raw(",\"T\":"u8).Number(NowMs).Raw(",\"m\":"u8).Bool(trade.BuyerIsMaker).Raw(",\"M\":true}"u8);
        else text.Raw(",\"X\":\"MARKET\",\"m\":"u8).Bool(trade.BuyerIsMaker).Raw("}"u8);
        End(text, id, id);
    }
}

/// <summary>Liquidations, at most one a second: a sample, not a tape.</summary>
internal sealed class BinanceForceOrderChannel(string name, LiveMarket market) : BinanceChannel(name, market, 0)
{
    private long sent = long.MinValue / 2;

    public override FrameClass Class => FrameClass.Other;

    public override void Emit()
    {
        if (Market.LatestLiquidation is not { } order || Market.Now - sent < 1_000_000 || Subscribers.Count == 0) return;
        sent = Market.Now;
        var text = Event(Begin(), "forceOrder"u8).Raw(",\"o\":{\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"S\":"u8).Raw(order.IsSell ? "\"SELL\""u8 : "\"BUY\""u8).Raw(",\"o\":\"LIMIT\",\"f\":\"IOC\",\"q\":"u8);
        Price(Quantity(text, order.Quantity).Raw(",\"p\":"u8), order.Price).Raw(",\"ap\":"u8).Quoted((order.AveragePrice * Listing.PriceUnit).ToString($"F{Listing.PriceDecimals}"));
        Quantity(text.Raw(",\"X\":\"FILLED\",\"l\":"u8), order.LastFilled);
        Quantity(text.Raw(",\"z\":"u8), order.Filled).Raw(",\"T\":"u8).Number(NowMs).Raw(",\"ps\":\""u8).Raw(Listing.Symbol).Raw("\",\"st\":1}}"u8);
        End(text);
    }
}

/// <summary>Mark price, index price and the running funding rate, every second or three.</summary>
internal sealed class BinanceMarkChannel(string name, LiveMarket market, long periodMicros) : BinanceChannel(name, market, periodMicros)
{
    private readonly long period = periodMicros;

    public override FrameClass Class => FrameClass.Other;

    public override long TickAfter(long micros) => ((micros / period) + 1) * period;

    public override void Emit()
    {
        if (Subscribers.Count == 0) return;
        var mark = MarkPrice.Of(Market, Market.Now);
        var text = Event(Begin(), "markPriceUpdate"u8).Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"p\":"u8).Quoted(mark.Mark.ToString("F8"));
        text.Raw(",\"ap\":"u8).Quoted(mark.Mark.ToString("F8")).Raw(",\"P\":"u8).Quoted((mark.Index * 1.00002).ToString("F8")).Raw(",\"i\":"u8).Quoted(mark.Index.ToString("F8"));
        text.Raw(",\"r\":"u8).Fixed(mark.Rate, 8, 8).Raw(",\"T\":"u8).Number(mark.NextMs).Raw(",\"st\":1}"u8);
        End(text);
    }
}

/// <summary>Bars as they grow, and each once more when it has closed.</summary>
internal sealed class BinanceKlineChannel(string name, LiveMarket market, long periodMicros, Span span, string interval) : BinanceChannel(name, market, periodMicros)
{
    private long openMs;
    private long shownTrades = -1;

    public override FrameClass Class => FrameClass.Kline;

    protected override void OnStart() => openMs = span.Floor(Market.Now / 1_000);

    public override long TickAfter(long micros) => Math.Min(base.TickAfter(micros), BarCloses.After(micros));

    public override void Emit()
    {
        var nowMs = Market.Now / 1_000;
        for (; span.Next(openMs) <= nowMs; openMs = span.Next(openMs), shownTrades = -1) Bar(nowMs, isClosed: true);
        if (Market.Market.Candles.Bar(span, openMs, nowMs) is not { } bar || bar.Trades == shownTrades || bar.Trades == 0) return;
        shownTrades = bar.Trades;
        Bar(nowMs, Owner.Faults.OfChannel(this) == Distortion.OpenBarClosed);
    }

    private void Bar(long nowMs, bool isClosed)
    {
        if (Subscribers.Count == 0 || Market.Market.Candles.Bar(span, openMs, nowMs) is not { } bar) return;
        var last = bar.Trades == 0 ? -1 : Market.LastTradeBefore(Math.Min(span.Next(openMs), (nowMs / Clock.Minute * Clock.Minute) + Clock.Minute));
        var quote = IsSpot ? 8 : Listing.QuoteDecimals;
        var text = Event(Begin(), "kline"u8).Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"k\":{\"t\":"u8).Number(openMs).Raw(",\"T\":"u8).Number(span.Next(openMs) - 1);
        text.Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"i\":\""u8).Raw(interval).Raw("\",\"f\":"u8).Number(last < 0 ? -1 : last - bar.Trades + 1).Raw(",\"L\":"u8).Number(last);
        Price(text.Raw(",\"o\":"u8), bar.Open);
        Price(text.Raw(",\"c\":"u8), bar.Close);
        Price(text.Raw(",\"h\":"u8), bar.High);
        Price(text.Raw(",\"l\":"u8), bar.Low);
        Quantity(text.Raw(",\"v\":"u8), bar.Volume).Raw(",\"n\":"u8).Number(bar.Trades).Raw(",\"x\":"u8).Bool(isClosed).Raw(",\"q\":"u8).Fixed(bar.Quote, Listing.QuoteDecimals, quote);
        Quantity(text.Raw(",\"V\":"u8), bar.TakerVolume).Raw(",\"Q\":"u8).Fixed(bar.TakerQuote, Listing.QuoteDecimals, quote).Raw(",\"B\":\"0\"}}"u8);
        End(text, openMs, openMs);
    }
}
