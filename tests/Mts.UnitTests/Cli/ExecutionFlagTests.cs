using System.Globalization;
using System.Text.Json;

namespace Mts.UnitTests.Cli;

public sealed class ExecutionFlagTests : IDisposable
{
    private readonly CliRun run = new();

    public ExecutionFlagTests()
    {
        run.Write("days.csv", Bars(60, TimeSpan.FromDays(1)));
        run.Write("hours.csv", Bars(360, TimeSpan.FromHours(4)));
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task How_orders_meet_prices_stands_in_the_run_where_it_is_not_as_usual()
    {
        var plain = await JsonAsync("--data", "days.csv");
        plain.GetProperty("run").TryGetProperty("execution", out _).ShouldBeFalse();

        var other = await JsonAsync("--data", "days.csv", "--volume-share", "0.25", "--order-latency", "250ms", "--feed-latency", "2s", "--limit-fill", "touch");
        other.GetProperty("run").GetProperty("execution").GetRawText()
            .ShouldBe("""{"finer":null,"volume_share":0.25,"order_latency_seconds":0.25,"feed_latency_seconds":2,"limit_fill":"touch"}""");
        other.GetProperty("run").GetProperty("id").GetString().ShouldNotBe(plain.GetProperty("run").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Finer_bars_are_those_of_the_store()
    {
        foreach (var (file, interval) in new[] { ("days.csv", "1d"), ("hours.csv", "4h") })
            (await run.RunAsync("data", "import", file, "--symbol", "BTC/USDT", "--venue", "mine", "--interval", interval, "--as-of", "2024-12-01")).ShouldBe(0, run.Error);
        var finer = await JsonAsync("--venue", "mine", "--symbols", "BTC/USDT", "--finer", "4h");
        finer.GetProperty("run").GetProperty("execution").GetProperty("finer").GetString().ShouldBe("4h");
        finer.GetProperty("warnings").EnumerateArray().ShouldNotContain(w => w.GetString()!.Contains("4h"));

        (await RunAsync("--venue", "mine", "--symbols", "BTC/USDT", "--finer", "1h")).ShouldBe(3);
        run.Error.ShouldContain("mts collect --symbols BTC/USDT --interval 1h");
    }

    [Theory]
    [InlineData("does not go with --data", "--finer", "1h")]
    [InlineData("--volume-share: '2'", "--volume-share", "2")]
    [InlineData("--order-latency: 'soon'", "--order-latency", "soon")]
    [InlineData("order-latency in seconds is 172800", "--order-latency", "2d")]
    [InlineData("'never' not recognized", "--limit-fill", "never")]
    public async Task What_cannot_be_is_a_usage_error(string says, params string[] arguments)
    {
        (await RunAsync(["--data", "days.csv", .. arguments])).ShouldBe(2, run.Out);
        run.Error.ShouldContain(says);
        run.Out.ShouldBeEmpty();
    }

    private static string Bars(int count, TimeSpan length) => "time,open,high,low,close,volume\n" + string.Join('\n', Enumerable.Range(0, count).Select(i =>
    {
        var days = length.TotalDays;
        var (open, close) = (100 + (10 * Math.Sin(i * days / 5)), 100 + (10 * Math.Sin((i + 1) * days / 5)));
        return string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc) + (i * length):yyyy-MM-ddTHH:mm:ssZ},{open:0.00},{Math.Max(open, close) + 1:0.00},{Math.Min(open, close) - 1:0.00},{close:0.00},100000");
    })) + "\n";

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        (await RunAsync([.. arguments, "--json"])).ShouldBe(0, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }

    private Task<int> RunAsync(params string[] arguments) =>
        run.RunAsync(["backtest", .. arguments, .. arguments.Contains("--data") ? ["--as-of", "2024-12-01"] : Array.Empty<string>(), "--interval", "1d", "--strategy", "SmaCross", "--param", "fast=2", "slow=5"]);
}
