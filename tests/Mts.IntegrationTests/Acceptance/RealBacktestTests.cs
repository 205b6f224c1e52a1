using System.Text.Json;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>Backtests on recorded real days, beside a reference that shares no code with mts.</summary>
public sealed class RealBacktestTests(RealMarket market) : IClassFixture<RealMarket>
{
    private const string Year = "--start 2023-01-01 --end 2023-12-31";

    [Theory]
    [InlineData("BuyHold")]
    [InlineData("SmaCross")]
    [InlineData("MeanReversion")]
    [InlineData("VixCorrelation")]
    [InlineData("Momentum --allow-short")]
    [InlineData("Volatility")]
    [InlineData("SmaCross Momentum Volatility --aggregate weighted-average")]
    [InlineData("BuyHold SmaCross MeanReversion VixCorrelation Momentum Volatility --aggregate consensus --allow-short")]
    [InlineData("SmaCross VixCorrelation Momentum --aggregate risk-weighted --weight SmaCross=2 --risk config/risk.json")]
    public async Task Is_equal_byte_for_byte_for_everybody(string strategy)
    {
        SharedData.Require();
        var line = $"backtest --symbols BTC/USDT ETH/USDT SOL/USDT --start 2020-08-11 --end 2026-01-05 --strategy {strategy.Replace("config/", Path.Combine(Checkout.Root, "config/"), StringComparison.Ordinal)} --json";

        var here = (await market.Desk.RunAsync(line)).With(0);
        var there = (await market.Other.RunProcessAsync(line)).With(0);

        there.Out.ShouldBe(here.Out);
        (await market.Desk.RunAsync(line)).Out.ShouldBe(here.Out);
        var result = here.Document();
        result.GetProperty("metrics").GetProperty("bars").GetInt32().ShouldBe(3 * 1_974);
        result.GetProperty("equity").GetArrayLength().ShouldBe(1_975);
        CashIsConserved(result);
    }

    [Theory]
    [InlineData("SmaCross")]
    [InlineData("SmaCross --param fast=3 --param slow=7 --fee-bps 2.5 --slippage-bps 1 --lot 0.001")]
    public async Task Hours_of_litecoin_are_equal_byte_for_byte_for_everybody(string strategy)
    {
        SharedData.Require();
        var line = $"backtest --symbols LTC/USDT --venue binance --interval 1h --allow-gaps --strategy {strategy} --json";

        var here = (await market.Desk.RunAsync(line)).With(0);
        (await market.Other.RunProcessAsync(line)).With(0).Out.ShouldBe(here.Out);
        (await market.Desk.RunAsync(line)).Out.ShouldBe(here.Out);
        var result = here.Document();
        Metric(result, "trades").GetInt32().ShouldBeGreaterThan(500);
        CashIsConserved(result);
    }

    [Theory]
    [InlineData("BTC", "BuyHold", 0)]
    [InlineData("BTC", "SmaCross", 0)]
    [InlineData("ETH", "SmaCross --param fast=5 --param slow=20", 0)]
    [InlineData("SOL", "SmaCross", 0)]
    [InlineData("BTC", "SmaCross --warm-up 60", 60)]
    [InlineData("BTC", "SmaCross --lot 0.001", 0)]
    [InlineData("BTC", "SmaCross --fee-bps 0 --slippage-bps 0 --capital 1234.56", 0)]
    [InlineData("ETH", "BuyHold --fee-bps 75 --slippage-bps 30 --lot 2", 0)]
    public async Task Agrees_with_a_second_calculation(string ticker, string strategy, int warmUp)
    {
        SharedData.Require();
        var result = await market.Desk.JsonAsync($"backtest --symbols {ticker}/USDT {Year} --strategy {strategy}");

        var expected = Reference(ticker, strategy, warmUp, capital: null);
        var benchmark = Reference(ticker, strategy.Replace("SmaCross", "BuyHold", StringComparison.Ordinal), 0, capital: null);
        Agree(result, [expected], (double)(benchmark.FinalEquity / benchmark.Capital) - 1);
        var trades = result.GetProperty("trades").EnumerateArray().Select(t => t.GetProperty("pnl").GetDecimal()).ToList();
        trades.Count.ShouldBe(expected.Trades.Count);
        foreach (var (actual, pnl) in trades.Zip(expected.Trades)) actual.ShouldBe(pnl, 0.000001m);
        var open = result.GetProperty("open_positions").EnumerateArray().Sum(p => p.GetProperty("quantity").GetDecimal());
        open.ShouldBe(expected.Quantity);
    }

