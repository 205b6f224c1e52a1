using Mts.Core.Market;
using Mts.Simulator.Http;
using Mts.Simulator.Live;

namespace Mts.Simulator.Sockets;

/// <summary>Where the pure venues meet the real time: one lock, one loop that lets them act when something is due, and the clients' sockets.</summary>
internal sealed class Desk(TimeProvider clock) : IVenueSink, IAsyncDisposable
{
    // Below this the frames of neighbouring moments go out together.
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan idle = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly List<ILiveFace> faces = [];
    private readonly HashSet<Client> clients = [];
    private readonly SemaphoreSlim wake = new(0);
    private readonly CancellationTokenSource ending = new();
    private Client? opening;
    private Task loop = Task.CompletedTask;
    private long latest;

    /// <summary>Some client does not read as fast as it is written to.</summary>
    public bool IsCongested => clients.Any(c => c.IsCongested);

    public void Start(IEnumerable<ILiveFace> served)
    {
        faces.AddRange(served);
        loop = Task.Run(() => LoopAsync(ending.Token));
    }

    public void OnFrame(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload, Timestamp sent) => ((Client?)connection.Tag ?? opening)?.Enqueue(kind, payload);

    /// <summary>The answer to a request to connect, and the client that takes what is sent.</summary>
    public (OpenReply? Reply, Client? Client, ILiveFace? Face) Open(IReadOnlyList<ILiveFace> served, string path, string address)
    {
        lock (gate)
        {
            foreach (var face in served)
            {
                opening = new Client();
                if (face.TryOpen(path, address, Now()) is not { } reply) continue;
                if (reply.Connection is { } connection)
                {
                    opening.Connection = connection;
                    connection.Tag = opening;
                    clients.Add(opening);
                }

                wake.Release();
                return (reply, opening, face);
            }

            return (null, null, null);
        }
    }

    public void Receive(ILiveFace face, Client client, ReadOnlySpan<byte> text)
    {
        lock (gate) face.Receive(client.Connection!, text, Now());
        wake.Release();
    }

    public void ReceiveControl(ILiveFace face, Client client, bool isPong, ReadOnlySpan<byte> payload)
    {
        lock (gate) face.ReceiveControl(client.Connection!, isPong, payload, Now());
    }

    public void Leave(ILiveFace face, Client client)
    {
        lock (gate)
        {
            if (clients.Remove(client)) face.Closed(client.Connection!, Now());
        }
    }

    /// <summary>Answers a REST request while nothing moves.</summary>
    public Reply Answer(IReadOnlyList<ILiveFace> served, SimRequest request, Func<Reply> otherwise)
    {
        lock (gate)
        {
            var now = Now();
            foreach (var face in served)
            {
                if (face.TryAnswer(request, now) is { } reply) return reply;
            }

            return otherwise();
        }
    }

    /// <summary>Looks at what the faces keep, while nothing moves.</summary>
    public T Look<T>(Func<T> look)
    {
        lock (gate) return look();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        try
        {
#pragma warning disable VSTHRD003 // The loop is this object's own.
            await loop;
#pragma warning restore VSTHRD003
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for.
        }

        wake.Dispose();
        ending.Dispose();
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            lock (gate)
            {
                var now = Now();
                foreach (var face in faces) face.Advance(now);
                wait = WaitFrom(now);
            }

            await wake.WaitAsync(wait, cancellationToken);
        }
    }

    private TimeSpan WaitFrom(Timestamp now)
    {
        if (clients.Count == 0) return idle;
        var wait = idle;
        foreach (var face in faces)
        {
            if (face.NextEvent is { } next && next - now < wait) wait = next - now;
        }

        return wait > shortest ? wait : shortest;
    }

    // The clock of the machine may step back; the venues' must not.
    private Timestamp Now() => new(latest = Math.Max(latest, Timestamp.Now(clock).Micros));
}

/// <summary>A REST service that shares its markets with live faces.</summary>
internal sealed class LiveService(IService inner, Desk desk, IReadOnlyList<ILiveFace> faces) : IService
{
    public string Name => inner.Name;

    public IReadOnlyList<ILiveFace> Faces => faces;

    public Desk Desk => desk;

    public Reply Answer(SimRequest request) => desk.Answer(faces, request, () => inner.Answer(request));

    public Reply TooManyRequests(long nowMs, int? retryAfterSeconds, int variant) => inner.TooManyRequests(nowMs, retryAfterSeconds, variant);

    public Reply ServerError(int status, long nowMs) => inner.ServerError(status, nowMs);
}
