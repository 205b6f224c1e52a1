using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.MeanReversion;

namespace Mts.UnitTests.Strategies;

public sealed class MeanReversionTests
{
    private static readonly MeanReversionOptions Options = new(VixThreshold: 25, DrawdownThreshold: 0.10);

    private static VixRow[] Rows(int count, double firstClose, double lastClose, double firstVix, double lastVix) =>
        [.. Enumerable.Range(0, count).Select(i => Row(Between(firstClose, lastClose, i, count), Between(firstVix, lastVix, i, count)))];

    private static VixRow Row(double close, double vix) => new(close, close, close, vix);

    private static double Between(double first, double last, int i, int count) => first + ((last - first) * i / (count - 1));

    private static Opinion? Judge(VixRow[] rows) => MeanReversionRule.Measure(rows, Options)?.Judge(rows[^1].Close, Options);

    [Fact]
    public void Buys_an_even_fall_of_fifteen_percent_at_a_vix_of_thirty()
    {
        var opinion = Judge(Rows(14, 50_000, 42_500, 30, 30))!;
        opinion.Direction.ShouldBe(Direction.Long);
        opinion.Strength.ShouldBe(StrengthLevel.Weak.ToNumber());
        opinion.Confidence.ShouldBe(0.275, 1e-12);
        opinion.Size.ShouldBe(0.01328125, 1e-12);
        opinion.Stop!.Value.ShouldBe(38_037.5, 1e-8);
        opinion.Target!.Value.ShouldBe(46_325, 1e-8);
        opinion.Reason.ShouldBe("VIX 30 (High) > 25 and drawdown 15 % > 10 %; 0 % of rows had a lower VIX, RSI 50");
    }

    [Fact]
    public void Buys_with_full_marks_in_a_rout()
    {
        var rows = Rows(20, 100, 70, 20, 45);
        var figures = MeanReversionRule.Measure(rows, Options)!;
        figures.High.ShouldBe(90.526316, 5e-7);
        figures.Drawdown.ShouldBe(0.226744, 5e-7);
        figures.VixShare.ShouldBe(0.95, 1e-12);
        figures.Rsi.ShouldBe(0);
        var opinion = Judge(rows)!;
        opinion.Confidence.ShouldBe(0.9875, 1e-12);
        opinion.Strength.ShouldBe(StrengthLevel.Strong.ToNumber());
        opinion.Size.ShouldBe(0.01380208, 5e-9);
        opinion.Stop!.Value.ShouldBe(59.963953, 5e-7);
        opinion.Target!.Value.ShouldBe(79.523256, 5e-7);
    }

    [Fact]
    public void Wants_fear_and_a_fall_both()
    {
        Judge(Rows(14, 50_000, 46_000, 30, 30)).ShouldBeNull();
        Judge(Rows(14, 50_000, 42_500, 24.9, 24.9)).ShouldBeNull();
        Judge(Rows(4, 50_000, 42_500, 30, 30)).ShouldBeNull();
    }

    [Fact]
    public void Says_nothing_without_a_vix()
    {
        var closes = Enumerable.Range(0, 30).Select(i => 100.0 - (2 * i)).ToArray();
        var strategy = new StrategyCatalog().Create("MeanReversion", new Dictionary<string, string>());
        new StrategyRun([Days.Of(closes)]).Run(strategy).ShouldBeEmpty();
        new StrategyRun([Days.Of(closes)], Days.Vix(30, _ => null)).Run(strategy).ShouldBeEmpty();
        var signals = new StrategyRun([Days.Of(closes)], Days.Vix(30, _ => 30)).Run(strategy);
        signals.ShouldNotBeEmpty();
        signals.ShouldAllBe(s => s.Horizon == TimeSpan.FromDays(14) && s.Asset == "BTC");
    }

    [Fact]
    public void Looks_once_after_each_publication_of_the_vix()
    {
        // Weekend days bring no row: five signals in a week of falling prices.
        var closes = Enumerable.Range(0, 40).Select(i => 100.0 - (2 * i)).ToArray();
        var strategy = new StrategyCatalog().Create("MeanReversion", new Dictionary<string, string>());
        var days = new StrategyRun([Days.Of(closes)], Days.Vix(40, _ => 30)).Run(strategy).Select(s => (s.Time - TimeSpan.FromDays(1)).Date.DayOfWeek).ToList();
        days.ShouldNotContain(DayOfWeek.Saturday);
        days.ShouldNotContain(DayOfWeek.Sunday);
        days.Count(d => d == DayOfWeek.Monday).ShouldBeGreaterThan(1);
    }
}
