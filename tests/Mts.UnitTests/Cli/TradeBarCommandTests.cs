using System.Globalization;
using System.Text.Json;

namespace Mts.UnitTests.Cli;

public sealed class TradeBarCommandTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Trades_become_bars_and_a_backtest_runs_on_them()
    {
        // A thousand trades a second apart; every ten of them are a bar, the last ten are not proven to be one.
        run.Write("trades.csv", "time,price,quantity\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{1_704_067_200 + i},{100 + (i % 50)},0.5\n"))));
        var made = await JsonAsync(0, "data", "bars", "--from", "trades.csv", "--kind", "tick", "--size", "10", "--out", "bars.csv");
        (made.GetProperty("trades").GetInt32(), made.GetProperty("bars").GetInt32(), made.GetProperty("trades_left").GetInt32()).ShouldBe((1_000, 99, 10));

        var result = await JsonAsync(0, "backtest", "--data", "bars.csv", "--symbols", "BTC/USDT", "--strategy", "SmaCross", "--param", "fast=2", "--param", "slow=4");
        result.GetProperty("run").GetProperty("series")[0].GetProperty("interval").GetString().ShouldBe("irregular");
        result.GetProperty("metrics").GetProperty("bars").GetInt32().ShouldBe(99);
        result.GetProperty("trades").GetArrayLength().ShouldBeGreaterThan(5);
        result.GetProperty("run").GetProperty("end").GetString().ShouldBe("2024-01-01T00:16:29Z");
    }

    [Fact]
    public async Task Trades_come_of_files_or_of_a_recording()
    {
        (await run.RunAsync("data", "bars", "--kind", "tick", "--size", "10", "--out", "bars.csv")).ShouldBe(2);
        run.Error.ShouldContain("give either --from FILE or --recorded MARKET");
        (await run.RunAsync("data", "bars", "--recorded", "BTC/USDT", "--kind", "tick", "--size", "10", "--out", "bars.csv")).ShouldBe(3);
        run.Error.ShouldContain("there is no raw journal in");
    }

    [Theory]
    [InlineData(2, "--size: 'x' is not a number", "x", "trades.csv")]
    [InlineData(2, "it must lie between", "0", "trades.csv")]
    [InlineData(3, "make no whole bar", "5000", "trades.csv")]
    [InlineData(2, "there is no file", "10", "other.csv")]
    public async Task Bad_input_is_told(int exitCode, string expected, string size, string file)
    {
        run.Write("trades.csv", "time,price,quantity\n1704067200,1,1\n1704067201,2,1\n");
        (await run.RunAsync("data", "bars", "--from", file, "--kind", "tick", "--size", size, "--out", "bars.csv")).ShouldBe(exitCode, run.Error);
        run.Error.ShouldContain(expected);
        File.Exists(Path.Combine(run.Folder, "bars.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task Features_are_written_by_the_time_at_which_they_were_known()
    {
        run.Write("btc.csv", "timestamp,open,high,low,close,volume\n" + string.Concat(Enumerable.Range(1, 9).Select(d => $"2024-01-0{d},100,120,90,{100 + d},2\n")));
        (await run.RunAsync("data", "import", "btc.csv", "--symbol", "BTC/USDT", "--venue", "binance", "--as-of", "2024-01-10")).ShouldBe(0, run.Error);
        var made = await JsonAsync(0, "data", "features", "--symbols", "BTC", "--features", "close", "sma:3", "close@3d", "--out", "features.csv");
        made.GetProperty("rows").GetInt32().ShouldBe(9);
        made.GetProperty("columns").EnumerateArray().Select(c => c.GetString()).ShouldBe(["close", "sma_3", "close_3d"]);

        var lines = await File.ReadAllLinesAsync(Path.Combine(run.Folder, "features.csv"), TestContext.Current.CancellationToken);
        lines[..4].ShouldBe(["known_time,asset,symbol,close,sma_3,close_3d", "2024-01-02T00:00:00Z,bitcoin,BTC/USDT,101,,", "2024-01-03T00:00:00Z,bitcoin,BTC/USDT,102,,", "2024-01-04T00:00:00Z,bitcoin,BTC/USDT,103,102,"]);
        (await run.RunAsync("data", "features", "--symbols", "BTC", "--features", "returns", "--out", "f.csv")).ShouldBe(2, run.Error);
        run.Error.ShouldContain("returns:N");
    }

    private async Task<JsonElement> JsonAsync(int exitCode, params string[] arguments)
    {
        (await run.RunAsync([.. arguments, "--json"])).ShouldBe(exitCode, run.Error);
        return JsonDocument.Parse(run.Out).RootElement;
    }
}
