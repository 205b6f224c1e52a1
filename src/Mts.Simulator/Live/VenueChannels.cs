using Mts.Core.Market;
using Mts.Simulator.Faults;

namespace Mts.Simulator.Live;

/// <summary>The streams of one venue and who listens to them.</summary>
internal sealed class VenueChannels(SimulatedVenue venue, LiveInstruments instruments, FrameFaults faults, Outbox outbox)
{
    private readonly Dictionary<string, Channel> channels = new(StringComparer.Ordinal);
    private readonly List<Channel> idle = [];
    private bool isEmitting;

    /// <summary>The channel of a name; null where nobody has asked for it yet.</summary>
    public Channel? Find(string name) => channels.GetValueOrDefault(name);

    /// <summary>The channel of a name, made when first asked for.</summary>
    public T FindOrMake<T>(string name, LiveInstrument instrument, Func<T> make)
        where T : Channel
    {
        if (channels.TryGetValue(name, out var known)) return (T)known;
        var channel = make();
        channel.Owner = venue;
        channels.Add(name, channel);
        instrument.Add(channel);
        if (!isEmitting) instruments.ScheduleAll();
        return channel;
    }

    /// <param name="connection">Who wants it.</param>
    /// <param name="name">As it was asked for.</param>
    /// <param name="channel">Null where the venue acknowledges and never delivers.</param>
    public Subscription Subscribe(SimulatedConnection connection, string name, Channel? channel)
    {
        var subscription = new Subscription(connection, name, channel);
        connection.Subscriptions.Add(name, subscription);
        channel?.Subscribers.Add(subscription);
        venue.Note(VenueEvent.Subscribed, connection, name, detail: channel is null ? "never delivers" : "");
        return subscription;
    }

    public void Unsubscribe(Subscription subscription)
    {
        var connection = subscription.Connection;
        connection.Subscriptions.Remove(subscription.Name);
        venue.Ledger.Add(new LiveEntry(
            new Timestamp(venue.NowMicros), venue.Venue, VenueEvent.Unsubscribed, connection.Id, subscription.Name, null, subscription.FirstId, subscription.LastId, subscription.Frames, ""));
        if (subscription.Channel is not { } channel) return;
        channel.Subscribers.Remove(subscription);
        if (channel.Subscribers.Count == 0 && !channel.IsLasting) idle.Add(channel);
    }

    /// <summary>Ends the channels that nobody listens to. A channel may fall idle while its instrument is in the middle of emitting, so it leaves later.</summary>
    public void Sweep()
    {
        if (idle.Count == 0 || isEmitting) return;
        foreach (var channel in idle)
        {
            if (channel.Subscribers.Count > 0 || !channels.Remove(channel.Name)) continue;
            instruments.Find(channel.Market.Listing.Symbol)!.Remove(channel);
        }

        idle.Clear();
    }

    /// <summary>Sends a channel's frame to its listeners.</summary>
    /// <param name="channel">Whose.</param>
    /// <param name="text">The envelope of combined streams from 0, the payload from <paramref name="inner"/>.</param>
    /// <param name="inner">Where the raw payload begins; 0 where there is no envelope, and then the last byte is part of the payload.</param>
    /// <param name="first">First id inside, or -1.</param>
    /// <param name="last">Last id inside, or -1.</param>
    public void Publish(Channel channel, FrameText text, int inner, long first, long last)
    {
        isEmitting = true;
        for (var i = channel.Subscribers.Count - 1; i >= 0; i--)
        {
            if (i < channel.Subscribers.Count) Send(channel.Subscribers[i], text, inner, first, last);
        }

        isEmitting = false;
    }

    /// <summary>Sends a frame to one listener, as <see cref="Publish"/> does to all.</summary>
    public void Send(Subscription subscription, FrameText text, int inner, long first, long last)
    {
        var connection = subscription.Connection;
        var payload = inner == 0 || connection.IsCombined ? text.Written : text.From(inner)[..^1];
        if (connection.IsHalfOpen || venue.NowMicros < subscription.MutedUntil) return;
        if (venue.Faults.OfFrame(subscription) is { } fault)
        {
            venue.Note(VenueEvent.Fault, connection, subscription.Name, fault.Kind, first, last);
            if (!faults.Strike(subscription, fault.Kind, fault.ForMicros, payload)) return;
        }

        subscription.Count(first, last, payload.Length);
        outbox.Send(connection, VenueFrame.Text, payload);
        if (subscription.Held is { } held)
        {
            subscription.Held = null;
            outbox.Send(connection, VenueFrame.Text, held);
        }
    }
}
