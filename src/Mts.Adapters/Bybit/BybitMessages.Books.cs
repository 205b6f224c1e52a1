using System.Buffers.Text;
using Mts.Adapters.Wire;
using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Bybit;

/// <content>Books, and best quotes, which are books of one level.</content>
internal sealed partial class BybitMessages
{
    /// <summary>Reads a book message that is written as it usually is, of a market met before.</summary>
    /// <returns>False where anything is otherwise; nothing has been told to the sink then.</returns>
    public bool TryReadUsualBook(ReadOnlySpan<byte> frame, IMarketSink sink, out FrameVerdict verdict)
    {
        verdict = default;
        var scan = new DepthScanner(frame);
        if (!scan.Passes("{\"topic\":\"orderbook."u8) || !scan.TryInteger(out var depth) || depth != bookDepth || !scan.Passes("."u8)) return false;
        if (!scan.TryText(out var name) || !buffers.Names.TryFind(name, out var instrument)) return false;
        if (!TryReadType(ref scan, out var isSnapshot, out var time)) return false;
        if (!scan.Passes(",\"data\":{\"s\":\""u8) || !scan.Passes(name)) return false;
        var scale = sink.ScaleOf(instrument);
        if (!scan.Passes("\",\"b\":["u8) || !scan.TryLevels(scale, ref buffers.Bids, out var bids)) return false;
        if (!scan.Passes(",\"a\":["u8) || !scan.TryLevels(scale, ref buffers.Asks, out var asks)) return false;
        if (!scan.Passes(",\"u\":"u8) || !scan.TryInteger(out var id)) return false;
        if (!scan.Passes(",\"seq\":"u8) || !scan.TryInteger(out var sequence) || !scan.Passes("}"u8)) return false;
        if (scan.Passes(",\"cts\":"u8) && (!scan.TryInteger(out var matched) || !WireTime.TryRead(matched, out time))) return false;
        if (!scan.Passes("}"u8) || !scan.IsAtEnd) return false;
        var update = new DepthUpdate(new DepthIds(id, id), isSnapshot, time, buffers.Bids.AsSpan(0, bids), buffers.Asks.AsSpan(0, asks), sequence);
        verdict = new FrameVerdict(new StreamRef(instrument, Channel.Depth), sink.OnDepth(instrument, update));
        return true;
    }

    // Perpetuals put the type first, spot the time.
    private static bool TryReadType(ref DepthScanner scan, out bool isSnapshot, out Timestamp time)
    {
        var hasType = TryPassType(ref scan, out isSnapshot);
        time = default;
        if (!scan.Passes(",\"ts\":"u8) || !scan.TryInteger(out var sent) || !WireTime.TryRead(sent, out time)) return false;
        return hasType || TryPassType(ref scan, out isSnapshot);
    }

    private static bool TryPassType(ref DepthScanner scan, out bool isSnapshot)
    {
        isSnapshot = scan.Passes(",\"type\":\"snapshot\""u8);
        return isSnapshot || scan.Passes(",\"type\":\"delta\""u8);
    }

    private FrameVerdict Book(ref FrameView view, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> name, int instrument, IMarketSink sink)
    {
        var digits = kind["orderbook.".Length..];
        var isDepth = Utf8Parser.TryParse(digits, out int depth, out var length) && length == digits.Length;
        var isQuote = isDepth && depth == 1 && bookDepth != 1;
        var stream = new StreamRef(instrument, isQuote ? Channel.Quote : Channel.Depth);
        if (!isDepth || (depth != bookDepth && !isQuote)) return FrameVerdict.Dead(stream, FrameProblem.OtherDepth);
        var data = view.Field(0, "data"u8);
        DemandSymbol(ref view, data, "s"u8, name);
        var isSnapshot = IsSnapshot(ref view);
        var time = view.Time(0, "ts"u8);
        if (view.Find(0, "cts"u8) is >= 0 and var matched) time = view.Time(matched);
        var (id, sequence) = (view.Integer(data, "u"u8), view.Integer(data, "seq"u8));
        ReadOnlySpan<LevelChange> bids, asks;
        do
        {
            view.Use(sink.ScaleOf(instrument));
            bids = view.Levels(view.Field(data, "b"u8), ref buffers.Bids);
            asks = view.Levels(view.Field(data, "a"u8), ref buffers.Asks);
        }
        while (view.ReadsAgain(sink, instrument));
        if (isQuote && (!isSnapshot || bids.Length > 1 || asks.Length > 1)) view.Fail(FrameProblem.UnknownKind);
        if (view.Problem is { } problem) return FrameVerdict.Dead(stream, problem);
        if (!isQuote) return new FrameVerdict(stream, sink.OnDepth(instrument, new DepthUpdate(new DepthIds(id, id), isSnapshot, time, bids, asks, sequence)));
        // The number starts again with the service, the sequence does not.
        var quote = new QuoteUpdate(sequence, time, bids.IsEmpty ? default : bids[0], asks.IsEmpty ? default : asks[0]);
        return new FrameVerdict(stream, sink.OnQuote(instrument, quote));
    }

    private static bool IsSnapshot(ref FrameView view)
    {
        var type = view.Text(0, "type"u8);
        var isSnapshot = type.SequenceEqual("snapshot"u8);
        if (!isSnapshot && !type.SequenceEqual("delta"u8)) view.Fail(FrameProblem.WrongType);
        return isSnapshot;
    }
}
