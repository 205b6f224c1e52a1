namespace Mts.Storage.Cache.Redis;

/// <summary>Sends any number of commands of one kind, in requests of a bounded size that do not wait for one another.</summary>
internal static class RedisBatch
{
    // Requests on their way at once; what is more waits.
    private const int AtOnce = 4;

    public static async Task SendAsync<T>(RedisClient client, IReadOnlyList<T> items, int bytes, Action<CommandBuffer, T> write, CancellationToken cancellationToken)
    {
        var running = new Queue<Task>();
        var next = 0;
        while (next < items.Count)
        {
            var commands = new CommandBuffer();
            do write(commands, items[next++]);
            while (next < items.Count && commands.Length < bytes);
            if (running.Count == AtOnce) await running.Dequeue();
            running.Enqueue(client.ExecuteAsync(commands, cancellationToken));
        }

        await Task.WhenAll(running);
    }
}
