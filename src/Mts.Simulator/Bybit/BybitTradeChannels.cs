using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>Trades, all of one order in one message.</summary>
internal sealed class BybitTradeChannel(string name, LiveMarket market) : BybitChannel(name, market, 0)
{
    private long next;
    private long before;

    public override FrameClass Class => FrameClass.Trade;

    protected override void OnStart() => (next, before) = (Market.NextTape, Market.LastPrice);

    public override void Emit()
    {
        if (next == Market.NextTape) return;
        var first = next;
        if (Subscribers.Count == 0)
        {
            (next, before) = (Market.NextTape, Market.LastPrice);
            return;
        }

        var text = Begin(isSnapshot: true, timeFirst: IsSpot).Raw("["u8);
        for (; next < Market.NextTape; next++)
        {
            if (next > first) text.Raw(","u8);
            Trade(text, Market.TapeAt(next));
        }

        Owner.Channels.Publish(this, text.Raw("]}"u8), 0, first, next - 1);
    }

    private void Trade(FrameText text, in Tape trade)
    {
        var side = trade.BuyerIsMaker ? "\"Sell\""u8 : "\"Buy\""u8;
        if (IsSpot)
        {
            text.Raw("{\"i\":\""u8).Number(BybitMarket.FirstSpotTrade + trade.Id).Raw("\",\"T\":"u8).Number(NowMs).Raw(",\"p\":"u8);
            Quantity(Price(text, trade.Price).Raw(",\"v\":"u8), trade.Quantity).Raw(",\"S\":"u8).Raw(side).Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\""u8);
        }
        else
        {
            text.Raw("{\"T\":"u8).Number(NowMs).Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"S\":"u8).Raw(side).Raw(",\"v\":"u8);
            Price(Quantity(text, trade.Quantity).Raw(",\"p\":"u8), trade.Price).Raw(",\"L\":\""u8).Raw(Tick(trade.Price, trade.BuyerIsMaker)).Raw("\",\"i\":\""u8);
            Span<byte> identity = stackalloc byte[36];
            BybitMarket.Identity(trade.Id, Listing.Symbol).TryFormat(identity, out _);
            text.Raw(identity).Raw("\""u8);
        }

        text.Raw(",\"BT\":false,\"RPI\":false,\"seq\":"u8).Number(trade.Id * 7).Raw("}"u8);
        before = trade.Price;
    }

    private ReadOnlySpan<byte> Tick(long price, bool isSell) =>
        price > before ? "PlusTick"u8 : price < before ? "MinusTick"u8 : isSell ? "ZeroMinusTick"u8 : "ZeroPlusTick"u8;
}

/// <summary>Liquidations of half a second; the side is that of the position that was lost.</summary>
internal sealed class BybitLiquidationChannel(string name, LiveMarket market) : BybitChannel(name, market, 500_000)
{
    private int next;

    public override FrameClass Class => FrameClass.Other;

    protected override void OnStart() => next = Market.Liquidations.Count;

    public override void Emit()
    {
        if (next == Market.Liquidations.Count) return;
        var text = Begin(isSnapshot: true, timeFirst: false).Raw("["u8);
        for (var i = next; i < Market.Liquidations.Count; i++)
        {
            var order = Market.Liquidations[i];
            if (i > next) text.Raw(","u8);
            text.Raw("{\"T\":"u8).Number(Owner.Clock.Display(order.Micros)).Raw(",\"s\":\""u8).Raw(Listing.Symbol).Raw("\",\"S\":"u8).Raw(order.IsSell ? "\"Buy\""u8 : "\"Sell\""u8);
            Price(Quantity(text.Raw(",\"v\":"u8), order.Filled).Raw(",\"p\":"u8), order.Price).Raw("}"u8);
        }

        next = Market.Liquidations.Count;
        if (Subscribers.Count > 0) Owner.Channels.Publish(this, text.Raw("]}"u8), 0, -1, -1);
    }
}

/// <summary>Bars as they grow; around the end of one a message has two, the closed and the new.</summary>
internal sealed class BybitKlineChannel(string name, LiveMarket market, Span span, string interval) : BybitChannel(name, market, 1_000_000)
{
    private long openMs;
    private long shownTrades = -1;

    public override FrameClass Class => FrameClass.Kline;

    protected override void OnStart() => openMs = span.Floor(Market.Now / 1_000);

    public override long TickAfter(long micros) => Math.Min(base.TickAfter(micros), BarCloses.After(micros));

    public override void Emit()
    {
        var nowMs = Market.Now / 1_000;
        var closed = span.Next(openMs) <= nowMs;
        var current = Market.Market.Candles.Bar(span, span.Floor(nowMs), nowMs);
        if (!closed && (current is not { } bar || bar.Trades == shownTrades)) return;
        var distortion = Owner.Faults.OfChannel(this);
        var text = Owner.Text.Clear().Raw("{\"topic\":\""u8).Raw(Name).Raw("\",\"data\":["u8);
        for (; span.Next(openMs) <= nowMs; openMs = span.Next(openMs))
        {
            if (Market.Market.Candles.Bar(span, openMs, nowMs) is { } done) Bar(text, done, isClosed: true);
        }

        if (current is { } open) Bar(text, open, distortion == Distortion.OpenBarClosed);
        shownTrades = current?.Trades ?? -1;
        if (Subscribers.Count > 0) Owner.Channels.Publish(this, text.Raw("],\"ts\":"u8).Number(NowMs).Raw(",\"type\":\"snapshot\"}"u8), 0, openMs, openMs);
    }

    private void Bar(FrameText text, in Candle bar, bool isClosed)
    {
        if (text.Written[^1] != '[') text.Raw(","u8);
        text.Raw("{\"start\":"u8).Number(bar.OpenMs).Raw(",\"end\":"u8).Number(span.Next(bar.OpenMs) - 1).Raw(",\"interval\":\""u8).Raw(interval);
        text.Raw("\",\"open\":"u8).Fixed(bar.Open, Listing.PriceDecimals, -1).Raw(",\"close\":"u8).Fixed(bar.Close, Listing.PriceDecimals, -1);
        text.Raw(",\"high\":"u8).Fixed(bar.High, Listing.PriceDecimals, -1).Raw(",\"low\":"u8).Fixed(bar.Low, Listing.PriceDecimals, -1);
        text.Raw(",\"volume\":"u8).Fixed(bar.Volume, Listing.LotDecimals, -1).Raw(",\"turnover\":"u8).Fixed(bar.Quote, Listing.QuoteDecimals, -1);
        text.Raw(",\"confirm\":"u8).Bool(isClosed).Raw(",\"timestamp\":"u8).Number(NowMs).Raw("}"u8);
    }
}
