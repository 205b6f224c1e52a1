using System.Globalization;
using Mts.Core.Market;
using Mts.Engine;
using Mts.Engine.Optimization;
using Mts.Engine.Optimization.Validating;
using Mts.Engine.Reports;
using Mts.Strategies;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Optimization;

public sealed class PlateauTests
{
    private static readonly StrategyCatalog Catalog = new();

    [Theory]
    [InlineData(SearchMethod.Grid)]
    [InlineData(SearchMethod.Random)] // what it did not draw is run all the same
    public void Shows_the_plain_backtests_around_the_best(SearchMethod method)
    {
        var series = Waves.Of(3, 600, 0.01);
        var found = Search(series, new OptimizerOptions { Method = method, Trials = 30, Seed = 1 }, "fast=3..17:2", "slow=20..60:10");
        var (table, best) = (found.Plateau!.Table!, found.Best!);

        (table.RowName, table.ColumnName).ShouldBe(("fast", "slow"));
        for (var r = 0; r < table.Rows.Count; r++)
        {
            for (var c = 0; c < table.Columns.Count; c++)
                table.Objectives[r][c].ShouldBe(Runs.Run(Runs.SmaCross(int.Parse(table.Rows[r], CultureInfo.InvariantCulture), int.Parse(table.Columns[c], CultureInfo.InvariantCulture)), new BacktestOptions(), series).Metrics.Sharpe);
        }

        var others = table.Objectives.SelectMany(o => o).OfType<double>().ToList();
        others.Remove(best.Metrics.Sharpe!.Value).ShouldBeTrue();
        others.Sort();
        found.Plateau.Neighbours.ShouldBe(others.Count);
        found.Plateau.Worst.ShouldBe(others[0]);
        found.Plateau.Median!.Value.ShouldBe((others[(others.Count - 1) / 2] + others[others.Count / 2]) / 2, 1e-12);
        found.Plateau.MedianShare!.Value.ShouldBe(found.Plateau.Median.Value / best.Metrics.Sharpe.Value, 1e-12);
        found.Trials.ShouldBe(method == SearchMethod.Grid ? 40 : 30); // the neighbours are no trials
    }

    [Fact]
    public void At_the_edge_of_the_space_and_where_the_strategy_refuses_there_is_nothing()
    {
        var found = Search(Runs.Random(3, 300), new OptimizerOptions(), "fast=8", "slow=8..10");
        var axis = found.Plateau!.Axes.ShouldHaveSingleItem();

        axis.Points.Select(p => p.Value).ShouldBeSubsetOf(["8", "9", "10"]);
        if (axis.Points.FirstOrDefault(p => p.Value == "8") is { } refused) refused.Objective.ShouldBeNull();
        found.Plateau.Table.ShouldBeNull();
        found.Plateau.Neighbours.ShouldBe(1);
    }

    [Fact]
    public void The_page_shows_luck_first_and_needs_no_other_file()
    {
        var page = OptimizationPage.Write(Search(Runs.Random(3, 300), new OptimizerOptions { Validation = new Validation.WalkForward(false, 3, null, null) }, "fast=3..9:2", "slow=20,30"));

        page.IndexOf("Deflated Sharpe", StringComparison.Ordinal).ShouldBeInRange(0, page.IndexOf("The best trials", StringComparison.Ordinal));
        foreach (var part in (string[])["Around the best", "Out of sample", "Folds", "How to read this", "class=\"heat\""]) page.ShouldContain(part);
        foreach (var outside in (string[])["http://", "https://", "<script", "src="]) page.ShouldNotContain(outside);
        page.ShouldBe(OptimizationPage.Write(Search(Runs.Random(3, 300), new OptimizerOptions { Workers = 1, Validation = new Validation.WalkForward(false, 3, null, null) }, "fast=3..9:2", "slow=20,30")));
    }

    [Fact]
    public void The_page_says_that_it_shows_some_of_the_trials()
    {
        OptimizationPage.Write(Search(Runs.Random(3, 300), new OptimizerOptions { Top = 3 }, "fast=3..9:2", "slow=20")).ShouldContain("3 shown; 4 of 4 keep the constraints");
        OptimizationPage.Write(Search(Runs.Random(3, 300), new OptimizerOptions { Top = 4 }, "fast=3..9:2", "slow=20")).ShouldNotContain(" shown; ");
    }

    private static OptimizationResult Search(BarSeries series, OptimizerOptions options, params string[] given)
    {
        var space = SearchSpace.Of(Catalog.All.First(s => s.Name == "SmaCross"), new Dictionary<string, string> { ["fast"] = "10", ["slow"] = "50" }, given);
        return new Optimizer(Catalog, Runs.Inputs(series), null, new BacktestOptions(), Runs.Labels).Run(space, options, TestContext.Current.CancellationToken);
    }
}
