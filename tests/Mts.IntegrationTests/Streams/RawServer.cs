using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Mts.IntegrationTests.Streams;

/// <summary>A server on a loopback port that does with each connection exactly what it is told, byte by byte.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task run;

    /// <param name="serve">Takes the connection's number, from 1, the request's header and the connection.</param>
    public RawServer(Func<int, string, NetworkStream, CancellationToken, Task> serve)
    {
        listener.Start();
        run = Task.Run(() => AcceptAsync(serve));
    }

    public Uri Address => new($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/stream?x=1");

    /// <summary>A server that accepts the upgrade before it does what it is told.</summary>
    public static RawServer Upgraded(Func<NetworkStream, CancellationToken, Task> serve) => new(async (_, header, stream, cancellationToken) =>
    {
        await stream.WriteAsync(Accepting(header), cancellationToken);
        await serve(stream, cancellationToken);
    });

    public static byte[] Accepting(string header)
    {
        var key = header.Split("\r\n").Single(l => l.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))[18..].Trim();
#pragma warning disable CA5350 // RFC 6455, 4.2.2
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        return Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
    }

    /// <summary>Reads one frame of the client: its first byte, and the payload without the mask.</summary>
    public static async Task<(byte First, byte[] Payload)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[2];
        await stream.ReadExactlyAsync(head, cancellationToken);
        (head[1] & 0x80).ShouldBe(0x80, "a client masks");
        var length = head[1] & 0x7F;
        if (length == 126)
        {
            var longer = new byte[2];
            await stream.ReadExactlyAsync(longer, cancellationToken);
            length = (longer[0] << 8) | longer[1];
        }

        var body = new byte[4 + length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return (head[0], [.. body.Skip(4).Select((b, i) => (byte)(b ^ body[i & 3]))]);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await run;
        stop.Dispose();
    }

    private async Task AcceptAsync(Func<int, string, NetworkStream, CancellationToken, Task> serve)
    {
        var served = new List<Task>();
        try
        {
            for (var n = 1; ; n++) served.Add(ServeAsync(n, await listener.AcceptTcpClientAsync(stop.Token), serve));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(int number, TcpClient client, Func<int, string, NetworkStream, CancellationToken, Task> serve)
    {
        using var taken = client;
        var stream = client.GetStream();
        try
        {
            var header = new List<byte>();
            var one = new byte[1];
            while (!header.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
            {
                if (await stream.ReadAsync(one, stop.Token) == 0) return;
                header.Add(one[0]);
            }

            await serve(number, Encoding.ASCII.GetString([.. header]), stream, stop.Token);
            // An end with something unread would be a reset, which takes back what was sent.
            client.Client.Shutdown(SocketShutdown.Send);
            var rest = new byte[65_536];
            while (await stream.ReadAsync(rest, stop.Token) > 0)
            {
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or SocketException)
        {
            // The client went, or the test is over.
        }
    }
}
