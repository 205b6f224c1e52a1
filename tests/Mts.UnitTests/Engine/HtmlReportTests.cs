using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mts.Core.Signals;
using Mts.Engine;
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
        Page.ShouldNotContain("<script");
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
    public void Is_well_formed() // as XML, once its few void elements are closed
    {
        var xml = Regex.Replace(Page["<!doctype html>".Length..], "<(meta|input)([^>]*)>", "<$1$2/>").Replace(" checked ", " checked=\"\" ");
        XDocument.Parse(xml).Descendants("svg").Count().ShouldBe(3);
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
}
