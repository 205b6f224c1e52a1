using System.Globalization;
using System.Text.Json;

namespace Mts.UnitTests.Cli;

public sealed class OptimizeCommandTests : IDisposable
{
    private readonly CliRun run = new();

    public OptimizeCommandTests() => run.Write("bars.csv", CliRun.DailyBars(200));

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task The_best_is_the_run_that_a_plain_backtest_makes()
    {
        (await RunAsync("--param", "fast=3..12:3", "slow=10,20,30", "--json")).ShouldBe(0, run.Error);
        using var search = JsonDocument.Parse(run.Out);
        var best = search.RootElement.GetProperty("best");

        search.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["run", "trials", "skipped", "feasible", "deflated_sharpe", "deflated_sharpe_of_search", "pbo", "sharpe_interval", "ledger", "best", "guards", "quality", "top", "plateau", "folds", "out_of_sample", "warnings"]);
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
        lines[2].ShouldStartWith("trials ever");
        lines[3].ShouldStartWith("deflated Sharpe");
        lines[4].ShouldStartWith("overfitting (PBO)");
    }

    [Fact]
    public async Task A_fold_is_the_run_that_a_plain_backtest_makes_of_its_dates_and_warm_up()
    {
        (await RunAsync("--param", "fast=3..9:3", "slow=10,20,30", "--walk-forward", "anchored", "--train-days", "100", "--test-days", "40", "--json")).ShouldBe(0, run.Error);
        using var search = JsonDocument.Parse(run.Out);
        var fold = search.RootElement.GetProperty("folds")[1];
        var (outside, test) = (fold.GetProperty("out_of_sample"), fold.GetProperty("test"));

        string[] plain =
        [
            "backtest", "--data", "bars.csv", "--as-of", "2024-12-01", "--symbols", "BTC/USDT", "--interval", "1d", "--strategy", "SmaCross", "--json",
            "--start", test.GetProperty("start").GetString()![..10], "--end", DateTime.Parse(test.GetProperty("end").GetString()![..10], CultureInfo.InvariantCulture).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "--warm-up", outside.GetProperty("warm_up").GetRawText(), "--param", .. fold.GetProperty("params").EnumerateObject().Select(p => $"{p.Name}={p.Value}"),
        ];
        (await run.RunAsync(plain)).ShouldBe(0, run.Error);
        using var single = JsonDocument.Parse(run.Out);
        single.RootElement.GetProperty("metrics").GetRawText().ShouldBe(outside.GetProperty("metrics").GetRawText());
        single.RootElement.GetProperty("run").GetProperty("id").GetString().ShouldBe(outside.GetProperty("run").GetString());
    }

    [Fact]
    public async Task The_ledger_is_shown()
    {
        (await run.RunAsync("report", "trials")).ShouldBe(0, run.Error);
        run.Out.ShouldContain("no search has been made yet");

        (await RunAsync("--param", "fast=3..9:3", "slow=20,30", "--report", "page.html")).ShouldBe(0, run.Error);
        (await run.RunAsync("report", "trials", "--strategy", "smacross", "--json")).ShouldBe(0, run.Error);
        using var shown = JsonDocument.Parse(run.Out);
        var row = shown.RootElement.GetProperty("trials")[0];
        (row.GetProperty("strategy").GetString(), row.GetProperty("searches").GetInt32(), row.GetProperty("trials").GetInt32()).ShouldBe(("SmaCross", 1, 6));
        File.Exists(Path.Combine(run.Folder, "page.html")).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nothing_keeps_the_constraints_the_search_has_failed()
    {
        (await RunAsync("--param", "fast=3..9:3", "--constraint", "trades>=1000", "--json")).ShouldBe(1);

        using var search = JsonDocument.Parse(run.Out);
        search.RootElement.GetProperty("best").ValueKind.ShouldBe(JsonValueKind.Null);
        search.RootElement.GetProperty("top")[0].GetProperty("feasible").GetBoolean().ShouldBeFalse();
        run.Error.ShouldContain("none of 3 trials keeps the constraints");
    }

    [Theory]
    [InlineData("the search space is empty")]
    [InlineData("refuses all 4 combinations", "--param", "fast=30,40", "--param", "slow=20,25")]
    [InlineData("did you mean fast?", "--param", "fats=3..9")]
    [InlineData("--trials is of --search random", "--param", "fast=3..9", "--trials", "5")]
    [InlineData("did you mean sharpe?", "--param", "fast=3..9", "--objective", "sharp")]
    [InlineData("unknown metric 'drawdown'", "--param", "fast=3..9", "--constraint", "drawdown<=0.3")]
    [InlineData("is not METRIC<=NUMBER", "--param", "fast=3..9", "--constraint", "max_drawdown=0.3")]
    [InlineData("20000", "--param", "fast=3..9", "--search", "genetic", "--trials", "20001")]
    [InlineData("exclude one another", "--param", "fast=3..9", "--train", "0.7", "--cv", "purged")]
    [InlineData("--folds is of", "--param", "fast=3..9", "--folds", "3")]
    [InlineData("--train-days", "--param", "fast=3..9", "--walk-forward", "rolling", "--train-days", "50")]
    [InlineData("too short", "--param", "fast=3..9", "--walk-forward", "rolling", "--train-days", "150", "--test-days", "60")]
    [InlineData("--test-folds is of", "--param", "fast=3..9", "--cv", "purged", "--test-folds", "2")]
    [InlineData("not a number from 0.1 to 0.95", "--param", "fast=3..9", "--train", "1.5")]
    [InlineData("grid or random", "--param", "fast=3..9", "--cv", "purged", "--search", "genetic")]
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
