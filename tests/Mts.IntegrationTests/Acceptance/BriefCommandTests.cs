using Mts.Cli;
using Mts.Simulator;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>The command lines of the brief, as they stand there, typed one after another in one folder.</summary>
public sealed class BriefCommandTests
{
    [Theory]
    [InlineData("--server --port 8080")]
    public async Task What_comes_later_says_so(string line)
    {
        using var desk = new Desk();
        (await desk.RunAsync(line)).With(1).Error.ShouldContain("later version");
    }

    [Theory]
    [InlineData("--schedule --collect --interval 30", "collect", "10 series")]
    [InlineData("--schedule --collect-macro --interval 360", "collect-macro", "14 series")]
    public async Task Schedules_run_at_once(string line, string job, string outcome)
    {
        var options = new SimulatorOptions { Limits = RateLimits.None };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        using var desk = new Desk();
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) desk.Variables[name] = value;

        var run = (await desk.RunProcessAsync(line + " --duration 15s")).With(0);

        run.Out.ShouldContain($"{job}, now and every");
        run.Out.ShouldContain(outcome);
    }

    [Fact]
    public async Task Collection_and_backtest_are_typed_as_in_the_brief()
    {
        var options = new SimulatorOptions { Limits = RateLimits.None };
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        using var desk = new Desk();
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) desk.Variables[name] = value;

        (await desk.RunProcessAsync("--collect --days 7")).With(0).Out.ShouldContain("binance BTC/USDT 1d");
        (await desk.RunProcessAsync("--collect-macro --macro-indicators VIX DXY")).With(0).Out.ShouldContain("DTWEXBGS");
        desk.Query("select count(*) from crypto_ohlcv where cryptocurrency = 'bitcoin'").ShouldBe(["7"]);
        desk.Query("select distinct indicator from macro_indicators order by 1").ShouldBe(["DTWEXBGS", "VIXCLS"]);

        // The year of the brief's backtest is not among the last seven days: the answer says what is, and which command fetches the rest.
        const string Backtest = "--symbols bitcoin --start 2023-01-01 --end 2023-12-31 --strategy BuyHoldStrategy";
        var refused = (await desk.RunProcessAsync(Backtest)).With(3).Error;
        refused.ShouldContain("binance BTC/USDT 1d");
        var advice = System.Text.RegularExpressions.Regex.Match(refused, "`mts (?<command>collect [^`]+)`", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["command"].Value;
        (await desk.RunProcessAsync(advice)).With(0);

        (await desk.RunProcessAsync(Backtest)).With(0).Out.ShouldContain("2023-01-01T00:00:00Z to 2024-01-01T00:00:00Z, 365 bars");
    }
}
