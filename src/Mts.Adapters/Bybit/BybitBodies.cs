using System.Text.Json;
using Mts.Adapters.Wire;
using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Bybit;

/// <summary>Reads what Bybit's request interface answers, as its topics' frames are read; lists come newest first.</summary>
/// <remarks>https://bybit-exchange.github.io/docs/v5/market/orderbook, …/recent-trade, …/kline</remarks>
internal sealed class BybitBodies(FrameBuffers buffers)
{
    // A bar that ended so long ago is closed, however the clocks differ.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    public FrameVerdict Read(FetchKind kind, ReadOnlySpan<byte> body, int instrument, string venueSymbol, Timestamp received, IMarketSink sink)
    {
        var channel = kind switch { FetchKind.Snapshot => Channel.Depth, FetchKind.Trades => Channel.Trade, _ => Channel.Bar };
        var stream = new StreamRef(instrument, channel);
        if (buffers.Tape.Read(body) is { } broken) return FrameVerdict.Dead(stream, broken);
        var view = new FrameView(buffers.Tape, body);
        if (view.TypeOf(0) != JsonTokenType.StartObject) return FrameVerdict.Dead(stream, FrameProblem.NoObject);
        if (view.Integer(0, "retCode"u8) != 0) view.Fail(FrameProblem.Refused);
        var result = view.Field(0, "result"u8);
        var outcome = kind switch
        {
            FetchKind.Snapshot => Snapshot(ref view, result, instrument, venueSymbol, sink),
            FetchKind.Trades => Trades(ref view, result, instrument, venueSymbol, sink),
            _ => Bars(ref view, result, instrument, venueSymbol, received, sink),
        };
        return view.Problem is { } problem ? FrameVerdict.Dead(stream, problem) : new FrameVerdict(stream, outcome);
    }

    private FrameOutcome Snapshot(ref FrameView view, int result, int instrument, string venueSymbol, IMarketSink sink)
    {
        DemandSymbol(ref view, result, "s"u8, venueSymbol);
        var (id, sequence) = (view.Integer(result, "u"u8), view.Integer(result, "seq"u8));
        var time = view.Find(result, "cts"u8) is >= 0 and var matched ? view.Time(matched) : view.Time(result, "ts"u8);
        ReadOnlySpan<LevelChange> bids, asks;
        do
        {
            view.Use(sink.ScaleOf(instrument));
            bids = view.Levels(view.Field(result, "b"u8), ref buffers.Bids);
            asks = view.Levels(view.Field(result, "a"u8), ref buffers.Asks);
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is not null) return default;
        return sink.OnDepth(instrument, new DepthUpdate(new DepthIds(id, id), isSnapshot: true, time, bids, asks, sequence));
    }

    private FrameOutcome Trades(ref FrameView view, int result, int instrument, string venueSymbol, IMarketSink sink)
    {
        var list = view.List(view.Field(result, "list"u8));
        int count;
        do
        {
            count = 0;
            view.Use(sink.ScaleOf(instrument));
            for (var row = list + 1; row < view.EndOf(list) && view.Problem is null; row = view.EndOf(row))
            {
                if (count == buffers.Trades.Length) Array.Resize(ref buffers.Trades, count * 2);
                DemandSymbol(ref view, row, "symbol"u8, venueSymbol);
                buffers.Trades[count++] = new TradeUpdate(
                    BybitTradeFields.Id(ref view, view.Field(row, "execId"u8)), view.QuotedTime(view.Field(row, "time"u8)), view.Price(view.Field(row, "price"u8)),
                    view.TradedSize(view.Field(row, "size"u8)), BybitTradeFields.IsSell(ref view, view.Field(row, "side"u8)));
            }
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is not null) return default;
        buffers.Trades.AsSpan(0, count).Reverse();
        return count == 0 ? FrameOutcome.Duplicate : sink.OnTrades(instrument, buffers.Trades.AsSpan(0, count));
    }

    private FrameOutcome Bars(ref FrameView view, int result, int instrument, string venueSymbol, Timestamp received, IMarketSink sink)
    {
        DemandSymbol(ref view, result, "symbol"u8, venueSymbol);
        var list = view.List(view.Field(result, "list"u8));
        var count = 0;
        for (var row = list + 1; row < view.EndOf(list) && view.Problem is null; row = view.EndOf(row))
        {
            if (count == buffers.Bars.Length) Array.Resize(ref buffers.Bars, count * 2);
            var bar = Bar(ref view, row);
            if (count > 0 && bar.OpenTime >= buffers.Bars[count - 1].Bar.OpenTime) view.Fail(FrameProblem.IdsOutOfOrder);
            buffers.Bars[count] = new BarUpdate(bar, count > 0 || bar.OpenTime + Interval.Minute.Length + Settled <= received, received);
            count++;
        }

        if (view.Problem is not null) return default;
        buffers.Bars.AsSpan(0, count).Reverse();
        return count == 0 ? FrameOutcome.Duplicate : sink.OnBars(instrument, buffers.Bars.AsSpan(0, count));
    }

    // Start, open, high, low, close, volume, turnover, all in quotes.
    private static Bar Bar(ref FrameView view, int row)
    {
        if (view.TypeOf(row) == JsonTokenType.StartArray && view.IsFlat(row, 6)) return view.Bar(view.QuotedTime(row + 1), row + 2, row + 3, row + 4, row + 5, row + 6);
        view.Fail(FrameProblem.WrongType);
        return default;
    }

    private static void DemandSymbol(ref FrameView view, int parent, ReadOnlySpan<byte> field, string venueSymbol)
    {
        var name = view.Text(parent, field);
        var isSame = name.Length == venueSymbol.Length;
        for (var i = 0; isSame && i < name.Length; i++) isSame = name[i] == venueSymbol[i];
        if (!isSame) view.Fail(FrameProblem.OtherSymbol);
    }
}
