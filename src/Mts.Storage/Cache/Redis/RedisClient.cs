using Mts.Core;

namespace Mts.Storage.Cache.Redis;

/// <summary>
/// Commands over one connection that is made when first needed and made again when it was lost. While the server is away a call fails at once with
/// the reason of the last try, and tries go on with full-jitter back-off as calls come.
/// </summary>
internal sealed class RedisClient(RedisOptions options, TimeProvider clock, Random random) : IAsyncDisposable
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(20);

    private readonly Lock sync = new();
    private readonly CancellationTokenSource stop = new();
    private readonly FullJitter jitter = new(FirstBackoff, options.MaxBackoff, random);
    private Task<RedisConnection>? attempt;
    private Exception? lastFailure;
    private DateTimeOffset notBefore;
    private int failures;
    private bool disposed;

    public string Server { get; } = options.Address.ToString();

    /// <summary>Connections made so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Waits for a connection as long as connecting may take, where a command waits only as long as a command may.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken) => await ConnectionAsync().WaitAsync(cancellationToken);

    /// <summary>Sends commands and waits for the answers.</summary>
    /// <exception cref="ApiException">No connection, no answer in time, or an answer is an error; of several the first one counts.</exception>
    public async Task<RespValue[]> ExecuteAsync(CommandBuffer commands, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.CommandTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        RedisConnection? connection = null;
        try
        {
            connection = await ConnectionAsync().WaitAsync(either.Token);
            var replies = await connection.ExecuteAsync(commands, either.Token);
            if (Array.Find(replies, r => r.IsError) is { IsError: true } error) throw RedisFailure.Refused(Server, error.Text);
            return replies;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            var late = RedisFailure.NoAnswer(Server, connection is null ? "take the connection" : "answer", options.CommandTimeout);
            connection?.Fail(late);
            throw late;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<RedisConnection>? last;
        lock (sync)
        {
            if (disposed) return;
            (disposed, last) = (true, attempt);
        }

        await stop.CancelAsync();
        if (last is not null)
        {
            await ((Task)last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (last.IsCompletedSuccessfully) await (await last).DisposeAsync();
        }

        stop.Dispose();
    }

    private Task<RedisConnection> ConnectionAsync()
    {
        lock (sync)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (attempt is { IsCompleted: false }) return attempt;
            if (attempt is { IsCompletedSuccessfully: true } && attempt.Result.IsOpen) return attempt;
            if (lastFailure is not null && clock.GetUtcNow() < notBefore) return Task.FromException<RedisConnection>(lastFailure);
            return attempt = ConnectAsync();
        }
    }

    private async Task<RedisConnection> ConnectAsync()
    {
        try
        {
            var connection = await RedisHandshake.ConnectAsync(options, clock, stop.Token);
            lock (sync)
            {
                Connections++;
                (failures, lastFailure) = (0, null);
            }

            return connection;
        }
        catch (MtsException wrong)
        {
            lock (sync)
            {
                lastFailure = wrong;
                notBefore = clock.GetUtcNow() + jitter.Wait(++failures);
            }

            throw;
        }
    }
}
