using Mts.Core.Ports;

namespace Mts.Storage.Cache.Redis;

/// <summary>Events through a server: published beside the values, heard on a connection of their own.</summary>
internal sealed class RedisEvents(RedisClient client, RedisListener listener) : IEvents
{
    private const int Bytes = 256 << 10;

    public async ValueTask PublishAsync(IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken) =>
        await RedisBatch.SendAsync(client, messages, Bytes, Write, cancellationToken);

    public ValueTask<ISubscription> SubscribeAsync(string channel, CancellationToken cancellationToken) => listener.SubscribeAsync(channel, cancellationToken);

    private static void Write(CommandBuffer commands, EventMessage message) => commands.Begin(3).Add("PUBLISH"u8).Add(message.Channel).Add(message.Payload.Span);
}