    [Theory]
    [InlineData("BuyHold")]
    [InlineData("SmaCross")]
    public async Task Two_markets_are_two_accounts_of_half_the_capital(string strategy)
    {
        SharedData.Require();
        var result = await market.Desk.JsonAsync($"backtest --symbols BTC/USDT ETH/USDT {Year} --strategy {strategy}");

        ReferenceBacktest[] halves = [Reference("BTC", strategy, 0, 50_000), Reference("ETH", strategy, 0, 50_000)];
        var benchmark = new[] { "BTC", "ETH" }.Sum(t => Reference(t, "BuyHold", 0, 50_000).FinalEquity);
        Agree(result, halves, (double)(benchmark / 100_000) - 1);
        var singles = 0m;
        foreach (var ticker in new[] { "BTC", "ETH" })
            singles += Metric(await market.Desk.JsonAsync($"backtest --symbols {ticker}/USDT {Year} --strategy {strategy} --capital 50000"), "final_equity").GetDecimal();
        Metric(result, "final_equity").GetDecimal().ShouldBe(singles);
    }

    [Theory]
    [InlineData("SmaCross")]
    [InlineData("MeanReversion")]
    [InlineData("VixCorrelation --allow-short")]
    [InlineData("Momentum --allow-short")]
    [InlineData("Volatility --allow-short")]
    [InlineData("SmaCross VixCorrelation Momentum --aggregate conservative")]
    public async Task What_comes_later_changes_nothing_before(string strategy)
    {
        SharedData.Require();
        const string From = "backtest --symbols BTC/USDT SOL/USDT --start 2021-01-01";
        var (first, both) = (await market.Desk.JsonAsync($"{From} --end 2022-06-30 --strategy {strategy}"), await market.Desk.JsonAsync($"{From} --end 2023-12-31 --strategy {strategy}"));

        string[] early = [.. Texts(first, "equity")];
        early.ShouldBe([.. Texts(both, "equity").Take(early.Length)]);
        string[] trades = [.. Texts(first, "trades")];
        trades.ShouldBe([.. Texts(both, "trades").Take(trades.Length)]);
        Metric(both, "trades").GetInt32().ShouldBeGreaterThan(0);

        static IEnumerable<string> Texts(JsonElement result, string name) => result.GetProperty(name).EnumerateArray().Select(e => e.GetRawText());
    }

    [Theory]
    [InlineData("2022-06-20")]
    [InlineData("2024-08-06")]
    public async Task Signals_as_of_a_day_know_nothing_that_came_later(string day)
    {
        SharedData.Require();
        using var then = new Desk();
        var last = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).AddDays(-1);
        foreach (var ticker in new[] { "BTC", "ETH", "SOL" })
        {
            await market.Desk.JsonAsync($"data export --symbol {ticker}/USDT --venue binance --end {last:yyyy-MM-dd} --out {then.PathOf(ticker + ".csv")}");
            (await then.RunAsync($"data import {ticker}.csv --symbol {ticker}/USDT --venue binance")).With(0);
        }

        then.Write("vix.csv", string.Join('\n', File.ReadLines(SharedData.File("macro/fred_csv/VIXCLS.csv")).Where((l, i) => i == 0 || string.CompareOrdinal(l[..10], $"{last:yyyy-MM-dd}") <= 0)) + "\n");
        (await then.RunAsync("data import-macro vix.csv")).With(0);

        const string Strategies = "SmaCross MeanReversion VixCorrelation Momentum Volatility RsiReversal BollingerBreakout Macd Donchian CrossSectionalMomentum MultiBucket EthTopsBottoms VolatilityTarget Dca";
        var line = $"signals --symbols BTC/USDT ETH/USDT SOL/USDT --strategy {Strategies} --as-of {day}T00:00:00Z --json";
        var now = (await market.Desk.RunAsync(line)).With(0);
        now.Out.ShouldBe((await then.RunAsync(line)).With(0).Out);
        now.Document().GetProperty("signals").GetArrayLength().ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Stops_and_targets_act_inside_the_bar_the_adverse_way_first()
    {
        SharedData.Require();
        var result = await market.Desk.JsonAsync($"backtest --symbols SOL/USDT --start 2021-01-01 --end 2021-12-31 --strategy Momentum --allow-short");

        var bars = RealMarket.Days("SOL", 2021);
        var ended = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var trade in result.GetProperty("trades").EnumerateArray())
        {
            var (side, entry, exit) = (trade.GetProperty("side").GetString() == "long" ? 1 : -1, Index(trade, "entry_time"), Index(trade, "exit_time"));
            // The strategy's own rule: 5 % against, 15 % for, of the close that it spoke at.
            var (stop, target) = (bars[entry - 1].Close * (1 - (side * 0.05m)), bars[entry - 1].Close * (1 + (side * 0.15m)));
            var (at, price, reason) = FirstExit(bars, entry, exit, side, stop, target);
            if (at < 0)
            {
                trade.GetProperty("reason").GetString().ShouldNotBeOneOf("stop", "target");
                continue;
            }

            (at, reason).ShouldBe((exit, trade.GetProperty("reason").GetString()));
            trade.GetProperty("exit_price").GetDecimal().ShouldBe(reason == "stop" ? price * (1 - (side * 0.0005m)) : price, 0.0000001m);
            ended[reason] = ended.GetValueOrDefault(reason) + 1;
        }

