using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Mts.IntegrationTests.Simulator;

/// <summary>A client socket of the framework against the simulator.</summary>
internal sealed class LiveSocket : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[1 << 20];

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public static async Task<LiveSocket> OpenAsync(Uri address, string path, CancellationToken cancellationToken)
    {
        var client = new LiveSocket();
        await client.socket.ConnectAsync(new Uri(address, path), cancellationToken);
        return client;
    }

    public Task SayAsync(string text, CancellationToken cancellationToken) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);

    /// <summary>The next message, or null after the close.</summary>
    public async Task<JsonElement?> HearAsync(CancellationToken cancellationToken) =>
        await HearTextAsync(cancellationToken) is { } text ? JsonDocument.Parse(text).RootElement : null;

    public async Task<string?> HearTextAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                if (socket.State == WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    /// <summary>The next message that has a property.</summary>
    public async Task<JsonElement> HearAsync(string property, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = (await HearAsync(cancellationToken)).ShouldNotBeNull();
            if (message.TryGetProperty(property, out _)) return message;
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken) => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);

    public void Dispose() => socket.Dispose();
}
