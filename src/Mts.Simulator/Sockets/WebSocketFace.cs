using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Mts.Simulator.Live;

namespace Mts.Simulator.Sockets;

/// <summary>Takes an upgrade request from handshake to end. The framing is its own, because a venue's faults begin below what a library would write.</summary>
internal static class WebSocketFace
{
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan drip = TimeSpan.FromMilliseconds(20);

    public static bool IsMeant(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    public static async Task HandleAsync(HttpContext context, LiveService service)
    {
        var path = context.Request.Path.Value + context.Request.QueryString.Value;
        var (reply, client, face) = service.Desk.Open(service.Faces, path, context.Connection.RemoteIpAddress?.ToString() ?? "local");
        if (reply is not { Connection: not null } || client is null || face is null)
        {
            await RefuseAsync(context, reply);
            return;
        }

        try
        {
            await using var stream = await UpgradeAsync(context);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            var writing = WriteAsync(context, stream, client, ending);
            await ReadAsync(stream, service.Desk, face, client, writing, ending.Token);
            client.Finish();
            await writing;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // However it ended, the client is gone.
        }
        finally
        {
            service.Desk.Leave(face, client);
        }
    }

    private static async Task<Stream> UpgradeAsync(HttpContext context)
    {
        var key = context.Request.Headers.SecWebSocketKey.ToString();
        context.Response.Headers.Upgrade = "websocket";
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1.
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
#pragma warning restore CA5350
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private static async Task RefuseAsync(HttpContext context, OpenReply? reply)
    {
        if (reply is { Status: 0 })
        {
            Reset(context);
            return;
        }

        context.Response.StatusCode = reply?.Status ?? 404;
        context.Response.ContentType = reply?.ContentType ?? "text/plain";
        foreach (var (name, value) in reply?.Headers ?? []) context.Response.Headers.Append(name, value);
        await context.Response.WriteAsync(reply?.Body ?? "404 page not found", context.RequestAborted);
    }

    private static async Task ReadAsync(Stream stream, Desk desk, ILiveFace face, Client client, Task writing, CancellationToken cancellationToken)
    {
        var frames = new ClientFrames(stream);
        while (!writing.IsCompleted && await frames.NextAsync(cancellationToken) is var (opcode, payload))
        {
            switch (opcode)
            {
                case 8:
                    // Unless it answers the venue's own close.
                    if (client.Connection!.IsOpen) client.Enqueue(VenueFrame.Close, payload);
                    return;
                case 9 or 10:
                    desk.ReceiveControl(face, client, isPong: opcode == 10, payload);
                    break;
                default:
                    desk.Receive(face, client, payload);
                    break;
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, Stream stream, Client client, CancellationTokenSource ending)
    {
        var cancellationToken = ending.Token;
        while (true)
        {
            var (bytes, marks) = await client.TakeAsync(cancellationToken);
            var (at, doing) = (0, After.Plain);
            foreach (var mark in marks)
            {
                await WriteAsync(stream, bytes[at..mark.At], doing, cancellationToken);
                (at, doing) = (mark.At, mark.What);
                if (doing == After.End)
                {
                    // The client has this long to say goodbye.
                    ending.CancelAfter(patience);
                    return;
                }

                if (doing != After.Reset) continue;
                await stream.FlushAsync(cancellationToken);
                Reset(context);
                return;
            }

            await WriteAsync(stream, bytes[at..], doing, cancellationToken);
        }
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, After how, CancellationToken cancellationToken)
    {
        if (how != After.Drip)
        {
            if (bytes.Length > 0) await stream.WriteAsync(bytes, cancellationToken);
            return;
        }

        for (var at = 0; at < bytes.Length; at += 16)
        {
            await stream.WriteAsync(bytes[at..Math.Min(bytes.Length, at + 16)], cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(drip, TimeProvider.System, cancellationToken);
        }
    }

    private static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) socket.LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
    }
}
