using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Storage.Cache.Redis;

/// <summary>The connection that hears events: made with the first subscription, made again with all subscriptions when it was lost.</summary>
internal sealed class RedisListener(RedisOptions options, TimeProvider clock, Random random) : IAsyncDisposable
{
    /// <summary>A server that leaves a ping unanswered for this long is taken for gone.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(1);

    private readonly Lock sync = new();
    private readonly CancellationTokenSource stop = new();
    private readonly FullJitter jitter = new(TimeSpan.FromMilliseconds(20), options.MaxBackoff, random);
    private readonly Dictionary<string, RedisTopic> topics = new(StringComparer.Ordinal);
    private RedisListening? listening;
    private Task? loop;

    public async ValueTask<ISubscription> SubscribeAsync(string channel, CancellationToken cancellationToken)
    {
        var subscription = new Subscription(channel, Remove);
        RedisTopic? topic;
        lock (sync)
        {
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, this);
            if (!topics.TryGetValue(channel, out topic))
            {
                topics[channel] = topic = new RedisTopic(channel);
                listening?.Subscribe(topic);
            }

            topic.Add(subscription);
            loop ??= Task.Run(RunAsync, CancellationToken.None);
        }

        try
        {
            await topic.InForce.WaitAsync(cancellationToken);
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? running;
        lock (sync)
        {
            if (stop.IsCancellationRequested) return;
            stop.Cancel();
            running = loop;
        }

        if (running is not null) await running;
        stop.Dispose();
    }

    private void Remove(Subscription subscription)
    {
        lock (sync)
        {
            if (!topics.TryGetValue(subscription.Name, out var topic)) return;
            topic.Remove(subscription);
            if (!topic.IsEmpty) return;
            topics.Remove(topic.Name);
            listening?.Unsubscribe(topic);
        }
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => failures = 0);
            }
            catch (MtsException wrong)
            {
                if (wrong is ApiException { IsTransient: false } refusal) RefuseWaiting(refusal);
                var wait = Task.Delay(jitter.Wait(++failures), clock, stop.Token);
                await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // Disposed while connecting.
            }
        }

        RefuseWaiting(RedisFailure.Lost(options.ToString(), "it was closed here"));
    }

    private async Task ListenAsync(Action connected)
    {
        await using var connection = await RedisHandshake.ConnectAsync(options, clock, stop.Token);
        connected();
        lock (sync)
        {
            listening = new RedisListening(connection);
            foreach (var topic in topics.Values) listening.Subscribe(topic);
        }

        try
        {
            while (!connection.Closed.IsCompleted)
            {
                await Task.WhenAny(connection.Closed, Task.Delay(PingInterval, clock, stop.Token));
                stop.Token.ThrowIfCancellationRequested();
                listening.Ping(PingInterval);
            }
        }
        finally
        {
            lock (sync)
            {
                listening = null;
                foreach (var topic in topics.Values) topic.Interrupt();
            }
        }

        throw await connection.Closed;
    }

    // Those whose subscription was in force before go on waiting for better times.
    private void RefuseWaiting(ApiException why)
    {
        lock (sync)
        {
            foreach (var topic in topics.Values) topic.Refuse(why);
        }
    }
}
