using System.Globalization;
using System.Text.Json;

namespace Mts.UnitTests.Cli;

public sealed class OptimizeCommandTests : IDisposable
{
    private readonly CliRun run = new();

    public OptimizeCommandTests()
    {
        var (random, close) = (new Random(4), 1_000.0);
        var rows = Enumerable.Range(0, 200).Select(i =>
        {
            var open = close;
            close = Math.Round(open * (1 + ((random.NextDouble() - 0.48) * 0.06)), 2);
            return string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(i):yyyy-MM-dd},{open},{Math.Max(open, close) + 1},{Math.Min(open, close) - 1},{close},10");
        });
        run.Write("bars.csv", "time,open,high,low,close,volume\n" + string.Join('\n', rows) + "\n");
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task The_best_is_the_run_that_a_plain_backtest_makes()
    {
        (await RunAsync("--param", "fast=3..12:3", "slow=10,20,30", "--json")).ShouldBe(0, run.Error);
        using var search = JsonDocument.Parse(run.Out);
        var best = search.RootElement.GetProperty("best");

        search.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["run", "trials", "skipped", "deflated_sharpe", "pbo", "best", "guards", "quality", "top", "warnings"]);
        search.RootElement.GetProperty("trials").GetInt32().ShouldBe(11);
        search.RootElement.GetProperty("skipped").GetInt32().ShouldBe(1); // 12 and 10
        search.RootElement.GetProperty("top").GetArrayLength().ShouldBe(10);

        string[] plain = ["backtest", "--data", "bars.csv", "--as-of", "2024-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "SmaCross", "--json", "--param", .. best.GetProperty("params").EnumerateObject().Select(p => $"{p.Name}={p.Value}")];
        (await run.RunAsync(plain)).ShouldBe(0, run.Error);
        using var single = JsonDocument.Parse(run.Out);
        single.RootElement.GetProperty("metrics").GetRawText().ShouldBe(best.GetProperty("metrics").GetRawText());
        single.RootElement.GetProperty("run").GetProperty("id").GetString().ShouldBe(best.GetProperty("run").GetString());
    }

    [Fact]
    public async Task People_see_first_how_much_is_luck()
    {
        (await RunAsync("--param", "fast=3..9:3", "--param", "slow=20,30", "--search", "random", "--trials", "4", "--seed", "2")).ShouldBe(0, run.Error);

        var lines = run.Out.Split('\n');
        lines[1].ShouldMatch("^trials +4");
        lines[2].ShouldStartWith("deflated Sharpe");
        lines[3].ShouldStartWith("overfitting (PBO)");
    }

    [Theory]
    [InlineData("the search space is empty")]
    [InlineData("refuses all 4 combinations", "--param", "fast=30,40", "--param", "slow=20,25")]
    [InlineData("did you mean fast?", "--param", "fats=3..9")]
    [InlineData("--trials is of --search random", "--param", "fast=3..9", "--trials", "5")]
    [InlineData("'sharp' not recognized", "--param", "fast=3..9", "--objective", "sharp")]
    [InlineData("trials is 0", "--param", "fast=3..9", "--search", "random", "--trials", "0")]
    [InlineData("one --strategy", "--param", "fast=3..9", "--strategy", "BuyHold")]
    public async Task A_search_that_cannot_be_is_a_usage_error(string says, params string[] arguments)
    {
        (await RunAsync(arguments)).ShouldBe(2);

        run.Error.ShouldContain(says);
        run.Out.ShouldBeEmpty();
    }

    private Task<int> RunAsync(params string[] arguments) =>
        run.RunAsync(["optimize", "--data", "bars.csv", "--as-of", "2024-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "SmaCross", .. arguments]);
}
