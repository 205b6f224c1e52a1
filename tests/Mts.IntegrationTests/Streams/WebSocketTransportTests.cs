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

    [Fact]
    public async Task Reads_the_same_texts_wherever_the_server_pauses()
    {
        byte[] bytes = [.. Frame(0x81, "first"u8), .. Frame(0x89, "p"u8), .. Frame(0x01, "sec"u8), .. Frame(0x80, "ond"u8), .. Frame(0x88, [0x03, 0xE8])];
        for (var split = 1; split < bytes.Length; split++)
        {
            var (head, tail) = (bytes[..split], bytes[split..]);
            await using var server = RawServer.Upgraded(async (stream, cancellationToken) =>
            {
                await stream.WriteAsync(head, cancellationToken);
                await Task.Yield();
                await stream.WriteAsync(tail, cancellationToken);
            });
            (await TextsAsync(server)).ShouldBe(["first", "second"]);
        }
    }

    [Fact]
    public async Task Says_that_a_connection_was_cut_at_whatever_byte()
    {
        byte[] bytes = [.. Frame(0x81, "first"u8), .. Frame(0x81, new byte[300])];
        for (var length = 0; length < bytes.Length; length += length is > 12 and < 300 ? 29 : 1)
        {
            var head = bytes[..length];
            await using var server = RawServer.Upgraded((stream, cancellationToken) => stream.WriteAsync(head, cancellationToken).AsTask());
            (await Should.ThrowAsync<ApiConnectionException>(() => TextsAsync(server))).Message.ShouldContain("venue: the connection was cut without a close");
        }
    }

    [Fact]
    public async Task Answers_every_ping_with_its_payload()
    {
        await using var server = RawServer.Upgraded(async (stream, cancellationToken) =>
        {
            foreach (var payload in new[] { "", "x", new string('y', 125) })
            {
                await stream.WriteAsync(Frame(0x89, Encoding.ASCII.GetBytes(payload)), cancellationToken);
                var (first, answer) = await RawServer.ReadAsync(stream, cancellationToken);
                first.ShouldBe((byte)0x8A);
                Encoding.ASCII.GetString(answer).ShouldBe(payload);
            }

            await stream.WriteAsync(Frame(0x81, "answered"u8), cancellationToken);
            await stream.WriteAsync(Frame(0x88, default), cancellationToken);
        });
        (await TextsAsync(server)).ShouldBe(["answered"]);
    }

    [Fact]
    public async Task Survives_a_flood_of_pings_from_a_server_that_reads_no_answer()
    {
        await using var server = RawServer.Upgraded(async (stream, cancellationToken) =>
        {
            var ping = Frame(0x89, new byte[125]);
            byte[] many = [.. Enumerable.Repeat(ping, 1_000).SelectMany(p => p)];
            for (var i = 0; i < 200; i++) await stream.WriteAsync(many, cancellationToken);
            await stream.WriteAsync(Frame(0x81, "after"u8), cancellationToken);
            await stream.WriteAsync(Frame(0x88, default), cancellationToken);
        });
        (await TextsAsync(server)).ShouldBe(["after"]);
    }

    [Fact]
    public async Task Finds_a_half_open_connection_though_nothing_says_so()
    {
        await using var server = RawServer.Upgraded((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        (await Should.ThrowAsync<ApiTimeoutException>(() => TextsAsync(server, Quick))).Message.ShouldContain("keepAlive");
    }

    [Fact]
    public async Task Keeps_a_quiet_connection_whose_server_answers_pings()
    {
        await using var server = RawServer.Upgraded(async (stream, cancellationToken) =>
        {
            for (var i = 0; i < 5; i++)
            {
                var (first, payload) = await RawServer.ReadAsync(stream, cancellationToken);
                first.ShouldBe((byte)0x89);
                await stream.WriteAsync(Frame(0x8A, payload), cancellationToken);
            }

            await stream.WriteAsync(Frame(0x88, default), cancellationToken);
        });
        (await TextsAsync(server, Patient with { KeepAlive = TimeSpan.FromSeconds(0.1) })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reads_a_large_message_where_it_is_allowed_and_else_closes_with_1009()
    {
        var message = new string('x', 16 * 1_024 * 1_024);
        byte[] bytes = [0x81, 127, 0, 0, 0, 0, 1, 0, 0, 0, .. Encoding.ASCII.GetBytes(message), 0x88, 0];
        await using var server = RawServer.Upgraded((stream, cancellationToken) => stream.WriteAsync(bytes, cancellationToken).AsTask());
        (await TextsAsync(server, Patient with { MaxFrameBytes = 17 * 1_024 * 1_024 })).ShouldHaveSingleItem().ShouldBe(message);
        (await Should.ThrowAsync<ApiConnectionException>(() => TextsAsync(server))).Message.ShouldContain("1009");
    }

    [Fact]
    public async Task Tells_the_server_with_which_code_it_closes()
    {
        var code = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = RawServer.Upgraded(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(Frame(0x81, [0xC3, 0x28]), cancellationToken); // not UTF-8
            code.SetResult((await RawServer.ReadAsync(stream, cancellationToken)).Payload);
        });
        (await Should.ThrowAsync<ApiConnectionException>(() => TextsAsync(server))).Message.ShouldContain("a text that is not UTF-8");
        (await code.Task.WaitAsync(TestContext.Current.CancellationToken))[..2].ShouldBe([0x03, 0xEF]); // 1007
    }

    [Fact]
    public async Task Puts_a_message_of_one_byte_fragments_together()
    {
        var message = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("äöü€", 2_000)));
        var bytes = new List<byte>();
        for (var i = 0; i < message.Length; i++) bytes.AddRange(Frame((byte)((i == 0 ? 0x01 : 0x00) | (i == message.Length - 1 ? 0x80 : 0)), [message[i]]));
        bytes.AddRange(Frame(0x88, default));
        await using var server = RawServer.Upgraded((stream, cancellationToken) => stream.WriteAsync(bytes.ToArray(), cancellationToken).AsTask());
        Encoding.UTF8.GetBytes((await TextsAsync(server)).ShouldHaveSingleItem()).ShouldBe(message);
    }

    [Fact]
    public async Task Closes_in_due_form_and_takes_no_frame_after_it()
    {
        await using var server = RawServer.Upgraded(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(Frame(0x81, "one"u8), cancellationToken);
            var (first, payload) = await RawServer.ReadAsync(stream, cancellationToken);
            first.ShouldBe((byte)0x88);
            payload.ShouldBe([0x03, 0xE8, .. "enough"u8]);
            await stream.WriteAsync((byte[])[.. Frame(0x81, "two"u8), .. Frame(0x88, payload)], cancellationToken);
        });
        await using var connection = await ConnectAsync(server);
        var texts = new List<string>();
        while (await connection.WaitAsync(TestContext.Current.CancellationToken))
        {
            while (connection.TryTake(out var frame))
            {
                texts.Add(Encoding.UTF8.GetString(frame));
                connection.Close("enough");
            }
        }

        texts.ShouldBe(["one"]);
        connection.Ending.ShouldBe("closed by us with 1000 'enough'");
    }

    [Fact]
    public async Task Waits_only_so_long_for_a_close_to_be_answered()
    {
        await using var server = RawServer.Upgraded((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        await using var connection = await ConnectAsync(server, Quick with { KeepAlive = TimeSpan.FromMinutes(1) });
        connection.Close("enough");
        (await Should.ThrowAsync<ApiTimeoutException>(async () => await connection.WaitAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("closeTimeout");
    }

    [Fact]
    public async Task Gives_up_on_a_server_that_does_not_read()
    {
        await using var server = RawServer.Upgraded((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        await using var connection = await ConnectAsync(server, Patient with { MaxUnsentBytes = 100_000 });
        for (var i = 0; i < 2_000; i++) connection.Send(new byte[10_000]);
        (await Should.ThrowAsync<ApiConnectionException>(async () => await connection.WaitAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("maxUnsentBytes");
    }

    [Fact]
    public async Task Says_what_a_refusal_said()
    {
        await using var server = Refusing("429 Too Many Requests", "Retry-After: 119\r\nContent-Length: 9\r\n", "slow down");
        var refused = await Should.ThrowAsync<ApiRateLimitException>(() => ConnectAsync(server));
        (refused.Status, refused.RetryAfter, refused.Body, refused.IsBan).ShouldBe((429, TimeSpan.FromSeconds(119), "slow down", false));
        refused.Message.ShouldContain("slow down");
    }

    [Theory]
    [InlineData("418 I'm a teapot", "Retry-After: 600\r\nContent-Length: 0\r\n", 418, 600)]
    [InlineData("503 Service Unavailable", "Retry-After: 5\r\nContent-Length: 0\r\n", 503, 5)]
    [InlineData("429 Too Many Requests", "Content-Length: 0\r\n", 429, null)]
    public async Task Passes_on_how_long_to_wait(string status, string headers, int code, int? seconds)
    {
        await using var server = Refusing(status, headers, "");
        var refused = await Should.ThrowAsync<ApiRateLimitException>(() => ConnectAsync(server));
        (refused.Status, refused.RetryAfter?.TotalSeconds, refused.IsBan).ShouldBe((code, seconds, code == 418));
    }

    [Theory]
    [InlineData("302 Found", "Location: ws://elsewhere.test/\r\nContent-Length: 0\r\n", 302, "redirected")]
    [InlineData("404 Not Found", "Content-Length: 0\r\n", 404, "refused with 404")]
    [InlineData("200 OK", "Content-Length: 2\r\n", 200, "refused with 200")]
    [InlineData("101 Switching Protocols", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: c3VyZWx5IG5vdCBpdA==\r\n", 101, "wrong Sec-WebSocket-Accept")]
    [InlineData("101 Switching Protocols", "Connection: Upgrade\r\n", 101, "without 'Upgrade: websocket'")]
    public async Task Refuses_what_is_no_accepted_upgrade(string status, string headers, int code, string complaint)
    {
        await using var server = Refusing(status, headers, "");
        var refused = await Should.ThrowAsync<ApiException>(() => ConnectAsync(server));
        refused.Status.ShouldBe(code);
        refused.Message.ShouldContain(complaint);
    }

    [Fact]
    public async Task Keeps_no_more_than_64_KiB_of_a_refusal_and_does_not_wait_for_its_end()
    {
        await using var server = new RawServer(async (_, _, stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), cancellationToken);
            while (true) await stream.WriteAsync((byte[])[.. "400\r\n"u8, .. Enumerable.Repeat((byte)'x', 1_024), .. "\r\n"u8], cancellationToken);
        });
        (await Should.ThrowAsync<ApiException>(() => ConnectAsync(server))).Body!.Length.ShouldBe(65_536);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 101 Switching")]
    public async Task Gives_a_handshake_only_so_much_time(string beginning)
    {
        await using var server = new RawServer(async (_, _, stream, cancellationToken) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        });
        (await Should.ThrowAsync<ApiTimeoutException>(() => ConnectAsync(server, Quick))).Message.ShouldContain("handshakeTimeout");
    }

    [Fact]
    public async Task Says_that_nobody_is_there()
    {
        var server = new RawServer((_, _, _, _) => Task.CompletedTask);
        await server.DisposeAsync();
        await Should.ThrowAsync<ApiConnectionException>(() => ConnectAsync(server));
    }

    private static StreamOptions Patient => Quick with { HandshakeTimeout = TimeSpan.FromSeconds(30), KeepAlive = TimeSpan.FromMinutes(1), KeepAliveTimeout = TimeSpan.FromMinutes(1), CloseTimeout = TimeSpan.FromSeconds(30) };

    private static RawServer Refusing(string status, string headers, string body) => new((_, _, stream, cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\n{body}"), cancellationToken).AsTask());

    private static byte[] Frame(byte first, ReadOnlySpan<byte> payload) =>
        payload.Length < 126 ? [first, (byte)payload.Length, .. payload] : [first, 126, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];

    private static Task<IFrameConnection> ConnectAsync(RawServer server, StreamOptions? options = null) =>
        new WebSocketTransport("venue", options ?? Patient, TimeProvider.System).ConnectAsync(server.Address, TestContext.Current.CancellationToken);

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
