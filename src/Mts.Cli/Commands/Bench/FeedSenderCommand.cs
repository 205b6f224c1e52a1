using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Bench;

/// <summary><c>mts bench feed-sender</c>: a venue that sends depth messages as fast as they are taken; a process of its own, so that its work is not counted.</summary>
internal static class FeedSenderCommand
{
    public static Command Create(CliHost host)
    {
        var messages = Flags.Whole("--messages", "Messages for each connection.", 300_000, 1, int.MaxValue, "at least 1");
        var rate = Flags.Whole("--rate", "Messages a second, of mixed kinds; 0 for depth alone as fast as it is taken.", 0, 0, 10_000_000, "between 0 and 10000000");
        return new Command("feed-sender", "Sends until it is killed.") { messages, rate }.Hide().Runs(host, async (session, arguments, cancellationToken) =>
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            host.Out.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
            host.Out.Flush();
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                try
                {
                    await WelcomeAsync(client.GetStream(), cancellationToken);
                    if (arguments.GetValue(rate) is > 0 and var perSecond) await PaceAsync(client.GetStream(), arguments.GetValue(messages), perSecond, session.Clock, cancellationToken);
                    else await SendAsync(client.GetStream(), arguments.GetValue(messages), cancellationToken);
                    await EndAsync(client.GetStream(), cancellationToken);
                }
                catch (IOException)
                {
                    // The receiver has seen enough.
                }
            }
        });
    }

    private static Command Hide(this Command command)
    {
        command.Hidden = true;
        return command;
    }

    private static async Task WelcomeAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var key = "";
        using (var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true))
        {
            while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
            {
                if (line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)) key = line[18..].Trim();
            }
        }

#pragma warning disable CA5350 // SHA-1 is what RFC 6455 asks for.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), cancellationToken);
    }

    private static async Task SendAsync(NetworkStream stream, int messages, CancellationToken cancellationToken)
    {
        var depth = new BenchDepth();
        for (var sent = 0; sent < messages;)
        {
            var count = Math.Min(BenchDepth.Block, messages - sent);
            await stream.WriteAsync(depth.Next(count), cancellationToken);
            sent += count;
        }
    }

    /// <summary>Sends what has come due, every few milliseconds.</summary>
    private static async Task PaceAsync(NetworkStream stream, int messages, int perSecond, TimeProvider clock, CancellationToken cancellationToken)
    {
        var mix = new BenchMix();
        var start = clock.GetTimestamp();
        for (var sent = 0; sent < messages;)
        {
            var due = (int)Math.Min(messages, clock.GetElapsedTime(start).TotalSeconds * perSecond);
            for (; sent < due; sent += Math.Min(BenchMix.Block, due - sent)) await stream.WriteAsync(mix.Next(Math.Min(BenchMix.Block, due - sent), clock.GetUtcNow().ToUnixTimeMilliseconds()), cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(2), clock, cancellationToken);
        }
    }

    private static async Task EndAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync((byte[])[0x88, 2, 0x03, 0xE8], cancellationToken);
        // The close is answered; whatever was said before it is read away.
        var rest = new byte[4_096];
        while (await stream.ReadAsync(rest, cancellationToken) > 0)
        {
        }
    }
}
