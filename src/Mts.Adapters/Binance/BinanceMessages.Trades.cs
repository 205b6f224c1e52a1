using Mts.Adapters.Wire;
using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <content>Trades, bars, mark prices and forced closings.</content>
internal sealed partial class BinanceMessages
{
    private FrameVerdict Trade(ref FrameView view, int data, ReadOnlySpan<byte> idField, IMarketSink sink)
    {
        if (!TryInstrument(ref view, data, out var instrument)) return FrameVerdict.Dead(StreamRef.Connection, view.Problem!);
        var stream = new StreamRef(instrument, Channel.Trade);
        // INSURANCE_FUND and ADL move positions at no market price.
        var origin = view.Find(data, "X"u8);
        if (origin >= 0 && !view.Text(origin).SequenceEqual("MARKET"u8) && view.Problem is null) return new FrameVerdict(stream, FrameOutcome.Control);
        do
        {
            view.Use(sink.ScaleOf(instrument));
            buffers.Trades[0] = new TradeUpdate(
                (ulong)view.Integer(data, idField), view.Time(data, "T"u8), view.Price(view.Field(data, "p"u8)), view.TradedSize(view.Field(data, "q"u8)), view.Boolean(data, "m"u8));
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, sink.OnTrades(instrument, buffers.Trades.AsSpan(0, 1)));
    }

    private FrameVerdict Bar(ref FrameView view, int data, IMarketSink sink)
    {
        if (!TryInstrument(ref view, data, out var instrument)) return FrameVerdict.Dead(StreamRef.Connection, view.Problem!);
        var stream = new StreamRef(instrument, Channel.Bar);
        var k = view.Field(data, "k"u8);
        if (!view.Text(k, "i"u8).SequenceEqual("1m"u8)) view.Fail(FrameProblem.OtherInterval);
        var bar = view.Bar(
            view.Time(k, "t"u8), view.Field(k, "o"u8), view.Field(k, "h"u8), view.Field(k, "l"u8), view.Field(k, "c"u8), view.Field(k, "v"u8));
        buffers.Bars[0] = new BarUpdate(bar, view.Boolean(k, "x"u8), view.Time(data, "E"u8));
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, sink.OnBars(instrument, buffers.Bars.AsSpan(0, 1)));
    }

    private FrameVerdict Mark(ref FrameView view, int data, IMarketSink sink)
    {
        if (!TryInstrument(ref view, data, out var instrument)) return FrameVerdict.Dead(StreamRef.Connection, view.Problem!);
        var stream = new StreamRef(instrument, Channel.Mark);
        var time = view.Time(data, "E"u8);
        var mark = view.PriceNumber(view.Field(data, "p"u8));
        var index = view.Find(data, "i"u8) is >= 0 and var i && !view.Is(i, ""u8) ? view.PriceNumber(i) : (double?)null;
        // A contract with a delivery day pays no funding and says so by a settlement at 0.
        var settles = view.Field(data, "T"u8);
        var rate = view.Field(data, "r"u8);
        var pays = view.Integer(settles) != 0 && !view.Is(rate, ""u8);
        var update = new MarkUpdate(time, mark, index, pays ? view.Number(rate) : null, pays ? view.Time(settles) : null);
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, sink.OnMark(instrument, update));
    }

    private FrameVerdict Liquidation(ref FrameView view, int data, IMarketSink sink)
    {
        var order = view.Field(data, "o"u8);
        if (isUsdm && view.Find(order, "st"u8) is >= 0 and var kind && view.Integer(kind) == 2) return FrameVerdict.Control;
        if (!TryInstrument(ref view, order, out var instrument)) return FrameVerdict.Dead(StreamRef.Connection, view.Problem!);
        var stream = new StreamRef(instrument, Channel.Liquidation);
        var side = view.Text(order, "S"u8);
        // The order that closes a long sells.
        var isLong = side.SequenceEqual("SELL"u8);
        if (!isLong && !side.SequenceEqual("BUY"u8)) view.Fail(FrameProblem.WrongType);
        do
        {
            view.Use(sink.ScaleOf(instrument));
            buffers.Liquidations[0] = new LiquidationUpdate(
                view.Time(order, "T"u8), isLong, view.Price(view.Field(order, "p"u8)), view.TradedSize(view.Field(order, "q"u8)));
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, sink.OnLiquidations(instrument, buffers.Liquidations.AsSpan(0, 1)));
    }
}
