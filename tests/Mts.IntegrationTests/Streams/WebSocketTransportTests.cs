using System.Net.Sockets;
using System.Text;
using Mts.Adapters.Streams;

namespace Mts.IntegrationTests.Streams;

public sealed class WebSocketTransportTests
{
    private static readonly StreamOptions Quick = new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(0.5), KeepAlive = TimeSpan.FromSeconds(0.1), KeepAliveTimeout = TimeSpan.FromSeconds(0.1), CloseTimeout = TimeSpan.FromSeconds(0.2),
    };

    [Fact]
    public async Task Brings_every_text_and_sends_ours()
    {
        await using var server = RawServer.Upgraded(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(Frame(0x81, "one"u8), cancellationToken);
            (byte, byte[] Payload) said = await RawServer.ReadAsync(stream, cancellationToken);
            await stream.WriteAsync(Frame(0x81, said.Payload), cancellationToken);
            await stream.WriteAsync(Frame(0x88, [0x03, 0xE9, .. "bye"u8]), cancellationToken);
            (await RawServer.ReadAsync(stream, cancellationToken)).ShouldSatisfyAllConditions(f => f.First.ShouldBe((byte)0x88), f => f.Payload.ShouldBe([0x03, 0xE9]));
        });
        await using var connection = await ConnectAsync(server);
        var texts = new List<string>();
        var open = true;
        while (open)
        {
            while (connection.TryTake(out var frame))
            {
                texts.Add(Encoding.UTF8.GetString(frame));
                if (texts.Count == 1) connection.Send(Encoding.UTF8.GetBytes(new string('é', 200)));
            }

            open = await connection.WaitAsync(TestContext.Current.CancellationToken);
        }

        texts.ShouldBe(["one", new string('é', 200)]);
        connection.Ending.ShouldBe("closed by the server with 1001 'bye'");
    }

    [Fact]
    public async Task Loses_nothing_that_came_with_the_upgrade()
    {
        await using var server = new RawServer((_, header, stream, cancellationToken) =>
            stream.WriteAsync((byte[])[.. RawServer.Accepting(header), .. Frame(0x81, "early"u8), .. Frame(0x88, default)], cancellationToken).AsTask());
        (await TextsAsync(server)).ShouldBe(["early"]);
    }

    private static byte[] Frame(byte first, ReadOnlySpan<byte> payload) =>
        payload.Length < 126 ? [first, (byte)payload.Length, .. payload] : [first, 126, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];

    private static Task<IFrameConnection> ConnectAsync(RawServer server, StreamOptions? options = null) =>
        new WebSocketTransport("venue", options ?? Quick, TimeProvider.System).ConnectAsync(server.Address, TestContext.Current.CancellationToken);

    private static async Task<List<string>> TextsAsync(RawServer server, StreamOptions? options = null)
    {
        await using var connection = await ConnectAsync(server, options);
        var texts = new List<string>();
        while (await connection.WaitAsync(TestContext.Current.CancellationToken))
        {
            while (connection.TryTake(out var frame)) texts.Add(Encoding.UTF8.GetString(frame));
        }

        return texts;
    }
}
