using System.Text;
using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Shell;

/// <summary>The sockets and requests of one feed. The feed calls it in its turn; what comes of it is an input of a later turn.</summary>
internal sealed class FeedShell(
    LiveSession session, int number, string name, Uri baseAddress, IFrameTransport transport, IVenueFetch fetch, LiveOptions options, ILogger log) : IFeedShell
{
    private readonly Dictionary<int, FeedSocket> sockets = [];
    private readonly string root = baseAddress.AbsoluteUri.TrimEnd('/');
    private int fetches;

    public int Number => number;

    public IFeedInputs? Feed { get; set; }

    public void Connect(int connection, string path)
    {
        var socket = new FeedSocket(connection, session.Attempt());
        sockets.Add(connection, socket);
        session.Start(_ => RunAsync(socket, new Uri(root + path)));
    }

    public void Send(int connection, ReadOnlySpan<byte> text)
    {
        // A connection may have ended without the feed knowing yet; it will be told.
        if (!sockets.TryGetValue(connection, out var socket) || socket.Connection is null) return;
        session.NoteSent(number, connection, text);
        socket.Connection.Send(text);
    }

    public void Close(int connection, string reason)
    {
        if (sockets.TryGetValue(connection, out var socket)) socket.Close(reason);
    }

    public void Fetch(int number, FetchRequest request)
    {
        var isTooMany = ++fetches > options.MaxFetches;
        session.Start(stop => FetchAsync(number, request, isTooMany, stop));
    }

    /// <summary>Closes what is open, in the session's turn.</summary>
    public void CloseAll()
    {
        foreach (var socket in sockets.Values) socket.Close("the session ends");
    }

    private async Task RunAsync(FeedSocket socket, Uri address)
    {
        IFrameConnection connection;
        try
        {
            connection = await transport.ConnectAsync(address, socket.Token);
        }
        catch (ApiException refused)
        {
            log.LogWarning("{Feed}: connection {Connection} was refused: {Reason}", name, socket.Number, refused.Message);
            End(socket, FeedInputKind.Refused, Wait(refused), refused.Message);
            return;
        }
        catch (OperationCanceledException) when (socket.Token.IsCancellationRequested)
        {
            End(socket, FeedInputKind.Refused, 0, "given up");
            return;
        }

        await using (connection)
        {
            session.Look(() =>
            {
                socket.Connection = connection;
                if (socket.IsClosed) connection.Close("not wanted any more");
                else session.Give(this, FeedInputKind.Opened, socket.Number, 0, default);
            });
            var reason = await ReceiveAsync(socket, connection);
            log.LogInformation("{Feed}: connection {Connection} ended: {Reason}", name, socket.Number, reason);
            End(socket, FeedInputKind.Closed, 0, reason);
        }
    }

    private async Task<string> ReceiveAsync(FeedSocket socket, IFrameConnection connection)
    {
        try
        {
            do
            {
                while (session.GiveFrames(this, socket))
                {
                    // Between two turns others may have theirs.
                }

                // What still comes on a connection that was given up is thrown away until it ends.
                while (socket.IsClosed && connection.TryTake(out _))
                {
                }
            }
            while (await connection.WaitAsync(session.Stopping));
            return connection.Ending ?? "ended";
        }
        catch (ApiException broken)
        {
            return broken.Message;
        }
    }

    private void End(FeedSocket socket, FeedInputKind kind, long value, string reason) => session.Look(() =>
    {
        sockets.Remove(socket.Number);
        if (!socket.IsClosed) session.Give(this, kind, socket.Number, value, Encoding.UTF8.GetBytes(reason));
        socket.Dispose();
    });

    private async Task FetchAsync(int request, FetchRequest what, bool isTooMany, CancellationToken stop)
    {
        try
        {
            if (isTooMany) throw new ApiException(name, $"more than {options.MaxFetches} requests are under way; {what.Kind} of {what.Symbol} was not asked for.");
            var body = await fetch.FetchAsync(what, stop);
            session.Give(this, FeedInputKind.Fetched, request, what.Tag, body.Span);
        }
        catch (Exception failed) when (failed is ApiException or DataValidationException)
        {
            log.LogWarning("{Feed}: {Kind} of {Symbol}: {Reason}", name, what.Kind, what.Symbol, failed.Message);
            session.Give(this, FeedInputKind.FetchFailed, request, Wait(failed), Encoding.UTF8.GetBytes(failed.Message));
        }
        finally
        {
            session.Look(() => fetches--);
        }
    }

    private static long Wait(Exception failure) => failure is ApiRateLimitException { RetryAfter: { } wait } ? wait.Ticks / TimeSpan.TicksPerMicrosecond : 0;
}
