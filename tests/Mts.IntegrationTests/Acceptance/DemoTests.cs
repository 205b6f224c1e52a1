namespace Mts.IntegrationTests.Acceptance;

public sealed class DemoTests
{
    [Fact]
    public async Task Runs_twice_in_one_folder_and_the_second_time_finds_nothing_new()
    {
        using var desk = new Desk { Clock = ShiftedClock.Midweek() };
        var first = await desk.JsonAsync("demo");
        var second = await desk.JsonAsync("demo");

        Collected(first, "inserted").ShouldBeGreaterThan(3_000);
        Collected(second, "inserted").ShouldBe(0);
        Collected(second, "revised").ShouldBe(0);
        foreach (var demo in new[] { first, second })
        {
            foreach (var step in demo.GetProperty("steps").EnumerateArray()) step.GetProperty("exit_code").GetInt32().ShouldBe(0);
        }

        var runs = new[] { first, second }.Select(d => d.GetProperty("steps").EnumerateArray().Last().GetProperty("result").GetRawText()).ToList();
        runs[1].ShouldBe(runs[0]);
    }

    [Fact]
    public async Task Shows_everything_that_it_promises()
    {
        using var desk = new Desk();
        var shown = (await desk.RunProcessAsync("demo")).With(0).Out;
        string[] promised =
        [
            "binance BTC/USDT 1d", "bybit BTC/USDT 1h", "coingecko BTC/USD 1d", "VIXCLS", "DTWEXBGS", "DGS10", "DFF", "BTC/USDT:USDT funding",
            "everything is as it was written", "Signals as of", " LONG: ", "buy and hold", "final equity", "Sharpe", "max drawdown",
        ];
        foreach (var promise in promised) shown.ShouldContain(promise);
        shown.ShouldNotContain("\u001b");
    }

    private static long Collected(System.Text.Json.JsonElement demo, string count) => demo.GetProperty("steps").EnumerateArray()
        .Select(s => s.GetProperty("result")).Where(r => r.TryGetProperty("collected", out _))
        .Sum(r => r.GetProperty("collected").EnumerateArray().Sum(c => c.GetProperty(count).GetInt64()));
}
