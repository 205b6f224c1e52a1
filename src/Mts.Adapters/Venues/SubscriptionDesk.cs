using Mts.Core.Feeds;

namespace Mts.Adapters.Venues;

/// <summary>How a venue wants to be asked for streams.</summary>
/// <param name="Spacing">Least time between two messages, so that the venue's rate is never reached.</param>
/// <param name="MostPerRequest">Most streams in one request.</param>
/// <param name="MostCharacters">Most characters of their names in one request.</param>
/// <param name="AnswerWithin">After this a request counts as refused.</param>
internal sealed record SubscriptionRules(TimeSpan Spacing, int MostPerRequest, int MostCharacters, TimeSpan AnswerWithin);

/// <summary>A request that was sent.</summary>
/// <param name="Id">Its number on the connection.</param>
/// <param name="IsSubscribe">False where it ends streams.</param>
/// <param name="Streams">What it asks for.</param>
/// <param name="Deadline">When its answer is overdue.</param>
internal sealed record SubscriptionRequest(long Id, bool IsSubscribe, IReadOnlyList<StreamRef> Streams, Timestamp Deadline);

/// <summary>Keeps what is subscribed on one connection: queues requests, matches answers to them, gives up on those that are overdue.</summary>
internal sealed class SubscriptionDesk(SubscriptionRules rules, Func<StreamRef, string> nameOf)
{
    private const string NoAnswer = "the venue did not answer the request";

    private readonly Dictionary<StreamRef, SubscriptionState> states = [];
    private readonly List<Wish> wishes = [];
    private readonly List<SubscriptionRequest> sent = [];
    private readonly HashSet<StreamRef> unanswered = [];
    private bool isOpen;
    private long lastId;

    public SubscriptionState StateOf(StreamRef stream) => states.GetValueOrDefault(stream);

    /// <summary>From when on a message may be sent.</summary>
    public Timestamp NextTurn { get; private set; } = Timestamp.MinValue;

    /// <summary>When a request may be sent or an answer is overdue.</summary>
    public Timestamp? NextTimer
    {
        get
        {
            Timestamp? timer = isOpen && wishes.Count > 0 ? NextTurn : null;
            foreach (var request in sent) timer = timer is { } t && t < request.Deadline ? t : request.Deadline;
            return timer;
        }
    }

    public void OnOpened(Timestamp now) => (isOpen, NextTurn) = (true, now);

    public void Subscribe(StreamRef stream)
    {
        if (StateOf(stream) is SubscriptionState.Queued or SubscriptionState.Sent or SubscriptionState.Acknowledged) return;
        // A wish to end it stays: who subscribes anew wants the stream to begin anew.
        wishes.RemoveAll(w => w.Stream == stream && w.IsSubscribe);
        wishes.Add(new Wish(stream, IsSubscribe: true, IsAlone: false));
        states[stream] = SubscriptionState.Queued;
    }

    public void Unsubscribe(StreamRef stream)
    {
        var isThere = StateOf(stream) is SubscriptionState.Sent or SubscriptionState.Acknowledged || unanswered.Contains(stream) || wishes.Exists(w => w.Stream == stream && !w.IsSubscribe);
        wishes.RemoveAll(w => w.Stream == stream);
        states[stream] = SubscriptionState.None;
        if (isThere) wishes.Add(new Wish(stream, IsSubscribe: false, IsAlone: false));
    }

    /// <summary>Whether a message may be sent now; it counts as sent.</summary>
    public bool TakesTurn(Timestamp now)
    {
        if (!isOpen || now < NextTurn) return false;
        NextTurn = now + rules.Spacing;
        return true;
    }

    /// <summary>The next request that may be sent now, or null.</summary>
    public SubscriptionRequest? Take(Timestamp now)
    {
        if (wishes.Count == 0 || !TakesTurn(now)) return null;
        var isSubscribe = wishes[0].IsSubscribe;
        var (streams, characters) = (new List<StreamRef>(), 0);
        foreach (var wish in wishes)
        {
            characters += nameOf(wish.Stream).Length;
            if (streams.Count > 0 && (wish.IsSubscribe != isSubscribe || wish.IsAlone || streams.Count == rules.MostPerRequest || characters > rules.MostCharacters)) break;
            streams.Add(wish.Stream);
            if (wish.IsAlone) break;
        }

        wishes.RemoveRange(0, streams.Count);
        foreach (var stream in streams.Where(_ => isSubscribe)) states[stream] = SubscriptionState.Sent;
        if (!isSubscribe) unanswered.ExceptWith(streams);
        var request = new SubscriptionRequest(++lastId, isSubscribe, streams, now + rules.AnswerWithin);
        sent.Add(request);
        return request;
    }

    /// <summary>The request of that number; the oldest one where the answer does not say which.</summary>
    public SubscriptionRequest? Find(long? id) => id is { } number ? sent.Find(r => r.Id == number) : sent.Count > 0 ? sent[0] : null;

    /// <summary>The venue said yes.</summary>
    public void Accept(SubscriptionRequest request, IMarketSink sink)
    {
        sent.Remove(request);
        foreach (var stream in request.Streams) Settle(stream, request.IsSubscribe, SubscriptionState.Acknowledged, problem: null, sink);
    }

    /// <summary>
    /// The venue said no. Of many streams each is asked for by itself, because one wrong name fails them all; a venue that has no time has none for more requests.
    /// </summary>
    public void Refuse(SubscriptionRequest request, Refusal refusal, string problem, IMarketSink sink)
    {
        sent.Remove(request);
        if (request.Streams.Count > 1 && refusal != Refusal.Busy) AskOneByOne(request);
        else Refuse(request.Streams, request.IsSubscribe, refusal, problem, sink);
    }

    /// <summary>Gives up on answers that are overdue.</summary>
    public void OnTimer(Timestamp now, IMarketSink sink)
    {
        for (var i = sent.Count - 1; i >= 0; i--)
        {
            if (sent[i].Deadline > now) continue;
            var request = sent[i];
            sent.RemoveAt(i);
            // The venue may have heard it all the same.
            if (request.IsSubscribe) unanswered.UnionWith(request.Streams);
            Refuse(request.Streams, request.IsSubscribe, Refusal.Unclear, NoAnswer, sink);
        }
    }

    private void AskOneByOne(SubscriptionRequest request)
    {
        var pending = request.Streams.Where(s => IsPending(s, request.IsSubscribe)).ToList();
        wishes.InsertRange(0, pending.Select(s => new Wish(s, request.IsSubscribe, IsAlone: true)));
        foreach (var stream in pending.Where(_ => request.IsSubscribe)) states[stream] = SubscriptionState.Queued;
    }

    // A later wish for the stream may have overtaken the answer.
    private bool IsPending(StreamRef stream, bool isSubscribe) => StateOf(stream) == (isSubscribe ? SubscriptionState.Sent : SubscriptionState.None);

    private void Refuse(IReadOnlyList<StreamRef> streams, bool isSubscribe, Refusal refusal, string problem, IMarketSink sink)
    {
        foreach (var stream in streams) Settle(stream, isSubscribe, refusal == Refusal.Unknown ? SubscriptionState.Unavailable : SubscriptionState.Refused, problem, sink);
    }

    private void Settle(StreamRef stream, bool isSubscribe, SubscriptionState answer, string? problem, IMarketSink sink)
    {
        if (!IsPending(stream, isSubscribe)) return;
        var state = isSubscribe ? answer : SubscriptionState.None;
        states[stream] = state;
        sink.OnSubscription(stream, state, problem);
    }

    private readonly record struct Wish(StreamRef Stream, bool IsSubscribe, bool IsAlone);
}
