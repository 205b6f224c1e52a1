using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Guards;

namespace Mts.UnitTests.Engine.Guards;

public sealed class GuardPlanTests
{
    [Theory]
    [InlineData(2_190, 1_753)] // a long warm-up before a short range: a fold of a walk-forward
    [InlineData(2_190, 0)]
    [InlineData(1_600, 1_599)]
    [InlineData(1_200, 900)]
    [InlineData(501, 500)]
    [InlineData(40_000, 39_000)]
    [InlineData(3, 1)]
    public void Every_stretch_lies_in_the_data_and_turns_after_the_range_has_begun(int bars, int before)
    {
        var series = Runs.Random(5, bars);
        foreach (var warmUp in new[] { 0, 50, 400 })
        {
            var inputs = Runs.Inputs(series) with { Start = series[before].OpenTime };
            var plan = GuardPlan.Of(inputs, [new Rule("Any", _ => { }, warmUp)]);
            foreach (var segment in plan.SelectMany(s => new[] { s, GuardPlan.TurnedSoon(s, inputs.Start) }))
            {
                segment.Start.ShouldBeGreaterThanOrEqualTo(series[0].OpenTime);
                segment.Until.ShouldBeLessThanOrEqualTo(inputs.End);
                segment.Turn.ShouldBeGreaterThanOrEqualTo(inputs.Start);
                segment.Turn.ShouldBeLessThan(segment.Until);
            }

            plan.Select(s => s.Start).ShouldBeUnique();
        }
    }

    [Fact]
    public void A_short_range_behind_a_long_warm_up_is_judged()
    {
        var series = Runs.Random(5, 2_190);
        var run = new GuardedRun
        {
            Inputs = Runs.Inputs(series) with { Start = series[1_753].OpenTime },
            Make = () => [new Rule("Next", x => x.Want(x.Index + 1 < series.Length && series.Closes[x.Index + 1] > x.Close))],
            Options = new BacktestOptions { WarmUp = 1_753 },
            Labels = Runs.Labels,
        };
        var report = GuardedBacktest.Run(run, TestContext.Current.CancellationToken).Guards!;
        report.Instants.ShouldBeGreaterThan(300);
        report.LookAhead.Verdict.ShouldBe(GuardVerdict.Fail);
    }
}