        ended.Values.Sum().ShouldBeGreaterThan(5);
        ended.Keys.Order(StringComparer.Ordinal).ShouldBe(["stop", "target"]);

        int Index(JsonElement trade, string name) => bars.ToList().FindIndex(b => b.Day == DateOnly.FromDateTime(trade.GetProperty(name).GetDateTime()));
    }

    private static (int At, decimal Price, string Reason) FirstExit(IReadOnlyList<ReferenceBar> bars, int entry, int exit, int side, decimal stop, decimal target)
    {
        for (var i = entry; i <= exit; i++)
        {
            var bar = bars[i];
            // A position that was given up at the open of its last bar has not seen the rest of it.
            var (worst, best) = side > 0 ? (bar.Low, bar.High) : (bar.High, bar.Low);
            if (side * (bar.Open - target) >= 0) return (i, bar.Open, "target");
            if (side * (worst - stop) <= 0) return (i, side * (bar.Open - stop) <= 0 ? bar.Open : stop, "stop");
            if (side * (best - target) >= 0) return (i, target, "target");
        }

        return (-1, 0, "");
    }

    private static ReferenceBacktest Reference(string ticker, string strategy, int warmUp, decimal? capital)
    {
        var bars = RealMarket.Days(ticker, 2022).TakeLast(warmUp).Concat(RealMarket.Days(ticker, 2023)).ToList();
        var decide = strategy.StartsWith("BuyHold", StringComparison.Ordinal) ? ReferenceBacktest.BuyHold : ReferenceBacktest.SmaCross(bars, (int)Option(strategy, "fast=", 10), (int)Option(strategy, "slow=", 50));
        return new ReferenceBacktest(
            bars, warmUp, capital ?? Option(strategy, "--capital ", 100_000), decide, Option(strategy, "--fee-bps ", 10), Option(strategy, "--slippage-bps ", 5), Option(strategy, "--lot ", 0.00000001m));
    }

    private static decimal Option(string line, string name, decimal fallback)
    {
        var at = line.IndexOf(name, StringComparison.Ordinal);
        return at < 0 ? fallback : decimal.Parse(line[(at + name.Length)..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Agree(JsonElement result, IReadOnlyList<ReferenceBacktest> accounts, double benchmark)
    {
        var equity = Enumerable.Range(0, accounts[0].Equity.Count).Select(i => accounts.Sum(a => a.Equity[i])).ToList();
        var expected = ReferenceMetrics.Of(equity);
        Metric(result, "final_equity").GetDecimal().ShouldBe(accounts.Sum(a => a.FinalEquity), 0.000001m);
        Metric(result, "fees").GetDecimal().ShouldBe(accounts.Sum(a => a.Fees), 0.000001m);
        Metric(result, "slippage_cost").GetDecimal().ShouldBe(accounts.Sum(a => a.SlippageCost), 0.000001m);
        Metric(result, "trades").GetInt32().ShouldBe(accounts.Sum(a => a.Trades.Count));
        Metric(result, "bars").GetInt32().ShouldBe(accounts.Sum(a => a.Days));
        (string Name, double Value)[] figures =
        [
            ("total_return", expected.TotalReturn), ("cagr", expected.Cagr), ("volatility", expected.Volatility), ("sharpe", expected.Sharpe), ("sortino", expected.Sortino),
            ("max_drawdown", expected.MaxDrawdown), ("max_drawdown_days", expected.MaxDrawdownDays), ("calmar", expected.Cagr / expected.MaxDrawdown),
            ("exposure", accounts.Average(a => a.Exposure)), ("turnover", (double)accounts.Sum(a => a.Traded) / expected.MeanEquity), ("benchmark_return", benchmark),
        ];
        foreach (var (name, value) in figures) Metric(result, name).GetDouble().ShouldBe(value, 1e-8, name);
        var points = result.GetProperty("equity").EnumerateArray().Select(p => p[1].GetDouble()).ToList();
        points.Count.ShouldBe(equity.Count);
        foreach (var (actual, value) in points.Zip(equity)) actual.ShouldBe(value, 1e-5);
    }

    /// <summary>What is there at the end is what was there at the start, and what every trade and open position made of it.</summary>
    private static void CashIsConserved(JsonElement result)
    {
        var made = result.GetProperty("trades").EnumerateArray().Sum(t => t.GetProperty("pnl").GetDecimal())
            + result.GetProperty("open_positions").EnumerateArray().Sum(p => p.GetProperty("unrealized_pnl").GetDecimal());
        Metric(result, "final_equity").GetDecimal().ShouldBe(100_000m + made, 0.000001m);
    }

    private static JsonElement Metric(JsonElement result, string name) => result.GetProperty("metrics").GetProperty(name);
}
