using Mts.Adapters.Wire;
using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <content>Changes of the book, and best quotes.</content>
internal sealed partial class BinanceMessages
{
    /// <summary>Reads a change of the book that is written as it usually is, of a market met before.</summary>
    /// <returns>False where anything is otherwise; nothing has been told to the sink then.</returns>
    public bool TryReadUsualDepth(ReadOnlySpan<byte> frame, IMarketSink sink, out FrameVerdict verdict)
    {
        verdict = default;
        var scan = new DepthScanner(frame);
        var isCombined = scan.Passes("{\"stream\":\""u8);
        if (isCombined ? !scan.TryText(out _) || !scan.Passes(",\"data\":{\"e\":\"depthUpdate\",\"E\":"u8) : !scan.Passes("{\"e\":\"depthUpdate\",\"E\":"u8)) return false;
        if (!TryReadHead(ref scan, out var instrument, out var time, out var ids)) return false;
        var scale = sink.ScaleOf(instrument);
        if (!scan.Passes(",\"b\":["u8) || !scan.TryLevels(scale, ref buffers.Bids, out var bids)) return false;
        if (!scan.Passes(",\"a\":["u8) || !scan.TryLevels(scale, ref buffers.Asks, out var asks)) return false;
        if (isUsdm) scan.Passes(",\"st\":1"u8);
        if (!scan.Passes(isCombined ? "}}"u8 : "}"u8) || !scan.IsAtEnd) return false;
        var update = new DepthUpdate(ids, isSnapshot: false, time, buffers.Bids.AsSpan(0, bids), buffers.Asks.AsSpan(0, asks));
        verdict = new FrameVerdict(new StreamRef(instrument, Channel.Depth), sink.OnDepth(instrument, update));
        return true;
    }

    private bool TryReadHead(ref DepthScanner scan, out int instrument, out Timestamp time, out DepthIds ids)
    {
        (instrument, time, ids) = (-1, default, default);
        if (!scan.TryInteger(out var sent) || !WireTime.TryRead(sent, out time)) return false;
        if (isUsdm && (!scan.Passes(",\"T\":"u8) || !scan.TryInteger(out var matched) || !WireTime.TryRead(matched, out time))) return false;
        if (!scan.Passes(",\"s\":\""u8) || !scan.TryText(out var name) || !buffers.Names.TryFind(name, out instrument)) return false;
        if (isUsdm && scan.Passes(",\"ps\":\""u8) && !scan.TryText(out _)) return false;
        if (!scan.Passes(",\"U\":"u8) || !scan.TryInteger(out var first)) return false;
        if (!scan.Passes(",\"u\":"u8) || !scan.TryInteger(out var last) || first > last) return false;
        long? previous = null;
        if (isUsdm)
        {
            if (!scan.Passes(",\"pu\":"u8) || !scan.TryInteger(out var before)) return false;
            previous = before;
        }

        ids = new DepthIds(first, last, previous);
        return true;
    }

    private FrameVerdict Depth(ref FrameView view, int data, IMarketSink sink)
    {
        if (!TryInstrument(ref view, data, out var instrument)) return FrameVerdict.Dead(StreamRef.Connection, view.Problem!);
        var stream = new StreamRef(instrument, Channel.Depth);
        var time = view.Time(data, "E"u8);
        if (isUsdm && view.Find(data, "T"u8) is >= 0 and var matched) time = view.Time(matched);
        var ids = new DepthIds(view.Integer(data, "U"u8), view.Integer(data, "u"u8), isUsdm ? view.Integer(data, "pu"u8) : null);
        if (ids.First > ids.Last) view.Fail(FrameProblem.IdsOutOfOrder);
        ReadOnlySpan<LevelChange> bids, asks;
        do
        {
            view.Use(sink.ScaleOf(instrument));
            bids = view.Levels(view.Field(data, "b"u8), ref buffers.Bids);
            asks = view.Levels(view.Field(data, "a"u8), ref buffers.Asks);
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, sink.OnDepth(instrument, new DepthUpdate(ids, isSnapshot: false, time, bids, asks)));
    }

    private FrameVerdict Quote(ref FrameView view, int data, IMarketSink sink)
    {
        if (!TryInstrument(ref view, data, out var instrument)) return FrameVerdict.Dead(StreamRef.Connection, view.Problem!);
        var stream = new StreamRef(instrument, Channel.Quote);
        var id = view.Integer(data, "u"u8);
        var time = view.Find(data, "T"u8) is >= 0 and var matched ? view.Time(matched) : (Timestamp?)null;
        LevelChange bid, ask;
        do
        {
            view.Use(sink.ScaleOf(instrument));
            bid = view.Best(view.Field(data, "b"u8), view.Field(data, "B"u8));
            ask = view.Best(view.Field(data, "a"u8), view.Field(data, "A"u8));
        }
        while (view.ReadsAgain(sink, instrument));
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        return new FrameVerdict(stream, sink.OnQuote(instrument, new QuoteUpdate(id, time, bid, ask)));
    }
}
