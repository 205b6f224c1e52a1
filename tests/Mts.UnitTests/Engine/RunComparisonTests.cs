using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mts.Core;
using Mts.Engine;
using Mts.Engine.Analytics;
using Mts.Engine.Reports;

namespace Mts.UnitTests.Engine;

public sealed class RunComparisonTests
{
    private static readonly BacktestResult Fast = Runs.Run(Runs.SmaCross(5, 20), new BacktestOptions(), Runs.Random(8, 400));
    private static readonly BacktestResult Dear = Runs.Run(Runs.SmaCross(5, 20), new BacktestOptions { FeeBps = 40 }, Runs.Random(8, 400));
    private static readonly BacktestResult Slow = Runs.Run(Runs.SmaCross(5, 40), new BacktestOptions(), Runs.Random(8, 400));

    [Fact]
    public void A_run_reads_back_as_it_was_written()
    {
        var run = Read(Fast);
        run.Equity.ShouldBe(Fast.Equity);
        run.Trades.Select(t => (t.Symbol, t.EntryTime, t.ExitTime, (decimal)t.Pnl)).ShouldBe(Fast.Trades.Select(t => (t.Symbol, t.EntryTime, t.ExitTime, t.Pnl)));
        run.Metric("sharpe").ShouldBe(Fast.Metrics.Sharpe);
        run.Input("fee_bps").ShouldBe("10");
        (run.Id, run.Markets).ShouldBe((Fast.Run.Id, "BTC/USDT"));
    }

    [Fact]
    public void Says_which_inputs_differ_and_what_came_of_it()
    {
        var c = RunComparison.Of(Read(Fast), Read(Dear));
        c.Inputs.ShouldBe([new InputDifference("fee_bps", "10", "40")]);
        var fees = c.Metrics.Single(m => m.Name == "fees");
        fees.Difference!.Value.ShouldBe((double)(Dear.Metrics.Fees - Fast.Metrics.Fees), 1e-6);
        (c.TradesInBoth, c.OnlyFirst.Count, c.OnlySecond.Count).ShouldBe((Fast.Trades.Count, 0, 0));
    }

    [Fact]
    public void Dearer_is_worse_for_sure_although_each_ratio_is_uncertain()
    {
        var sharpe = RunComparison.Of(Read(Fast), Read(Dear)).Sharpe!;
        sharpe.Value.ShouldBe(Dear.Metrics.Sharpe!.Value - Fast.Metrics.Sharpe!.Value, 1e-9);
        sharpe.Interval!.Value.High.ShouldBeLessThan(0);
    }

    [Fact]
    public void Tells_the_trades_that_only_one_made()
    {
        var c = RunComparison.Of(Read(Fast), Read(Slow));
        (c.TradesInBoth + c.OnlyFirst.Count).ShouldBe(Fast.Trades.Count);
        (c.TradesInBoth + c.OnlySecond.Count).ShouldBe(Slow.Trades.Count);
        c.OnlyFirst.ShouldAllBe(t => !c.OnlySecond.Contains(t));
    }

    [Fact]
    public void Only_days_that_both_saw_are_compared()
    {
        var later = Read(Fast) with { Equity = [.. Fast.Equity.Skip(100)] };
        RunComparison.Of(Read(Fast), later).CommonDays.ShouldBe(300);
        RunComparison.Of(Read(Fast), later with { Equity = [] }).Sharpe.ShouldBeNull();
    }

    [Fact]
    public void Its_document_and_its_page_are_whole()
    {
        var c = RunComparison.Of(Read(Fast), Read(Slow));
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream)) ComparisonJson.Write(w, c);
        var document = JsonDocument.Parse(stream.ToArray()).RootElement;
        document.GetProperty("metrics").GetProperty("sharpe").GetProperty("second").GetDouble().ShouldBe(Slow.Metrics.Sharpe!.Value);
        document.GetProperty("trades").GetProperty("only_first").GetArrayLength().ShouldBe(c.OnlyFirst.Count);
        var page = ComparisonPage.Write(c);
        page.ShouldContain("Does it make a difference?");
        page.ShouldNotContain("NaN");
        page.ShouldNotContain("http");
        JsonDocument.Parse(Regex.Match(page, "id=\"data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value);
    }

    [Fact]
    public void What_is_no_result_is_refused_by_name() =>
        Should.Throw<ConfigurationException>(() => StoredRun.Parse(Encoding.UTF8.GetBytes("{\"a\":1}"), "notes.json")).Message.ShouldContain("notes.json is not a result");

    private static StoredRun Read(BacktestResult result) => StoredRun.Parse(BacktestJson.Write(result), "run");
}
