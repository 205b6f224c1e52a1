using Mts.Core;

namespace Mts.Storage.Cache.Redis;

/// <summary>
/// One connection. Commands of any number of callers are sent without waiting for answers, and answers are matched in their order; a connection that
/// fails once, by a fault, a timeout or nonsense, fails for all and is not used again.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    // What may lie here unsent and unanswered before a caller has to wait.
    private const int MaxUnsent = 4 << 20;
    private const int MaxUnanswered = 4_096;

    private readonly Lock sync = new();
    private readonly Stream stream;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim wake = new(0);
    private readonly Queue<RedisRequest> unanswered = new();
    private readonly TaskCompletionSource<ApiException> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task loops;
    private CommandBuffer unsent = new();
    private CommandBuffer sending = new();
    private TaskCompletionSource? room;
    private ApiException? failure;
    private Action<RespValue>? listener;
    private bool awake;

    /// <param name="server">For messages.</param>
    /// <param name="stream">Owned from now on.</param>
    public RedisConnection(string server, Stream stream)
    {
        (Server, this.stream) = (server, stream);
        loops = Task.WhenAll(Task.Run(SendAsync), Task.Run(ReceiveAsync));
    }

    public string Server { get; }

    public bool IsOpen
    {
        get
        {
            lock (sync) return failure is null;
        }
    }

    /// <summary>Ends, with the reason, when the connection does.</summary>
    public Task<ApiException> Closed => closed.Task;

    /// <summary>From now on every answer goes to <paramref name="to"/>; for a connection that only listens.</summary>
    public void Listen(Action<RespValue> to)
    {
        lock (sync) listener = to;
    }

    /// <summary>Sends commands and waits for the answers, errors among them.</summary>
    /// <exception cref="ApiException">The connection is gone; whether the commands were carried out is not known.</exception>
    public async Task<RespValue[]> ExecuteAsync(CommandBuffer commands, CancellationToken cancellationToken)
    {
        if (commands.Commands == 0) return [];
        var request = new RedisRequest(commands.Commands);
        while (!TryPut(commands, request, out var wait)) await wait.WaitAsync(cancellationToken);
        return await request.Replies.WaitAsync(cancellationToken);
    }

    /// <summary>Sends commands whose answers go to the listener.</summary>
    public void Post(CommandBuffer commands)
    {
        lock (sync)
        {
            if (failure is not null) return;
            unsent.Append(commands);
            Wake();
        }
    }

    /// <summary>Gives the connection up: all who wait for an answer get this failure.</summary>
    public void Fail(ApiException why)
    {
        RedisRequest[] lost;
        TaskCompletionSource? waiting;
        lock (sync)
        {
            if (failure is not null) return;
            failure = why;
            lost = [.. unanswered];
            unanswered.Clear();
            waiting = room;
        }

        stop.Cancel();
        stream.Dispose();
        waiting?.TrySetResult();
        foreach (var request in lost) request.Fail(why);
        closed.TrySetResult(why);
    }

    public async ValueTask DisposeAsync()
    {
        Fail(RedisFailure.Lost(Server, "it was closed here"));
        await loops;
        stop.Dispose();
        wake.Dispose();
    }

    private bool TryPut(CommandBuffer commands, RedisRequest request, out Task wait)
    {
        lock (sync)
        {
            if (failure is not null) throw failure;
            if (unanswered.Count >= MaxUnanswered || (unsent.Length > 0 && unsent.Length + commands.Length > MaxUnsent))
            {
                room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = room.Task;
                return false;
            }

            unsent.Append(commands);
            unanswered.Enqueue(request);
            Wake();
        }

        wait = Task.CompletedTask;
        return true;
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                await wake.WaitAsync(stop.Token);
                lock (sync)
                {
                    (unsent, sending) = (sending, unsent);
                    awake = false;
                    MakeRoom();
                }

                await stream.WriteAsync(sending.Written, stop.Token);
                sending.Clear();
            }
        }
        catch (Exception gone) when (IsGone(gone) || !IsOpen)
        {
            Fail(RedisFailure.Lost(Server, gone.Message.TrimEnd('.'), gone));
        }
    }

    private async Task ReceiveAsync()
    {
        var parser = new RespParser(new RespLimits());
        var buffer = new byte[64 << 10];
        var replies = new List<RespValue>();
        try
        {
            while (await stream.ReadAsync(buffer, stop.Token) is > 0 and var count)
            {
                parser.Feed(buffer.AsSpan(0, count), replies);
                foreach (var reply in replies) OnReply(reply);
                replies.Clear();
            }

            Fail(RedisFailure.Lost(Server, parser.IsWithin ? "the server closed it in the middle of an answer" : "the server closed it"));
        }
        catch (RespException nonsense)
        {
            Fail(nonsense);
        }
        catch (Exception gone) when (IsGone(gone) || !IsOpen)
        {
            Fail(RedisFailure.Lost(Server, gone.Message.TrimEnd('.'), gone));
        }
    }

    private void OnReply(in RespValue reply)
    {
        Action<RespValue>? to;
        RedisRequest? request = null;
        lock (sync)
        {
            to = listener;
            if (to is null && reply.Kind != RespKind.Push && !unanswered.TryPeek(out request) && failure is null)
                throw reply.IsError ? Unasked(reply) : new RespException("an answer came that nobody asked for");
        }

        if (to is not null)
        {
            to(reply);
        }
        else if (request?.Answer(reply) == true)
        {
            lock (sync)
            {
                _ = unanswered.TryDequeue(out _);
                MakeRoom();
            }
        }
    }

    private RespException Unasked(in RespValue reply) => new($"{Server} closed the door: {reply.Text}");

    private void Wake()
    {
        if (awake) return;
        awake = true;
        wake.Release();
    }

    private void MakeRoom()
    {
        room?.TrySetResult();
        room = null;
    }

    private static bool IsGone(Exception e) => e is IOException or OperationCanceledException or ObjectDisposedException or System.Net.Sockets.SocketException;
}
