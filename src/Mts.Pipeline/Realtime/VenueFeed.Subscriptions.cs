using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <content>Subscriptions that the venue refuses: asked for again on the same connection, ever more seldom, while the other streams go on.</content>
public sealed partial class VenueFeed
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryOfUnavailable = TimeSpan.FromMinutes(10);

    // After so many refusals on one connection another one may help.
    private const int PatientRefusals = 6;

    private readonly HashSet<StreamRef> refused = [];
    private FeedLink? speaking;
    private Timestamp present;

    private void OnSubscription(StreamRef stream, SubscriptionState state, string? problem)
    {
        if (speaking is not { } link) return;
        switch (state)
        {
            case SubscriptionState.Acknowledged:
                link.Refused.Remove(stream);
                desk.OnFollowed(stream, present);
                if (refused.Remove(stream)) Tell(link, "subscribed", stream, "the venue has accepted it", present);
                var pulse = desk.Market(stream.Instrument).Pulses[(int)stream.Channel];
                // Its silence counts from here.
                if (pulse.Beats == 0) pulse.Rest(present);
                break;
            case SubscriptionState.Refused or SubscriptionState.Unavailable:
                OnRefusal(link, stream, state == SubscriptionState.Unavailable, problem ?? "refused");
                break;
        }
    }

    private void OnRefusal(FeedLink link, StreamRef stream, bool isFinal, string problem)
    {
        var times = link.Refused.GetValueOrDefault(stream).Times + 1;
        var ceiling = Math.Min(LongestRetry.TotalSeconds, FirstRetry.TotalSeconds * Math.Pow(2, Math.Min(times - 1, 10)));
        var wait = isFinal ? RetryOfUnavailable : TimeSpan.FromSeconds(ceiling * (0.5 + (0.5 * jitter.NextDouble())));
        link.Refused[stream] = new RefusedStream(times, present + wait, isFinal);
        if (refused.Add(stream)) Tell(link, isFinal ? "subscription-unavailable" : "subscription-refused", stream, problem, present);
    }

    private void AskAgain(FeedSlot slot, Timestamp now)
    {
        if (slot.Current is { } current) AskAgain(current, now);
        if (slot.Successor is { } successor) AskAgain(successor, now);
    }

    private void AskAgain(FeedLink link, Timestamp now)
    {
        if (link.Opened is null || link.Refused.Count == 0) return;
        foreach (var stream in link.Slot.Streams)
        {
            if (!link.Refused.TryGetValue(stream, out var refusal) || now < refusal.AgainAt) continue;
            link.Refused[stream] = refusal with { AgainAt = now + LongestRetry };
            link.Protocol.Subscribe(stream);
        }

        Pump(link, now);
    }

    /// <summary>Whether nothing is to be expected of a stream: it is being asked for, or refused.</summary>
    private static bool IsPending(FeedLink link, StreamRef stream) =>
        link.Protocol.StateOf(stream) is SubscriptionState.Queued or SubscriptionState.Sent
        || (link.Refused.TryGetValue(stream, out var refusal) && (refusal.IsFinal || refusal.Times <= PatientRefusals));

    private string NameOf(StreamRef stream) => $"{instruments[stream.Instrument]} {stream.Channel.ToString().ToLowerInvariant()}";

    private void Tell(FeedLink link, string state, StreamRef stream, string detail, Timestamp now)
    {
        var name = NameOf(stream);
        Note(link, state, $"{name}: {detail}", now, name);
    }
}
