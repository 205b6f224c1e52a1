using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Mts.Simulator;
using Mts.Simulator.Faults;
using Mts.Simulator.Live;

namespace Mts.IntegrationTests.Simulator;

public sealed class SocketTests
{
    private static readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Snapshot_and_diffs_over_sockets_meet_by_id_and_give_the_books_best_quotes()
    {
        await using var sim = await StartAsync();
        using var http = new HttpClient();
        using var socket = await LiveSocket.OpenAsync(sim.BinanceSpotSocket, "/stream?streams=btcusdt@depth@100ms", cancellationToken);
        var first = (await socket.HearAsync("stream", cancellationToken)).GetProperty("data");
        var snapshot = JsonDocument.Parse(await http.GetStringAsync(new Uri(sim.BinanceSpot, "/api/v3/depth?symbol=BTCUSDT&limit=1000"), cancellationToken)).RootElement;
        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        id.ShouldBeGreaterThanOrEqualTo(first.GetProperty("U").GetInt64());
        snapshot.GetProperty("bids").GetArrayLength().ShouldBeGreaterThan(250);
        var last = first.GetProperty("u").GetInt64();
        for (var bridged = last >= id; !bridged;)
        {
            var diff = (await socket.HearAsync("stream", cancellationToken)).GetProperty("data");
            diff.GetProperty("U").GetInt64().ShouldBe(last + 1);
            last = diff.GetProperty("u").GetInt64();
            if (last < id + 1) continue;
            diff.GetProperty("U").GetInt64().ShouldBeLessThanOrEqualTo(id + 1);
            bridged = true;
        }

        await socket.CloseAsync(cancellationToken);
        sim.LiveEntries.Select(e => e.Event).ShouldContain(VenueEvent.Snapshot);
    }

    [Fact]
    public async Task Subscriptions_are_acknowledged_and_deliver()
    {
        await using var sim = await StartAsync();
        using var spot = await LiveSocket.OpenAsync(sim.BinanceSpotSocket, "/ws", cancellationToken);
        await spot.SayAsync("""{"method":"SUBSCRIBE","params":["ethusdt@bookTicker"],"id":7}""", cancellationToken);
        (await spot.HearAsync("id", cancellationToken)).GetRawText().ShouldBe("""{"result":null,"id":7}""");
        (await spot.HearAsync("A", cancellationToken)).GetProperty("s").GetString().ShouldBe("ETHUSDT");

        using var linear = await LiveSocket.OpenAsync(sim.BybitSocket, "/v5/public/linear", cancellationToken);
        await linear.SayAsync("""{"req_id":"1","op":"subscribe","args":["orderbook.50.BTCUSDT"]}""", cancellationToken);
        var book = await linear.HearAsync("topic", cancellationToken);
        book.GetProperty("type").GetString().ShouldBe("snapshot");
        book.GetProperty("data").GetProperty("b").GetArrayLength().ShouldBe(50);
        (await linear.HearAsync("topic", cancellationToken)).GetProperty("data").GetProperty("u").GetInt64().ShouldBe(book.GetProperty("data").GetProperty("u").GetInt64() + 1);
        await linear.SayAsync("""{"op":"ping"}""", cancellationToken);
        (await linear.HearAsync("ret_msg", cancellationToken)).GetProperty("success").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_frameworks_pongs_keep_a_connection_alive_and_its_end_comes_on_time()
    {
        var live = new LiveOptions { Levels = 50, Pings = (TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(3)), ConnectionLife = TimeSpan.FromSeconds(4) };
        await using var sim = await StartAsync(live: live);
        using var socket = await LiveSocket.OpenAsync(sim.BinanceSpotSocket, "/ws/btcusdt@depth@100ms", cancellationToken);
        while (await socket.HearTextAsync(cancellationToken) is not null)
        {
            // Until the end of its life, which a client without pongs would not see.
        }

        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        sim.LiveEntries.ShouldNotContain(e => e.Event == VenueEvent.Violation);
    }

    [Fact]
    public async Task A_cut_frame_is_an_error_in_the_middle_of_a_message()
    {
        await using var sim = await StartAsync("ws-cut@0.3s");
        using var socket = await LiveSocket.OpenAsync(sim.BinanceSpotSocket, "/ws/btcusdt@depth@100ms", cancellationToken);
        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            while (await socket.HearTextAsync(cancellationToken) is not null)
            {
                // Frames before the cut.
            }
        });
        sim.LiveEntries.Count(e => e.Fault == FaultKind.CutFrame).ShouldBe(1);
    }

    [Theory]
    [InlineData("ws-429:1", "429")]
    [InlineData("ws-503:1", "503")]
    [InlineData("ws-html:1", "200")]
    public async Task A_refused_upgrade_says_why(string plan, string status)
    {
        await using var sim = await StartAsync(plan);
        var failure = await Should.ThrowAsync<WebSocketException>(() => LiveSocket.OpenAsync(sim.BybitSocket, "/v5/public/spot", cancellationToken));
        failure.Message.ShouldContain(status);
    }

    [Fact]
    public async Task A_refused_connection_is_reset_and_an_accepted_one_may_be_closed_at_once()
    {
        await using var refusing = await StartAsync("ws-refuse:1");
        var failure = await Should.ThrowAsync<WebSocketException>(() => LiveSocket.OpenAsync(refusing.BinanceSpotSocket, "/ws", cancellationToken));
        (failure.GetBaseException() is SocketException or HttpIOException).ShouldBeTrue(failure.ToString());

        await using var closing = await StartAsync("ws-accept-close:1");
        using var socket = await LiveSocket.OpenAsync(closing.BinanceUsdmSocket, "/market/ws/btcusdt@aggTrade", cancellationToken);
        (await socket.HearTextAsync(cancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_dripping_frame_arrives_whole()
    {
        await using var sim = await StartAsync("ws-drip@0s");
        using var socket = await LiveSocket.OpenAsync(sim.BinanceSpotSocket, "/ws/btcusdt@depth@100ms", cancellationToken);
        (await socket.HearAsync(cancellationToken)).ShouldNotBeNull().GetProperty("e").GetString().ShouldBe("depthUpdate");
    }

    internal static Task<SimulatorHost> StartAsync(string faults = "", LiveOptions? live = null) => SimulatorHost.StartAsync(
        new SimulatorOptions { Limits = RateLimits.None, Faults = FaultPlan.Parse(faults), Live = live ?? new LiveOptions { Levels = 300 } }, cancellationToken);
}
