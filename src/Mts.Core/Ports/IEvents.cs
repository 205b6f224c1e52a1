namespace Mts.Core.Ports;

/// <summary>Messages for whoever listens at this moment, in this process or, where a server carries them, in others. Nothing is kept for those who come later.</summary>
public interface IEvents
{
    /// <summary>Sends all of them in one exchange, in their order.</summary>
    /// <exception cref="ApiException">At least one was not sent; which ones is not known.</exception>
    ValueTask PublishAsync(IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken);

    /// <summary>Waits until the subscription is in force, as long as the server cannot be reached until cancelled; afterwards it is renewed by itself.</summary>
    /// <param name="channel">A channel, or the beginning of channels followed by <c>*</c>: <c>events:signal:*</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ApiException">The server refuses this user, password or channel.</exception>
    ValueTask<ISubscription> SubscribeAsync(string channel, CancellationToken cancellationToken);
}

/// <summary>One listener with a bounded buffer of its own; disposing it ends the subscription.</summary>
public interface ISubscription : IAsyncDisposable
{
    /// <summary>Messages that were thrown away, oldest first, because this listener was too slow.</summary>
    long Dropped { get; }

    /// <summary>How often the connection was lost since: messages of those moments never arrived.</summary>
    int Interruptions { get; }

    /// <summary>All messages in the order of their arrival, until disposed; for one reader.</summary>
    IAsyncEnumerable<EventMessage> ReadAsync(CancellationToken cancellationToken);
}

/// <param name="Channel">Where it was published; of a subscription by beginning, the whole name.</param>
/// <param name="Payload">UTF-8 bytes.</param>
public readonly record struct EventMessage(string Channel, ReadOnlyMemory<byte> Payload);
