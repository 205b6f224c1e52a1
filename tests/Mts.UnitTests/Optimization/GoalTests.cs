using Mts.Core;
using Mts.Engine.Optimization;

namespace Mts.UnitTests.Optimization;

public sealed class GoalTests
{
    [Theory]
    [InlineData("sharpe", "sharpe", false)]
    [InlineData("Total-Return", "total_return", false)]
    [InlineData("max_drawdown", "max_drawdown", true)]
    [InlineData("max:max_drawdown", "max:max_drawdown", false)]
    [InlineData("fees_taker", "fees_taker", true)]
    [InlineData("fees_maker", "fees_maker", true)]
    [InlineData("borrow_interest", "borrow_interest", true)]
    [InlineData("liquidations", "liquidations", true)]
    [InlineData("liquidation_fees", "liquidation_fees", true)]
    [InlineData("funding", "funding", false)] // positive where received
    [InlineData("min:trades", "min:trades", true)]
    [InlineData("max:sharpe", "sharpe", false)]
    [InlineData("deflated_sharpe", "deflated_sharpe", false)]
    public void Costs_and_risks_are_made_small_unless_told_otherwise(string text, string name, bool isSmaller)
    {
        var goal = Goal.Of(text);

        (goal.Name, goal.IsSmaller).ShouldBe((name, isSmaller));
    }

    [Theory]
    [InlineData("sharp", "did you mean sharpe")]
    [InlineData("benchmark_return", "unknown metric 'benchmark_return'")] // the same for all trials
    [InlineData("luck", "deflated_sharpe.")]
    public void An_unknown_objective_is_refused(string text, string says) => Should.Throw<ConfigurationException>(() => Goal.Of(text)).Message.ShouldContain(says);

    [Theory]
    [InlineData("max_drawdown<=0.3", 0.3, 0)]
    [InlineData("max_drawdown<0.25", 0.2, 0)]
    [InlineData("max_drawdown<=0.2", 0.3, 0.5)] // 0.1 beyond, in units of 0.2
    [InlineData("trades >= 30", 30.0, 0)]
    [InlineData("trades>=30", 15.0, 0.5)]
    [InlineData("trades>=30", null, double.PositiveInfinity)] // what is undefined keeps no bound
    public void A_constraint_measures_how_far_outside_a_value_lies(string text, double? value, double violation) =>
        Math.Round(Constraint.Parse(text).Violation(value), 12).ShouldBe(violation);

    [Fact]
    public void A_strict_bound_is_outside() => Constraint.Parse("trades>30").Violation(30).ShouldBeGreaterThan(0);

    [Theory]
    [InlineData("trades=30")]
    [InlineData("trades>=many")]
    [InlineData("30<=trades")]
    [InlineData("")]
    public void What_is_no_constraint_is_refused(string text) => Should.Throw<ConfigurationException>(() => Constraint.Parse(text)).Message.ShouldContain("METRIC<=NUMBER");
}
