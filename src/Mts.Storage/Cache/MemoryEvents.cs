using Mts.Core.Ports;

namespace Mts.Storage.Cache;

/// <summary>Events within this process.</summary>
internal sealed class MemoryEvents : IEvents
{
    private readonly Lock sync = new();

    // Replaced as a whole, so that publishing walks it without the lock.
    private volatile Subscription[] subscriptions = [];

    public ValueTask PublishAsync(IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var listeners = subscriptions;
        if (listeners.Length == 0) return ValueTask.CompletedTask;
        foreach (var message in messages)
        {
            // Whoever published may use his buffer again.
            var kept = message with { Payload = message.Payload.ToArray() };
            foreach (var listener in listeners)
            {
                if (listener.Wants(kept.Channel)) listener.Deliver(kept);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ISubscription> SubscribeAsync(string channel, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var subscription = new Subscription(channel, Remove);
        lock (sync) subscriptions = [.. subscriptions, subscription];
        return ValueTask.FromResult<ISubscription>(subscription);
    }

    private void Remove(Subscription subscription)
    {
        lock (sync) subscriptions = [.. subscriptions.Where(s => s != subscription)];
    }
}
