using System.Text.Json;
using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Analytics;
using Mts.Engine.Reports;

namespace Mts.UnitTests.Engine;

public sealed class RunAnalysisTests
{
    private static readonly BacktestResult Result = Runs.Run(
        new Script().At(0, Direction.Long, s => s with { Reason = "price 1,234.5 above -2e-5 of ema20" }).At(1, Direction.Flat, s => s with { Reason = "gone" })
            .At(2, Direction.Long, s => s with { Reason = "price 99 above 3 of ema20" }).At(4, Direction.Flat, s => s with { Reason = "gone" }),
        Runs.Free,
        Runs.Days((100, 101, 99, 100), (100, 120, 80, 110), (110, 111, 109, 110), (110, 115, 88, 99), (99, 99, 99, 99), (99, 99, 99, 99)));

    private static readonly RunAnalysis Analysis = RunAnalysis.Of(Result);

    [Fact]
    public void Excursions_follow_the_bars_between_entry_and_exit()
    {
        // 100 → 110 over a bar from 80 to 120; 110 → 99 over bars from 88 to 115.
        Analysis.Excursions[0].Adverse.ShouldBe(0.2, 1e-12);
        Analysis.Excursions[0].Favourable.ShouldBe(0.2, 1e-12);
        Analysis.Excursions[1].Adverse.ShouldBe(0.2, 1e-12);
        Analysis.Excursions[1].Favourable.ShouldBe(5 / 110.0, 1e-12);
    }

    [Fact]
    public void Trades_are_grouped_by_the_words_of_their_reasons()
    {
        Analysis.ByEntry.Single().ShouldSatisfyAllConditions(g => g.Name.ShouldBe("price # above # of ema20"), g => g.Trades.ShouldBe(2), g => g.Won.ShouldBe(1));
        Analysis.ByExit.Single().Name.ShouldBe("gone");
        Analysis.BySymbol.Single().Pnl.ShouldBe(Result.Trades.Sum(t => t.Pnl));
    }

    [Theory]
    [InlineData("", "(none given)")]
    [InlineData("stop", "stop")]
    [InlineData("RSI14 27.5 < 30", "RSI14 # < #")]
    [InlineData("z -2.5e-3, +1", "z #, #")]
    [InlineData("10-50 cross", "#-# cross")]
    [InlineData("at 5.", "at #.")]
    public void A_pattern_is_a_reason_without_its_numbers(string reason, string pattern) => ReasonPattern.Of(reason).ShouldBe(pattern);

    [Fact]
    public void Costs_are_told_by_kind_and_add_up()
    {
        var result = Runs.Run(new Script().At(0, Direction.Long).At(2, Direction.Flat), new BacktestOptions(), Runs.Closes(100, 100, 110, 120, 120));
        var costs = RunAnalysis.Of(result).Costs;
        costs.Items.Select(i => i.Name).ShouldBe(["fees", "slippage"]);
        costs.Total.ShouldBe(result.Metrics.Fees + result.Metrics.SlippageCost);
        costs.OfGrossGain!.Value.ShouldBe((double)(costs.Total / (result.Metrics.FinalEquity - 100_000 + costs.Total)), 1e-12);
        // Fee 10 bps and slippage 5 bps of each side, the slippage against prices and the fee on what was paid.
        costs.PerTraded!.Value.ShouldBe(0.0015, 0.000001);
    }

    [Fact]
    public void A_crisis_is_told_by_the_days_that_the_run_saw() // 100 until 2020-03-11, then 50
    {
        var start = Timestamp.Parse("2020-03-01").Micros / Timestamp.MicrosPerDay;
        EquityPoint[] daily = [.. Enumerable.Range(0, 30).Select(i => new EquityPoint(new Timestamp((start + i) * Timestamp.MicrosPerDay), i < 11 ? 100 : i < 25 ? 50 : 75))];
        var crisis = CrisisWindow.Of(daily, []).Single();
        (crisis.Start.ToString(), crisis.End.ToString()).ShouldBe(("2020-03-07T00:00:00Z", "2020-03-20T00:00:00Z"));
        (crisis.Return, crisis.MaxDrawdown, crisis.Benchmark).ShouldBe((-0.5, 0.5, null));
    }

    [Fact]
    public void A_crisis_outside_the_run_is_not_told() => Analysis.Crises.ShouldBeEmpty(); // 2024 January

    [Fact]
    public void A_curve_of_bars_and_one_of_days_say_the_same()
    {
        var market = Runs.Random(3, 2_000, interval: Interval.Hour);
        var days = RunAnalysis.Of(Runs.Run(Runs.SmaCross(5, 20), new BacktestOptions(), market));
        var bars = RunAnalysis.Of(Runs.Run(Runs.SmaCross(5, 20), new BacktestOptions { EquityPerBar = true }, market));
        bars.Daily.ShouldBe(days.Daily);
        bars.Curve.ShouldBe(days.Curve);
        bars.Intervals.ShouldBe(days.Intervals);
    }

    [Fact]
    public void The_document_holds_all_of_it()
    {
        var document = JsonDocument.Parse(BacktestJson.Write(Result)).RootElement;
        var metrics = document.GetProperty("metrics");
        metrics.GetProperty("payoff_ratio").GetDouble().ShouldBe((double)(-Result.Trades[0].Pnl / Result.Trades[1].Pnl), 1e-9);
        metrics.GetProperty("max_consecutive_wins").GetInt32().ShouldBe(1);
        metrics.GetProperty("var_95").ValueKind.ShouldBe(JsonValueKind.Null); // six days
        document.GetProperty("intervals").ValueKind.ShouldBe(JsonValueKind.Null);
        document.GetProperty("breakdown").GetProperty("by_exit_reason")[0].GetProperty("name").GetString().ShouldBe("gone");
        document.GetProperty("drawdowns")[0].GetProperty("depth").GetDouble().ShouldBeGreaterThan(0.09);
        document.GetProperty("trades")[0].GetProperty("mae").GetDouble().ShouldBe(0.2, 1e-12);
        document.GetProperty("trades")[0].GetProperty("entry_reason").GetString().ShouldBe("price 1,234.5 above -2e-5 of ema20");
        document.GetProperty("cost_breakdown").GetProperty("total").GetRawText().ShouldBe("0");
    }

    [Fact]
    public void A_long_run_has_intervals_around_its_figures()
    {
        var result = Runs.Run(Runs.SmaCross(5, 20), new BacktestOptions(), Runs.Random(8, 800));
        var intervals = RunAnalysis.Of(result).Intervals!;
        intervals.Sharpe!.Value.ShouldSatisfyAllConditions(i => i.Low.ShouldBeLessThan(result.Metrics.Sharpe!.Value), i => i.High.ShouldBeGreaterThan(result.Metrics.Sharpe!.Value));
        intervals.Cagr!.Value.ShouldSatisfyAllConditions(i => i.Low.ShouldBeLessThan(result.Metrics.Cagr!.Value), i => i.High.ShouldBeGreaterThan(result.Metrics.Cagr!.Value));
        RunAnalysis.Of(result).Intervals.ShouldBe(intervals);
    }
}
