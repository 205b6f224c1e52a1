using System.Globalization;
using System.Text.Json;

namespace Mts.UnitTests.Cli;

public sealed class CostFlagTests : IDisposable
{
    private readonly CliRun run = new();

    public CostFlagTests()
    {
        var rows = Enumerable.Range(0, 60).Select(i =>
        {
            var open = 100 + (10 * Math.Sin(i / 5.0));
            var close = 100 + (10 * Math.Sin((i + 1) / 5.0));
            return string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(i):yyyy-MM-dd},{open:0.00},{Math.Max(open, close) + 1:0.00},{Math.Min(open, close) - 1:0.00},{close:0.00},100000");
        });
        run.Write("bars.csv", "time,open,high,low,close,volume\n" + string.Join('\n', rows) + "\n");
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Everything_that_is_charged_stands_in_the_inputs_of_the_run()
    {
        var plain = await JsonAsync("BTC/USDT");
        plain.GetProperty("run").TryGetProperty("costs", out _).ShouldBeFalse();

        var spot = await JsonAsync("BTC/USDT", "--fees", ConfigFiles.Path("fees/binance-spot.json"), "--slippage", "spread", "--spread-bps", "4", "--impact", "sqrt", "--borrow-apr", "0.05", "--rules", ConfigFiles.Path("rules/binance.json"));
        var costs = spot.GetProperty("run").GetProperty("costs");
        costs.EnumerateObject().Select(p => p.Name).ShouldBe(["fees", "spread_bps", "impact", "impact_coefficient", "borrow_apr", "rules_of_today", "rules"]);
        costs.GetProperty("fees")[0].GetProperty("name").GetString().ShouldBe("binance-spot");
        costs.GetProperty("borrow_apr").GetRawText().ShouldBe("0.05");
        spot.GetProperty("run").GetProperty("id").GetString().ShouldNotBe(plain.GetProperty("run").GetProperty("id").GetString());
        spot.GetProperty("metrics").GetProperty("fees_taker").GetDecimal().ShouldBe(spot.GetProperty("metrics").GetProperty("fees").GetDecimal());

        var perpetual = await JsonAsync("BTC/USDT:USDT", "--margin", "isolated", "--leverage", "75", "--exposure", "28", "--margin-tiers", ConfigFiles.Path("margin/binance.json"), "--fees", ConfigFiles.Path("fees/binance-usdm.json"));
        perpetual.GetProperty("run").GetProperty("costs").GetProperty("margin").GetString().ShouldBe("isolated");
        perpetual.GetProperty("metrics").GetProperty("liquidations").GetInt32().ShouldBeGreaterThan(0);
        perpetual.GetProperty("trades").EnumerateArray().ShouldContain(t => t.GetProperty("reason").GetString() == "liquidation");
    }

    [Theory]
    [InlineData("binance-spot", "BTC/USDT")]
    [InlineData("bybit-spot", "BTC/USDT")]
    [InlineData("binance-usdm", "BTC/USDT:USDT")]
    [InlineData("bybit-linear", "BTC/USDT:USDT")]
    public async Task The_files_that_come_with_it_can_be_read(string fees, string symbol)
    {
        await JsonAsync(symbol, "--fees", fees, "--config", ConfigFiles.Path(""));
        if (symbol.Contains(':', StringComparison.Ordinal)) await JsonAsync(symbol, "--venue", fees.Split('-')[0], "--margin", "cross", "--leverage", "2", "--config", ConfigFiles.Path(""));
    }

