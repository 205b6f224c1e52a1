using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Analytics;
using Mts.Engine.Reports;

namespace Mts.UnitTests.Engine;

public sealed class HtmlReportTests
{
    private static readonly BacktestResult Result = Runs.Run(
        new Script { Name = "<script>alert(1)</script>" }.At(0, Direction.Long).At(1, Direction.Flat, s => s with { Reason = "x > y" }).At(2, Direction.Short).At(3, Direction.Long, s => s with { Reason = "a < b & \"c\"" }),
        new BacktestOptions(),
        Runs.Days((100, 101, 99, 100), (100, 111, 99, 110), (110, 111, 109, 110), (110, 111, 109, 110), (110, 111, 105, 106)));

    private static readonly string Page = HtmlReport.Write(Result);

    [Fact]
    public void Needs_nothing_but_itself()
    {
        Page.ShouldNotContain("src=");
        Page.ShouldNotContain("@import");
        Page.ShouldNotContain("http");
        Page.ShouldNotContain("url(");
        Page.ShouldNotContain("<link");
    }

    [Fact]
    public void Escapes_what_comes_from_outside()
    {
        Page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        Page.ShouldContain("x &gt; y");
        Page.ShouldContain("a &lt; b &amp; &quot;c&quot;");
    }

    [Fact]
    public void Is_the_same_from_run_to_run() => HtmlReport.Write(Result).ShouldBe(Page);

    [Fact]
    public void Is_well_formed() // as XML, once its few void elements are closed and its script is taken out
    {
        var xml = Regex.Replace(Page["<!doctype html>".Length..], "<script>.*?</script>", "", RegexOptions.Singleline);
        xml = Regex.Replace(xml, "<(meta|input)([^>]*?)/?>", "<$1$2/>").Replace(" checked ", " checked=\"\" ").Replace(" hidden>", " hidden=\"\">");
        XDocument.Parse(xml).Descendants("svg").Count().ShouldBe(7); // equity twice, drawdown, years, price, two scatters
    }

    [Fact]
    public void Says_what_matters()
    {
        // Bought at 100.05, sold at 109.945: 9.79 % less two fees; the short is refused; 110.055 to 106.
        Page.ShouldContain("2024-01-02");
        Page.ShouldContain("100.05");
        Page.ShouldContain("109.945");
        Page.ShouldContain("allow_short");
        Page.ShouldContain("Still open");
        Page.ShouldContain("Buy and hold buys each market");
        Page.ShouldContain(Result.Run.DataHash);
    }

    [Fact]
    public void A_run_without_trades_has_a_page_too()
    {
        var page = HtmlReport.Write(Runs.Run(new Script(), Runs.Free, Runs.Closes(1, 1, 1)));
        page.ShouldContain("n/a");
        page.ShouldNotContain("NaN");
        page.ShouldNotContain("∞");
    }

    [Fact]
    public void What_the_script_reads_is_JSON_that_cannot_end_its_element()
    {
        var text = Regex.Match(Page, "<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        var data = System.Text.Json.JsonDocument.Parse(text).RootElement;
        data.GetProperty("times").GetProperty("equity").GetArrayLength().ShouldBe(Result.Equity.Count);
        var equity = data.GetProperty("charts").GetProperty("equity").GetProperty("series")[0];
        equity.GetProperty("values")[0].GetDouble().ShouldBe(100_000);
        var price = data.GetProperty("charts").GetProperty("price-0");
        price.GetProperty("close").EnumerateArray().Select(v => v.GetDouble()).ShouldBe([100, 110, 110, 110, 106]);
        price.GetProperty("fills")[0][3].GetDouble().ShouldBe(100.05);
    }

    [Fact]
    public void A_long_run_shows_its_intervals_its_months_and_its_rolling_figures()
    {
        var page = HtmlReport.Write(Long);
        foreach (var part in new[] { "95&#8239;%:", "Monthly returns", "Return by year", "Daily returns", "Rolling figures", "rolling-beta", "Deepest drawdowns", "On the way", "Where the result came from", "The data", "When markets broke" })
            page.ShouldContain(part);
        page.ShouldNotContain("NaN");
        page.ShouldNotContain("∞");
    }

    [Fact]
    public void A_Monte_Carlo_is_shown_where_there_is_one()
    {
        HtmlReport.Write(Long).ShouldNotContain("Monte Carlo");
        var analysis = RunAnalysis.Of(Long);
        var luck = MonteCarlo.Of(analysis.Daily, [.. Long.Trades.Select(t => (double)t.Pnl)], 200, 1, TestContext.Current.CancellationToken) with { Stress = StressedRun.Of(Long.Run.Options, _ => Long) };
        var page = HtmlReport.Write(Long, analysis, luck);
        page.ShouldContain("200 histories");
        page.ShouldContain("At higher costs");
    }

    [Fact]
    public void A_large_run_is_thinned_and_says_so()
    {
        var result = Runs.Run(Runs.SmaCross(2, 3), new BacktestOptions { FeeBps = 0.01m, SlippageBps = 0, EquityPerBar = true }, Runs.Random(5, 40_000, interval: Interval.Minute));
        result.Trades.Count.ShouldBeGreaterThan(5_000);
        var page = HtmlReport.Write(result);
        page.Length.ShouldBeLessThan(1_500_000);
        page.ShouldContain("the 200 best, the 200 worst and the latest");
        page.ShouldContain("40,001 points: of each of 2,000 stretches the lowest and the highest are drawn.");
        page.ShouldContain("40,000 bars joined to 4,000: first open, highest, lowest, last close");
        Regex.Count(page, "<tr><td>[0-9]+</td><td class=\"text\">BTC/USDT").ShouldBe(1_000);
    }

    [Fact]
    public void A_list_that_is_cut_says_of_how_many()
    {
        var all = Core.Performance.Drawdown.Deepest(Long.Equity, int.MaxValue).Count;
        all.ShouldBeGreaterThan(10);
        HtmlReport.Write(Long).ShouldContain($"<h2>Deepest drawdowns</h2><small>10 of {all}</small>");
        HtmlReport.Write(Result).ShouldContain("<h2>Deepest drawdowns</h2></header>");

        Book(200).ShouldNotContain("The first 200");
        Book(201).ShouldContain("The first 200 of 201; all are in the JSON result.");
        Book(0).ShouldContain("<tr><td>BTC/USDT</td><td>1,234</td><td>56</td><td>7</td></tr>");

        static string Book(int queued) => HtmlReport.Write(Result with
        {
            Book = new BookSummary
            {
                Model = "log", Markets = [new BookCoverage("BTC/USDT", 1_234, 56, 7)], Fills = [],
                Queued = [.. Enumerable.Range(1, queued).Select(i => new QueuedOrder(i, "BTC/USDT", Core.Trading.Side.Buy, 100, Runs.Start, 1, 1, 0, null, null, 0))],
            },
        });
    }

    private static readonly BacktestResult Long = Runs.Run(Runs.SmaCross(5, 20), new BacktestOptions(), Runs.Random(8, 800));
}
