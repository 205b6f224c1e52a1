using System.Text.Json;
using Mts.Adapters.Wire;
using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <summary>Reads what Binance's request interface answers, as its streams' frames are read.</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints</remarks>
internal sealed class BinanceBodies(FrameBuffers buffers)
{
    // A bar that ended so long ago is closed, however the clocks differ.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    public FrameVerdict Read(FetchKind kind, ReadOnlySpan<byte> body, int instrument, Timestamp received, IMarketSink sink)
    {
        var channel = kind switch { FetchKind.Snapshot => Channel.Depth, FetchKind.Trades => Channel.Trade, _ => Channel.Bar };
        var stream = new StreamRef(instrument, channel);
        if (buffers.Tape.Read(body) is { } broken) return FrameVerdict.Dead(stream, broken);
        var view = new FrameView(buffers.Tape, body);
        var expected = kind == FetchKind.Snapshot ? JsonTokenType.StartObject : JsonTokenType.StartArray;
        if (view.TypeOf(0) != expected) return FrameVerdict.Dead(stream, kind == FetchKind.Snapshot ? FrameProblem.NoObject : FrameProblem.NoList);
        var outcome = kind switch
        {
            FetchKind.Snapshot => Snapshot(ref view, instrument, sink),
            FetchKind.Trades => Trades(ref view, instrument, sink),
            _ => Bars(ref view, instrument, received, sink),
        };
        return view.Problem is { } problem ? FrameVerdict.Dead(stream, problem) : new FrameVerdict(stream, outcome);
    }

    private FrameOutcome Snapshot(ref FrameView view, int instrument, IMarketSink sink)
    {
        var id = view.Integer(0, "lastUpdateId"u8);
        var time = view.Find(0, "T"u8) is >= 0 and var matched ? view.Time(matched) : (Timestamp?)null;
        ReadOnlySpan<LevelChange> bids, asks;
        do
        {
            view.Use(sink.ScaleOf(instrument));
            bids = view.Levels(view.Field(0, "bids"u8), ref buffers.Bids);
            asks = view.Levels(view.Field(0, "asks"u8), ref buffers.Asks);
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is not null) return default;
        return sink.OnDepth(instrument, new DepthUpdate(new DepthIds(id, id), isSnapshot: true, time, bids, asks));
    }

    private FrameOutcome Trades(ref FrameView view, int instrument, IMarketSink sink)
    {
        int count;
        do
        {
            count = 0;
            view.Use(sink.ScaleOf(instrument));
            for (var row = 1; row < view.EndOf(0) && view.Problem is null; row = view.EndOf(row))
            {
                if (count == buffers.Trades.Length) Array.Resize(ref buffers.Trades, count * 2);
                var trade = new TradeUpdate(
                    (ulong)view.Integer(row, "a"u8), view.Time(row, "T"u8), view.Price(view.Field(row, "p"u8)), view.TradedSize(view.Field(row, "q"u8)), view.Boolean(row, "m"u8));
                if (count > 0 && trade.Id <= buffers.Trades[count - 1].Id) view.Fail(FrameProblem.IdsOutOfOrder);
                buffers.Trades[count++] = trade;
            }
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is not null) return default;
        return count == 0 ? FrameOutcome.Duplicate : sink.OnTrades(instrument, buffers.Trades.AsSpan(0, count));
    }

    private FrameOutcome Bars(ref FrameView view, int instrument, Timestamp received, IMarketSink sink)
    {
        var count = 0;
        for (var row = 1; row < view.EndOf(0) && view.Problem is null; row = view.EndOf(row))
        {
            if (count == buffers.Bars.Length) Array.Resize(ref buffers.Bars, count * 2);
            var bar = Bar(ref view, row);
            if (count > 0 && bar.OpenTime <= buffers.Bars[count - 1].Bar.OpenTime) view.Fail(FrameProblem.IdsOutOfOrder);
            var hasEnded = view.EndOf(row) < view.EndOf(0) || bar.OpenTime + Interval.Minute.Length + Settled <= received;
            buffers.Bars[count++] = new BarUpdate(bar, hasEnded, received);
        }

        if (view.Problem is not null) return default;
        return count == 0 ? FrameOutcome.Duplicate : sink.OnBars(instrument, buffers.Bars.AsSpan(0, count));
    }

    // Open time, open, high, low, close, volume, and more that is not asked for.
    private static Bar Bar(ref FrameView view, int row)
    {
        if (view.TypeOf(row) == JsonTokenType.StartArray && view.IsFlat(row, 6)) return view.Bar(view.Time(row + 1), row + 2, row + 3, row + 4, row + 5, row + 6);
        view.Fail(FrameProblem.WrongType);
        return default;
    }
}
