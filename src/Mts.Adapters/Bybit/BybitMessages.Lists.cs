using Mts.Adapters.Wire;
using Mts.Core.Feeds;

namespace Mts.Adapters.Bybit;

/// <content>Topics whose messages are lists: trades, bars, forced closings.</content>
internal sealed partial class BybitMessages
{
    private FrameVerdict Trades(ref FrameView view, ReadOnlySpan<byte> name, int instrument, IMarketSink sink)
    {
        var stream = new StreamRef(instrument, Channel.Trade);
        var data = view.List(view.Field(0, "data"u8));
        int count;
        do
        {
            count = 0;
            view.Use(sink.ScaleOf(instrument));
            for (var row = data + 1; row < view.EndOf(data) && view.Problem is null; row = view.EndOf(row))
            {
                if (count == buffers.Trades.Length) Array.Resize(ref buffers.Trades, count * 2);
                DemandSymbol(ref view, row, "s"u8, name);
                buffers.Trades[count++] = new TradeUpdate(
                    BybitTradeFields.Id(ref view, view.Field(row, "i"u8)), view.Time(row, "T"u8), view.Price(view.Field(row, "p"u8)), view.TradedSize(view.Field(row, "v"u8)),
                    BybitTradeFields.IsSell(ref view, view.Field(row, "S"u8)));
            }
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, count == 0 ? FrameOutcome.Duplicate : sink.OnTrades(instrument, buffers.Trades.AsSpan(0, count)));
    }

    // Around the turn of a minute a message holds the bar that closed and the one that opened.
    private FrameVerdict Bars(ref FrameView view, ReadOnlySpan<byte> kind, int instrument, IMarketSink sink)
    {
        var stream = new StreamRef(instrument, Channel.Bar);
        if (!kind.SequenceEqual("kline.1"u8)) return FrameVerdict.Dead(stream, FrameProblem.OtherInterval);
        var data = view.List(view.Field(0, "data"u8));
        var time = view.Time(0, "ts"u8);
        var count = 0;
        for (var row = data + 1; row < view.EndOf(data) && view.Problem is null; row = view.EndOf(row))
        {
            if (count == buffers.Bars.Length) Array.Resize(ref buffers.Bars, count * 2);
            if (!view.Text(row, "interval"u8).SequenceEqual("1"u8)) view.Fail(FrameProblem.OtherInterval);
            var bar = view.Bar(
                view.Time(row, "start"u8), view.Field(row, "open"u8), view.Field(row, "high"u8), view.Field(row, "low"u8), view.Field(row, "close"u8), view.Field(row, "volume"u8));
            if (count > 0 && bar.OpenTime <= buffers.Bars[count - 1].Bar.OpenTime) view.Fail(FrameProblem.IdsOutOfOrder);
            buffers.Bars[count++] = new BarUpdate(bar, view.Boolean(row, "confirm"u8), time);
        }

        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, count == 0 ? FrameOutcome.Duplicate : sink.OnBars(instrument, buffers.Bars.AsSpan(0, count)));
    }

    private FrameVerdict Liquidations(ref FrameView view, ReadOnlySpan<byte> name, int instrument, IMarketSink sink)
    {
        var stream = new StreamRef(instrument, Channel.Liquidation);
        var data = view.List(view.Field(0, "data"u8));
        int count;
        do
        {
            count = 0;
            view.Use(sink.ScaleOf(instrument));
            for (var row = data + 1; row < view.EndOf(data) && view.Problem is null; row = view.EndOf(row))
            {
                if (count == buffers.Liquidations.Length) Array.Resize(ref buffers.Liquidations, count * 2);
                DemandSymbol(ref view, row, "s"u8, name);
                // The side is that of the position, not of the order that closes it.
                buffers.Liquidations[count++] = new LiquidationUpdate(
                    view.Time(row, "T"u8), !BybitTradeFields.IsSell(ref view, view.Field(row, "S"u8)), view.Price(view.Field(row, "p"u8)), view.TradedSize(view.Field(row, "v"u8)));
            }
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, count == 0 ? FrameOutcome.Duplicate : sink.OnLiquidations(instrument, buffers.Liquidations.AsSpan(0, count)));
    }
}
