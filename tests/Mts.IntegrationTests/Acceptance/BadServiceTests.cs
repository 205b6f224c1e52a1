using System.Net.Sockets;
using System.Net;
using Mts.Cli;
using Mts.Simulator;
using Mts.Simulator.Faults;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>Services that are down or refuse the key: exit 4 after the retries, and what is stored stays.</summary>
public sealed class BadServiceTests : IDisposable
{
    private const string Everything = "select venue, symbol, interval, timestamp, close from bars order by 1, 2, 3, 4";

    private readonly Desk desk = new() { Clock = ShiftedClock.Midweek() };

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_dead_service_is_exit_4_and_loses_nothing()
    {
        await using var simulator = await StartAsync(FaultPlan.None);
        (await desk.RunAsync("collect --days 20 --symbols BTC ETH")).With(0);
        var before = desk.Query(Everything);

        desk.Variables["MTS__Sources__Binance__SpotAddress"] = $"http://127.0.0.1:{ClosedPort()}/";
        desk.Variables["MTS__Http__RetryDelay"] = "1ms";
        var dead = (await desk.RunAsync("collect --days 40 --symbols BTC ETH --json")).With(4);

        var failed = dead.Document().GetProperty("failed").EnumerateArray().Select(f => f.GetProperty("series").GetString()).ToList();
        failed.ShouldBe(["binance BTC/USDT 1d", "binance ETH/USDT 1d"]);
        dead.Error.ShouldContain("what had arrived is stored");
        desk.Query(Everything).ShouldBe(before);
        (await desk.RunAsync("data verify")).With(0);
        (await desk.RunAsync("backtest --symbols BTC --strategy BuyHold")).With(0);
    }

    [Fact]
    public async Task One_dead_service_does_not_keep_the_other_series_away()
    {
        await using var simulator = await StartAsync(FaultPlan.Parse("coingecko/5xx:1"));
        desk.Variables["MTS__Http__Retries"] = "0";
        (await desk.RunAsync("collect --days 10 --symbols BTC --source coingecko")).With(4);
        (await desk.RunAsync("collect --days 10 --symbols BTC")).With(0);
        desk.Query("select venue, count(*) from bars group by 1").ShouldBe(["binance|10"]);
    }

    [Fact]
    public async Task A_stream_whose_address_is_dead_is_exit_4_naming_the_setting()
    {
        await using var simulator = await StartAsync(FaultPlan.None);
        desk.Variables["MTS__Sources__Binance__StreamAddress"] = $"ws://127.0.0.1:{ClosedPort()}/";
        (await desk.RunAsync("stream --venues binance --markets spot --symbols BTC --duration 1s")).With(4).Error.ShouldContain("its address is sources.binance.streamAddress");
    }

    [Theory]
    [InlineData("wrongwrongwrongwrongwrongwrong00")]
    [InlineData("short")]
    [InlineData("")]
    public async Task A_wrong_key_is_exit_4_naming_the_setting_and_is_not_told(string key)
    {
        await using var simulator = await StartAsync(FaultPlan.None);
        desk.Variables["MTS__Sources__Fred__ApiKey"] = key;

        var refused = await desk.RunAsync("collect-macro --macro-indicators VIX --days 30");

        refused.With(4).Error.ShouldContain("MTS__Sources__Fred__ApiKey");
        if (key.Length > 5) (refused.Error + refused.Out + await File.ReadAllTextAsync(desk.PathOf("logs/mts.log"), TestContext.Current.CancellationToken)).ShouldNotContain(key);
        (await desk.RunAsync("collect --days 3 --symbols BTC")).With(0);
    }

    [Fact]
    public async Task A_series_that_the_service_does_not_know_fails_alone()
    {
        await using var simulator = await StartAsync(FaultPlan.None);

        var partial = (await desk.RunAsync("collect --days 5 --symbols BTC SOL/XYZ ETH --json")).With(4);

        partial.Document().GetProperty("failed").EnumerateArray().Single().GetProperty("series").GetString().ShouldBe("binance SOL/XYZ 1d");
        desk.Query("select symbol, count(*) from bars group by 1 order by 1").ShouldBe(["BTC/USDT|5", "ETH/USDT|5"]);
    }

    [Theory]
    [InlineData("collect --interval 3d --symbols BTC", "binance has no 3d bars; it has 1s")]
    [InlineData("collect --interval 1h --symbols BTC --source coingecko", "coingecko has no 1h bars; it has 4h 1d")]
    public async Task An_interval_that_the_source_lacks_is_told_before_anything_is_asked(string line, string says)
    {
        (await desk.RunAsync(line)).With(2).Error.ShouldContain(says);
    }

    private async Task<SimulatorHost> StartAsync(FaultPlan faults)
    {
        var options = new SimulatorOptions { Limits = RateLimits.None, Clock = ShiftedClock.Midweek(), Faults = faults };
        var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) desk.Variables[name] = value;
        return simulator;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
