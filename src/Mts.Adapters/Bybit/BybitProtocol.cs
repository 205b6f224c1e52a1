using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mts.Adapters.Venues;
using Mts.Adapters.Wire;
using Mts.Core.Feeds;

namespace Mts.Adapters.Bybit;

/// <summary>One connection to Bybit's public streams. It pings; where no pong comes the connection counts as ending.</summary>
internal sealed class BybitProtocol : IFeedProtocol
{
    private static readonly byte[] PingText = """{"req_id":"ping","op":"ping"}"""u8.ToArray();

    private readonly BybitMessages messages;
    private readonly BybitStreamSettings settings;
    private readonly FrameBuffers buffers = new();
    private readonly SubscriptionDesk desk;
    private readonly Func<StreamRef, string> topicOf;
    private readonly IReadOnlyList<StreamRef> streams;
    private byte[] outgoing = [];
    private Timestamp? nextPing;
    private Timestamp? pongDue;

    public BybitProtocol(
        string path, MarketKind market, BybitStreamSettings settings, SubscriptionRules rules, Func<StreamRef, string> topicOf,
        IReadOnlyList<StreamRef> streams, InstrumentTable instruments)
    {
        (Path, this.settings, this.topicOf, this.streams) = (path, settings, topicOf, streams);
        messages = new BybitMessages(market, settings.BookDepth, instruments, buffers);
        desk = new SubscriptionDesk(rules, topicOf);
    }

    public string Path { get; }

    /// <summary>Bybit announces no end; this says that a ping was not answered.</summary>
    public bool IsEnding { get; private set; }

    public Timestamp? NextTimer => Earlier(desk.NextTimer, Earlier(pongDue, nextPing is { } ping && ping < desk.NextTurn ? desk.NextTurn : nextPing));

    public void OnOpened(Timestamp now)
    {
        foreach (var stream in streams) desk.Subscribe(stream);
        desk.OnOpened(now);
        nextPing = now + settings.PingInterval;
    }

    public FrameVerdict OnFrame(ReadOnlySpan<byte> frame, Timestamp received, IMarketSink sink)
    {
        if (messages.TryReadUsualBook(frame, sink, out var verdict)) return verdict;
        if (buffers.Tape.Read(frame) is { } problem) return FrameVerdict.Dead(StreamRef.Connection, problem);
        var view = new FrameView(buffers.Tape, frame);
        if (view.TypeOf(0) != JsonTokenType.StartObject) return FrameVerdict.Dead(StreamRef.Connection, FrameProblem.NoObject);
        return view.Find(0, "topic"u8) is >= 0 and var topic ? messages.Read(ref view, topic, sink) : OnAnswer(ref view, sink);
    }

    public void Ping(Timestamp now) => nextPing = now;

    public void OnTimer(Timestamp now, IMarketSink sink)
    {
        desk.OnTimer(now, sink);
        if (pongDue > now || pongDue is null) return;
        (IsEnding, pongDue) = (true, null);
    }

    public bool TryTakeOutgoing(Timestamp now, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (nextPing <= now && desk.TakesTurn(now))
        {
            nextPing = now + settings.PingInterval;
            pongDue ??= now + settings.AnswerWithin;
            text = PingText;
            return true;
        }

        if (desk.Take(now) is not { } request) return false;
        text = outgoing = Write(request);
        return true;
    }

    public void Subscribe(StreamRef stream) => desk.Subscribe(stream);

    public void Unsubscribe(StreamRef stream) => desk.Unsubscribe(stream);

    public SubscriptionState StateOf(StreamRef stream) => desk.StateOf(stream);

    /// <summary>
    /// Pongs are <c>{"op":"pong",…}</c> or <c>{"op":"ping","ret_msg":"pong",…}</c>. Answers are
    /// <c>{"success":true,"ret_msg":"","op":"subscribe","req_id":"1"}</c>, the number empty on some hosts, or
    /// <c>{"success":true,"data":{"failTopics":[]},"type":"COMMAND_RESP"}</c>.
    /// </summary>
    private FrameVerdict OnAnswer(ref FrameView view, IMarketSink sink)
    {
        var op = view.Find(0, "op"u8);
        if (view.Is(op, "pong"u8) || (view.Is(op, "ping"u8) && view.Is(view.Find(0, "ret_msg"u8), "pong"u8)))
        {
            pongDue = null;
            return FrameVerdict.Control;
        }

        var isAnswer = view.Is(op, "subscribe"u8) || view.Is(op, "unsubscribe"u8) || view.Is(view.Find(0, "type"u8), "COMMAND_RESP"u8);
        if (!isAnswer) return FrameVerdict.Dead(StreamRef.Connection, FrameProblem.UnknownKind);
        var isAccepted = view.Boolean(0, "success"u8) && !HasFailures(ref view);
        if (view.Problem is { } problem) return FrameVerdict.Dead(StreamRef.Connection, problem);
        if (RequestOf(ref view) is { } request) Settle(request, isAccepted, WireWords.Of(ref view, view.Find(0, "ret_msg"u8)), sink);
        return FrameVerdict.Control;
    }

    private void Settle(SubscriptionRequest request, bool isAccepted, string words, IMarketSink sink)
    {
        var isThere = request is { IsSubscribe: true, Streams.Count: 1 } && words.Contains("already subscribed", StringComparison.Ordinal);
        if (isAccepted || isThere) desk.Accept(request, sink);
        else desk.Refuse(request, BybitRefusals.Of(words), words, sink);
    }

    private SubscriptionRequest? RequestOf(ref FrameView view)
    {
        var id = view.Find(0, "req_id"u8);
        if (id < 0 || view.IsNone(id)) return desk.Find(null);
        var digits = view.Raw(id);
        return Utf8Parser.TryParse(digits, out long number, out var read) && read == digits.Length ? desk.Find(number) : null;
    }

    private static bool HasFailures(ref FrameView view)
    {
        var failed = view.Find(view.Find(0, "data"u8), "failTopics"u8);
        return failed >= 0 && view.EndOf(failed) > failed + 1;
    }

    private static Timestamp? Earlier(Timestamp? a, Timestamp? b) => a is null || b < a ? b : a;

    private byte[] Write(SubscriptionRequest request)
    {
        var topics = string.Join("\",\"", request.Streams.Select(topicOf));
        var op = request.IsSubscribe ? "subscribe" : "unsubscribe";
        return Encoding.UTF8.GetBytes($$"""{"req_id":"{{request.Id.ToString(CultureInfo.InvariantCulture)}}","op":"{{op}}","args":["{{topics}}"]}""");
    }
}
