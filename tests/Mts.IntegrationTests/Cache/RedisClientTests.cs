using System.Net;
using System.Net.Sockets;
using System.Text;
using Mts.Storage.Cache.Redis;

namespace Mts.IntegrationTests.Cache;

public sealed class RedisClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_callers_on_one_connection_each_get_their_own_answers()
    {
        await using var server = await RedisServer.StartAsync(Cancellation);
        await using var client = Client(server.Options);
        var callers = Enumerable.Range(0, 32).Select(caller => Task.Run(
            async () =>
            {
                var random = new Random(caller);
                for (var i = 0; i < 300; i++)
                {
                    var commands = new CommandBuffer();
                    var expected = Enumerable.Range(0, random.Next(1, 20)).Select(n => $"{caller}/{i}/{n}/{new string('x', random.Next(200))}").ToList();
                    foreach (var text in expected) commands.Command("ECHO", text);
                    (await client.ExecuteAsync(commands, Cancellation)).Select(r => r.Text).ShouldBe(expected);
                }
            },
            Cancellation));

        await Task.WhenAll(callers);
        client.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task More_than_fits_waits_its_turn_and_nothing_is_lost()
    {
        await using var server = await RedisServer.StartAsync(Cancellation);
        await using var client = Client(server.Options);
        await server.FreezeAsync(Cancellation);
        var commands = new CommandBuffer().Command("SET", "key", new string('x', 1 << 20)).Command("INCR", "count");
        var calls = Enumerable.Range(0, 40).Select(_ => client.ExecuteAsync(commands, Cancellation)).ToList();
        await server.ThawAsync(Cancellation);

        await Task.WhenAll(calls);
        (await server.AskAsync(Cancellation, "GET", "count")).Text.ShouldBe("40");
    }

    [Fact]
    public async Task A_cancelled_call_leaves_the_order_of_the_others()
    {
        await using var server = await RedisServer.StartAsync(Cancellation);
        await using var client = Client(server.Options);
        await client.ExecuteAsync(new CommandBuffer().Command("PING"), Cancellation);
        using var cancelled = new CancellationTokenSource();
        var blocked = client.ExecuteAsync(new CommandBuffer().Command("BLPOP", "list", "0"), cancelled.Token);
        var after = client.ExecuteAsync(new CommandBuffer().Command("ECHO", "mine"), Cancellation);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => blocked);
        await server.AskAsync(Cancellation, "RPUSH", "list", "not mine");

        (await after)[0].Text.ShouldBe("mine");
        client.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_password_or_with_a_wrong_one_it_says_so_and_tells_none()
    {
        await using var server = await RedisServer.StartAsync(Cancellation, "--requirepass", "correct-horse", "--user", "mts", "on", ">battery-staple", "~*", "&*", "+@all");
        string At(string user) => $"redis://{user}127.0.0.1:{server.Port}";

        var missing = await RefusalAsync(At(""));
        (missing.Code, missing.IsTransient).ShouldBe(("NOAUTH", false));
        missing.Message.ShouldContain("asks for a password");
        var wrong = await RefusalAsync(At(":wrong-horse@"));
        (wrong.Code, wrong.IsTransient).ShouldBe(("WRONGPASS", false));
        wrong.Message.ShouldContain($"127.0.0.1:{server.Port} refuses this user and password");
        wrong.ToString().ShouldNotContain("wrong-horse");
        (await RefusalAsync(At("nobody:battery-staple@"))).Code.ShouldBe("WRONGPASS");

        (await PingAsync(RedisServer.Patient(At(":correct-horse@")))).ShouldBe("PONG");
        (await PingAsync(RedisServer.Patient(At("mts:battery-staple@")))).ShouldBe("PONG");
        (await PingAsync(RedisServer.Patient(At("mts:old@")) with { Password = "battery-staple" })).ShouldBe("PONG");
    }

    [Fact]
    public async Task Databases_are_apart_and_one_that_is_not_there_is_named()
    {
        await using var server = await RedisServer.StartAsync(Cancellation, "--databases", "4");
        RedisOptions At(int database) => RedisServer.Patient($"redis://127.0.0.1:{server.Port}/{database}");
        await RedisServer.AskAsync(At(3), Cancellation, "SET", "key", "three");

        (await RedisServer.AskAsync(At(3), Cancellation, "GET", "key")).Text.ShouldBe("three");
        (await RedisServer.AskAsync(At(0), Cancellation, "GET", "key")).Kind.ShouldBe(RespKind.Null);
        (await Should.ThrowAsync<ApiException>(() => PingAsync(At(4)))).Message.ShouldContain("has no database of that number");
    }

    [Theory]
    [InlineData("DEBUG", "SLEEP", "4")]
    [InlineData("CLIENT", "PAUSE", "4000")]
    public async Task An_answer_that_does_not_come_in_time_ends_the_connection_and_the_next_call_makes_another(params string[] command)
    {
        await using var server = await RedisServer.StartAsync(Cancellation);
        await using var client = Client(server.Options with { CommandTimeout = TimeSpan.FromSeconds(2) });
        await server.AskAsync(Cancellation, "SET", "key", "value");

        var late = await Should.ThrowAsync<ApiTimeoutException>(async () =>
        {
            await client.ExecuteAsync(new CommandBuffer().Command(command), Cancellation);
            await client.ExecuteAsync(new CommandBuffer().Command("GET", "key"), Cancellation);
        });

        late.Message.ShouldContain("did not answer within 2000 ms");
        var before = client.Connections;
        await Until.HoldsAsync(async () => await TryGetAsync(client) == "value", Cancellation);
        client.Connections.ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task A_killed_server_fails_calls_at_once_and_is_found_again_when_it_returns()
    {
        await using var server = await RedisServer.StartAsync(Cancellation);
        await using var client = Client(server.Options);
        var blocked = client.ExecuteAsync(new CommandBuffer().Command("BLPOP", "list", "0"), Cancellation);
        await Until.HoldsAsync(async () => (await server.AskAsync(Cancellation, "INFO", "clients")).Text.Contains("blocked_clients:1", StringComparison.Ordinal), Cancellation);
        server.Kill();

        (await Should.ThrowAsync<ApiConnectionException>(() => blocked)).Message.ShouldContain("was lost");
        (await Should.ThrowAsync<ApiConnectionException>(() => client.ExecuteAsync(new CommandBuffer().Command("PING"), Cancellation))).Message.ShouldContain("cannot be reached: Connection refused");
        await server.StartAgainAsync(Cancellation);
        await Until.HoldsAsync(async () => await TryGetAsync(client) is not null, Cancellation);
        client.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_full_server_refuses_values_and_says_what_to_do()
    {
        await using var server = await RedisServer.StartAsync(Cancellation, "--maxmemory", "1mb");
        var full = await Should.ThrowAsync<ApiException>(async () =>
        {
            for (var i = 0; i < 100; i++) await server.AskAsync(Cancellation, "SET", $"key:{i}", new string('x', 100_000));
        });
        (full.Code, full.IsTransient).ShouldBe(("OOM", true));
        full.Message.ShouldContain("raise its maxmemory");
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "none of the protocol")]
    [InlineData("$99999999999\r\n", "99999999999 bytes")]
    [InlineData("-DENIED Redis is running in protected mode\r\n", "protected mode")]
    [InlineData("-ERR max number of clients reached\r\n", "too many clients")]
    [InlineData("", "the server closed it")]
    [InlineData("$100\r\nhalf", "in the middle of an answer")]
    public async Task Whoever_answers_there_and_is_no_redis_is_named(string answer, string said)
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var serving = Task.Run(
            async () =>
            {
                using var visitor = await stranger.AcceptSocketAsync(Cancellation);
                await visitor.ReceiveAsync(new byte[1_000], Cancellation);
                await visitor.SendAsync(Encoding.UTF8.GetBytes(answer), Cancellation);
                visitor.Shutdown(SocketShutdown.Send);
                while (await visitor.ReceiveAsync(new byte[1_000], Cancellation) > 0)
                {
                }
            },
            Cancellation);

        var wrong = await Should.ThrowAsync<ApiException>(() => PingAsync(RedisServer.Patient($"redis://127.0.0.1:{((IPEndPoint)stranger.LocalEndpoint).Port}")));
        wrong.Message.ShouldContain(said);
        await serving;
    }

    [Fact]
    public async Task An_old_server_that_knows_only_the_second_version_is_spoken_to_in_it()
    {
        using var old = new TcpListener(IPAddress.Loopback, 0);
        old.Start();
        var heard = new List<string>();
        var serving = Task.Run(
            async () =>
            {
                using var visitor = await old.AcceptSocketAsync(Cancellation);
                var parser = new RespParser(new RespLimits());
                var buffer = new byte[1_000];
                while (await visitor.ReceiveAsync(buffer, Cancellation) is > 0 and var count)
                {
                    var commands = new List<RespValue>();
                    parser.Feed(buffer.AsSpan(0, count), commands);
                    foreach (var text in commands.Select(c => string.Join(' ', c.Items!.Select(i => i.Text))))
                    {
                        heard.Add(text);
                        await visitor.SendAsync(Encoding.UTF8.GetBytes(text.StartsWith("HELLO", StringComparison.Ordinal) ? "-ERR unknown command 'HELLO'\r\n" : "+OK\r\n"), Cancellation);
                    }
                }
            },
            Cancellation);

        (await PingAsync(RedisServer.Patient($"redis://mts:secret@127.0.0.1:{((IPEndPoint)old.LocalEndpoint).Port}/2"))).ShouldBe("OK");
        await serving;
        heard.ShouldBe(["HELLO 3 AUTH mts secret SETNAME mts", "AUTH mts secret", "SELECT 2", "PING"]);
    }

    private static RedisClient Client(RedisOptions options) => new(options, TimeProvider.System, new Random(1));

    private static async Task<string> PingAsync(RedisOptions options) => (await RedisServer.AskAsync(options, Cancellation, "PING")).Text;

    private static Task<ApiException> RefusalAsync(string address) => Should.ThrowAsync<ApiException>(() => PingAsync(RedisServer.Patient(address)));

    // Null while there is no answer; empty where the key is missing.
    private static async Task<string?> TryGetAsync(RedisClient client)
    {
        try
        {
            return (await client.ExecuteAsync(new CommandBuffer().Command("GET", "key"), Cancellation))[0].Text;
        }
        catch (ApiException)
        {
            return null;
        }
    }
}
