using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Mts.Adapters.Venues;
using Mts.Adapters.Wire;
using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <summary>One connection to Binance's streams in combined mode; raw frames are read too.</summary>
internal sealed class BinanceProtocol : IFeedProtocol
{
    // Answered with the list of streams; subscriptions count from 1.
    private static readonly byte[] Question = """{"method":"LIST_SUBSCRIPTIONS","id":0}"""u8.ToArray();

    private readonly BinanceMessages messages;
    private readonly FrameBuffers buffers = new();
    private readonly SubscriptionDesk desk;
    private readonly Func<StreamRef, string> nameOf;
    private readonly IReadOnlyList<StreamRef> streams;
    private byte[] outgoing = [];
    private bool wantsPing;

    public BinanceProtocol(
        string path, MarketKind market, SubscriptionRules rules, Func<StreamRef, string> nameOf, IReadOnlyList<StreamRef> streams, InstrumentTable instruments)
    {
        (Path, this.nameOf, this.streams) = (path, nameOf, streams);
        messages = new BinanceMessages(market, instruments, buffers);
        desk = new SubscriptionDesk(rules, nameOf);
    }

    public string Path { get; }

    public bool IsEnding { get; private set; }

    public Timestamp? NextTimer => wantsPing && (desk.NextTimer is not { } due || desk.NextTurn < due) ? desk.NextTurn : desk.NextTimer;

    public void OnOpened(Timestamp now)
    {
        foreach (var stream in streams) desk.Subscribe(stream);
        desk.OnOpened(now);
    }

    public FrameVerdict OnFrame(ReadOnlySpan<byte> frame, Timestamp received, IMarketSink sink)
    {
        if (messages.TryReadUsualDepth(frame, sink, out var verdict)) return verdict;
        if (buffers.Tape.Read(frame) is { } problem) return FrameVerdict.Dead(StreamRef.Connection, problem);
        var view = new FrameView(buffers.Tape, frame);
        if (view.TypeOf(0) != JsonTokenType.StartObject) return FrameVerdict.Dead(StreamRef.Connection, FrameProblem.NoObject);
        var stream = view.Find(0, "stream"u8);
        var data = view.Find(0, "data"u8);
        if (stream >= 0 && data >= 0) return OnEnvelope(ref view, stream, data, sink);
        if (IsShutdown(ref view, 0)) return OnShutdown();
        return view.Find(0, "e"u8) < 0 && IsAnswer(ref view) ? OnAnswer(ref view, sink) : messages.Read(ref view, 0, sink);
    }

    public void Ping(Timestamp now) => wantsPing = true;

    public void OnTimer(Timestamp now, IMarketSink sink) => desk.OnTimer(now, sink);

    public bool TryTakeOutgoing(Timestamp now, out ReadOnlySpan<byte> text)
    {
        if (wantsPing && desk.TakesTurn(now))
        {
            wantsPing = false;
            text = Question;
            return true;
        }

        var request = desk.Take(now);
        if (request is not null) outgoing = Write(request);
        text = request is null ? default : outgoing;
        return request is not null;
    }

    public void Subscribe(StreamRef stream) => desk.Subscribe(stream);

    public void Unsubscribe(StreamRef stream) => desk.Unsubscribe(stream);

    public SubscriptionState StateOf(StreamRef stream) => desk.StateOf(stream);

    private FrameVerdict OnEnvelope(ref FrameView view, int stream, int data, IMarketSink sink)
    {
        if (view.TypeOf(stream) != JsonTokenType.String) return FrameVerdict.Dead(StreamRef.Connection, FrameProblem.WrongType);
        if (view.TypeOf(data) != JsonTokenType.StartObject) return FrameVerdict.Dead(StreamRef.Connection, FrameProblem.NoObject);
        var isNamed = view.Find(data, "e"u8) >= 0;
        return IsShutdown(ref view, data) || (!isNamed && view.Is(stream, "!serverShutdown"u8)) ? OnShutdown() : messages.Read(ref view, data, sink);
    }

    private FrameVerdict OnShutdown()
    {
        IsEnding = true;
        return FrameVerdict.Control;
    }

    /// <summary><c>{"result":null,"id":1}</c>, <c>{"code":2,"msg":"…","id":1}</c> or <c>{"error":{"code":2,"msg":"…"},"id":1}</c>.</summary>
    private FrameVerdict OnAnswer(ref FrameView view, IMarketSink sink)
    {
        var id = view.Find(0, "id"u8);
        var number = view.TypeOf(id) == JsonTokenType.Number ? view.Integer(id) : (long?)null;
        if (view.Problem is { } problem) return FrameVerdict.Dead(StreamRef.Connection, problem);
        var request = desk.Find(number);
        var error = view.Find(0, "error"u8) is >= 0 and var inner ? inner : 0;
        var isRefusal = error > 0 || view.Find(0, "code"u8) >= 0;
        if (request is not null && isRefusal) Refuse(request, ref view, error, sink);
        else if (request is not null && number is not null) desk.Accept(request, sink);
        return FrameVerdict.Control;
    }

    private void Refuse(SubscriptionRequest request, ref FrameView view, int error, IMarketSink sink)
    {
        var code = view.Find(error, "code"u8);
        var words = WireWords.Of(ref view, view.Find(error, "msg"u8));
        var number = code >= 0 && Utf8Parser.TryParse(view.Raw(code), out int digits, out _) ? digits : 0;
        desk.Refuse(request, BinanceRefusals.Of(number, words), words, sink);
    }

    private static bool IsAnswer(ref FrameView view) =>
        view.Find(0, "result"u8) >= 0 || view.Find(0, "error"u8) >= 0 || (view.Find(0, "code"u8) >= 0 && view.Find(0, "msg"u8) >= 0);

    private static bool IsShutdown(ref FrameView view, int data) => view.Is(view.Find(data, "e"u8), "serverShutdown"u8);

    private byte[] Write(SubscriptionRequest request)
    {
        var names = string.Join("\",\"", request.Streams.Select(nameOf));
        return Encoding.UTF8.GetBytes($$"""{"method":"{{(request.IsSubscribe ? "SUBSCRIBE" : "UNSUBSCRIBE")}}","params":["{{names}}"],"id":{{request.Id}}}""");
    }
}