    [Theory]
    [InlineData("--leverage needs --margin", "--leverage", "3")]
    [InlineData("--spread-bps needs --slippage spread", "--spread-bps", "3")]
    [InlineData("there is none among the symbols", "--margin", "cross")]
    [InlineData("there is no file", "--fees", "nowhere.json")]
    [InlineData("maker-bps and --fees", "--maker-bps", "1", "--fees", "x.json")]
    [InlineData("'wild' not recognized", "--impact", "wild")]
    [InlineData("\"market\": \"spot\"", "--fees", "perpetual.json")]
    [InlineData("market is 'both'", "--fees", "both.json")]
    [InlineData("spred", "--fees", "unknown.json")]
    [InlineData("not from 0", "--fees", "tiers.json")]
    public async Task What_cannot_be_is_a_usage_error(string says, params string[] arguments)
    {
        run.Write("perpetual.json", """{ "name": "p", "market": "perpetual", "tables": [ { "from": "2020-01-01", "tiers": [ { "from": 0, "makerBps": 1, "takerBps": 2 } ] } ] }""");
        run.Write("both.json", """{ "name": "p", "market": "both", "tables": [] }""");
        run.Write("unknown.json", """{ "name": "p", "market": "spot", "tables": [], "spred": 1 }""");
        run.Write("tiers.json", """{ "name": "p", "market": "spot", "tables": [ { "from": "2020-01-01", "tiers": [ { "from": 5, "makerBps": 1, "takerBps": 2 } ] } ] }""");
        (await RunAsync("BTC/USDT", arguments)).ShouldBe(2, run.Out);
        run.Error.ShouldContain(says);
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recorded_spreads_that_are_not_there_are_assumed_aloud()
    {
        (await RunAsync("BTC/USDT", "--slippage", "spread")).ShouldBe(0, run.Error);
        run.Error.ShouldContain("5 bps was assumed");
    }

    [Fact]
    public async Task Mark_prices_of_a_file_decide_what_is_liquidated()
    {
        string[] margin = ["--margin", "isolated", "--leverage", "75", "--exposure", "28", "--margin-tiers", ConfigFiles.Path("margin/binance.json")];
        // A mark price that never moves takes nothing away.
        var calm = Enumerable.Range(0, 60).Select(i => $"{new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(i):yyyy-MM-dd},100,100.01,99.99,100,1");
        run.Write("mark.csv", "time,open,high,low,close,volume\n" + string.Join('\n', calm) + "\n");
        var traded = await JsonAsync("BTC/USDT:USDT", margin);
        Liquidations(traded).ShouldBeGreaterThan(0);
        traded.GetProperty("warnings").EnumerateArray().ShouldContain(w => w.GetString()!.Contains("--mark reads them from a file"));
        var marked = await JsonAsync("BTC/USDT:USDT", [.. margin, "--mark", "mark.csv"]);
        Liquidations(marked).ShouldBeLessThan(Liquidations(traded));
        marked.GetProperty("warnings").EnumerateArray().ShouldNotContain(w => w.GetString()!.Contains("traded prices"));
        marked.GetProperty("run").GetProperty("id").GetString().ShouldNotBe(traded.GetProperty("run").GetProperty("id").GetString());
        (await JsonAsync("BTC/USDT:USDT", [.. margin, "--mark", "BTC/USDT:USDT=mark.csv"])).GetProperty("run").GetProperty("id").GetString().ShouldBe(marked.GetProperty("run").GetProperty("id").GetString());

        (await RunAsync("BTC/USDT:USDT", "--mark", "mark.csv")).ShouldBe(2);
        run.Error.ShouldContain("--mark needs --margin");
        (await RunAsync("BTC/USDT:USDT", [.. margin, "--mark", "ETH/USDT:USDT=mark.csv"])).ShouldBe(2);
        run.Error.ShouldContain("there is no perpetual ETH/USDT:USDT in the run");

        static int Liquidations(JsonElement result) => result.GetProperty("metrics").GetProperty("liquidations").GetInt32();
    }

    [Fact]
    public async Task Margin_tiers_may_have_dates()
    {
        run.Write("dated.json", """
            { "name": "d", "liquidationFeeBps": 50, "instruments": { "*": [
              { "from": "2024-01-01", "tiers": [ { "from": 0, "maintenanceRate": 0.01, "maxLeverage": 50 } ] },
              { "from": "2024-02-01", "liquidationFeeBps": 75, "tiers": [ { "from": 0, "maintenanceRate": 0.02, "maxLeverage": 25 } ] } ] } }
            """);
        var table = (await JsonAsync("BTC/USDT:USDT", "--margin", "cross", "--leverage", "2", "--margin-tiers", "dated.json")).GetProperty("run").GetProperty("costs").GetProperty("margin_tables")[0];
        table.GetProperty("in_force").GetString().ShouldBe("2024-01-01T00:00:00Z");
        var later = table.GetProperty("later")[0];
        (later.GetProperty("in_force").GetString(), later.GetProperty("liquidation_fee_bps").GetInt32()).ShouldBe(("2024-02-01T00:00:00Z", 75));

        run.Write("wrong.json", """{ "name": "d", "liquidationFeeBps": 50, "instruments": { "*": [ { "from": "2024-02-01", "tiers": [ { "from": 0, "maintenanceRate": 0.01, "maxLeverage": 50 } ] }, { "from": "2024-01-01", "tiers": [ { "from": 0, "maintenanceRate": 0.01, "maxLeverage": 50 } ] } ] } }""");
        (await RunAsync("BTC/USDT:USDT", "--margin", "cross", "--leverage", "2", "--margin-tiers", "wrong.json")).ShouldBe(2);
        run.Error.ShouldContain("do not follow those before them");
        run.Write("broken.json", """{ "name": "d", "liquidationFeeBps": 50, "instruments": { "*": [ { "form": 0 } ] } }""");
        (await RunAsync("BTC/USDT:USDT", "--margin", "cross", "--leverage", "2", "--margin-tiers", "broken.json")).ShouldBe(2);
        run.Error.ShouldContain("broken.json");
    }

    private async Task<JsonElement> JsonAsync(string symbol, params string[] arguments)
    {
        (await RunAsync(symbol, [.. arguments, "--json"])).ShouldBe(0, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }

    private Task<int> RunAsync(string symbol, params string[] arguments) =>
        run.RunAsync(["backtest", "--data", "bars.csv", "--as-of", "2024-12-01", "--symbols", symbol, "--interval", "1d", "--strategy", "SmaCross", "--param", "fast=2", "slow=5", .. arguments]);
}
