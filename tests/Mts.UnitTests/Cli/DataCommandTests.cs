using System.Text.Json;

namespace Mts.UnitTests.Cli;

/// <summary>The verbs over a store that an imported file fills: twelve days of which one is missing.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly CliRun run = new();

    public DataCommandTests()
    {
        var days = Enumerable.Range(1, 12).Where(d => d != 6);
        run.Write("btc.csv", "timestamp,open,high,low,close,volume\n" + string.Concat(days.Select(d => $"2024-01-{d:00},{100 + d},{105 + d},{95 + d},{101 + d},2.5\n")));
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Import_counts_every_row_and_the_gap()
    {
        var root = await ImportAsync();

        root.GetProperty("rows_read").GetInt32().ShouldBe(11);
        root.GetProperty("accepted").GetInt32().ShouldBe(11);
        root.GetProperty("missing_bars").GetInt32().ShouldBe(1);
        root.GetProperty("gaps")[0].GetProperty("from").GetString().ShouldBe("2024-01-06T00:00:00Z");
        root.GetProperty("last_bar").GetString().ShouldBe("unproven");
        root.GetProperty("stored").GetProperty("inserted").GetInt32().ShouldBe(11);
        (await ImportAsync()).GetProperty("stored").GetProperty("unchanged").GetInt32().ShouldBe(11);
    }

    [Fact]
    public async Task Status_shows_coverage_and_holes()
    {
        await ImportAsync();

        var bars = (await JsonAsync(0, "data", "status")).GetProperty("bars")[0];

        bars.GetProperty("bars").GetInt32().ShouldBe(11);
        bars.GetProperty("coverage").GetDouble().ShouldBe(11.0 / 12);
        bars.GetProperty("holes")[0].GetProperty("bars").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_folder_has_no_data_and_says_how_to_get_some()
    {
        (await run.RunAsync("data", "status")).ShouldBe(3);
        run.Error.ShouldContain("mts collect");
        Directory.Exists(Path.Combine(run.Folder, "data")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_exported_imports_back_equal()
    {
        await ImportAsync();
        (await run.RunAsync("data", "export", "--symbol", "BTC", "--out", "out.csv.gz")).ShouldBe(0, run.Error);

        var again = await JsonAsync(0, "data", "import", "out.csv.gz", "--symbol", "BTC/USDT", "--venue", "mine", "--interval", "1d");

        again.GetProperty("stored").GetProperty("unchanged").GetInt32().ShouldBe(11);
    }

    [Fact]
    public async Task Work_leaves_one_metrics_line_per_run()
    {
        await ImportAsync();

        var lines = await File.ReadAllLinesAsync(Path.Combine(run.Folder, "logs", "mts.log"), TestContext.Current.CancellationToken);

        lines.Where(l => l.Contains("Mts.Metrics", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldMatch("run verb=data import exit=0 seconds=.* accepted=11 .*rows_read=11");
    }

    [Fact]
    public async Task A_gap_is_refused_and_named_unless_allowed()
    {
        await ImportAsync();

        (await run.RunAsync("backtest", "--symbols", "BTC", "--strategy", "BuyHold")).ShouldBe(3);
        run.Error.ShouldContain("2024-01-06");
        run.Error.ShouldContain("--allow-gaps");
        var result = await JsonAsync(0, "backtest", "--symbols", "BTC", "--strategy", "BuyHold", "--allow-gaps");
        result.GetProperty("warnings").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Buy_and_hold_is_what_the_hand_calculates()
    {
        await ImportAsync();

        // Signal at the close of the 1st, fill at the open of the 2nd: 102 with 5 bps slippage is 102.051; with 10 bps fee a unit costs 102.153051.
        // 100000 / 102.153051 = 978.92328227…; five days later the close is 106.
        var result = await JsonAsync(0, "backtest", "--symbols", "BTC", "--strategy", "BuyHold", "--start", "2024-01-01", "--end", "2024-01-05");

        var open = result.GetProperty("open_positions")[0];
        open.GetProperty("entry_price").GetDecimal().ShouldBe(102.051m);
        open.GetProperty("quantity").GetDecimal().ShouldBe(978.92328777m, 0.0001m);
        result.GetProperty("metrics").GetProperty("final_equity").GetDecimal().ShouldBe(978.92328777m * 106, 0.01m);
    }

    [Fact]
    public async Task The_same_run_is_equal_byte_for_byte_and_is_kept()
    {
        await ImportAsync();
        string[] command = ["backtest", "--symbols", "BTC", "--strategy", "SmaCross", "--param", "fast=1", "slow=2", "--allow-gaps", "--json"];

        await run.RunAsync(command);
        var first = run.Out;
        await run.RunAsync(command);

        run.Out.ShouldBe(first);
        Directory.GetFiles(Path.Combine(run.Folder, "data", "runs"), "*.json").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_is_judged_without_a_store()
    {
        var result = await JsonAsync(0, "backtest", "--data", "btc.csv", "--strategy", "BuyHold", "--end", "2024-01-05");

        result.GetProperty("metrics").GetProperty("bars").GetInt32().ShouldBe(5);
        Directory.Exists(Path.Combine(run.Folder, "data")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("backtest --symbols bitconi --strategy BuyHold", 2, "did you mean bitcoin?")]
    [InlineData("backtest --symbols BTC --strategy Buyhodl", 2, "did you mean BuyHold?")]
    [InlineData("backtest --symbols ETH --strategy BuyHold", 3, "mts collect")]
    [InlineData("backtest --symbols BTC --strategy BuyHold --start 2030-01-01", 3, "there is 2024-01-01")]
    [InlineData("backtest --symbols BTC --strategy BuyHold --start 2024-01-05 --end 2024-01-01", 2, "must lie before")]
    [InlineData("backtest --symbols BTC --strategy BuyHold --start 2024-01-05 --end 2024-01-05", 2, "must lie before")]
    [InlineData("backtest --symbols BTC --strategy BuyHold --start yesterday", 2, "is not a day")]
    [InlineData("backtest --symbols BTC --strategy BuyHold --capital 0", 2, "--capital")]
    [InlineData("backtest --symbols BTC --strategy BuyHold --lot x", 2, "--lot")]
    [InlineData("backtest --symbols BTC --strategy BuyHold --risk none.json", 2, "there is no file")]
    [InlineData("backtest --strategy BuyHold", 2, "--symbols is required")]
    [InlineData("backtest --symbols BTC", 2, "--strategy")]
    [InlineData("data import none.csv", 2, "there is no file")]
    [InlineData("data import config", 2, "is a folder")]
    [InlineData("data export --symbol BTC --out x.txt", 2, ".csv")]
    [InlineData("data export --symbol ETH --out x.csv", 3, "nothing is stored")]
    [InlineData("collect --source kraken", 2, "binance")]
    [InlineData("collect --source binance --symbols tether", 2, "binance has no market for tether")]
    [InlineData("collect --days 3 --start 2024-01-01", 2, "exclude each other")]
    [InlineData("collect-macro --macro-indicators VIXX", 2, "did you mean VIX?")]
    public async Task Bad_input_is_told(string line, int exitCode, string says)
    {
        await ImportAsync();
        Directory.CreateDirectory(Path.Combine(run.Folder, "config"));
        run.Write("config/settings.json", "{}");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "config", "assets.json"), Path.Combine(run.Folder, "config", "assets.json"));

        (await run.RunAsync(line.Split(' '))).ShouldBe(exitCode, run.Error);
        run.Error.ShouldContain(says);
        run.Out.ShouldBeEmpty();
    }

    private Task<JsonElement> ImportAsync() => JsonAsync(0, "data", "import", "btc.csv", "--symbol", "BTC/USDT", "--venue", "mine", "--interval", "1d");

    private async Task<JsonElement> JsonAsync(int exitCode, params string[] command)
    {
        (await run.RunAsync([.. command, "--json"])).ShouldBe(exitCode, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }
}
