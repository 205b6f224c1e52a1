using Mts.Core.Ports;
using Mts.Core.Risk;

namespace Mts.Engine.Optimization;

/// <summary>What all parts of a search share: the strategies and how they are run.</summary>
internal sealed record SearchSetup(IStrategyCatalog Catalog, SearchSpace Space, OptimizerOptions Options, RiskPolicy? Risk, RunLabels Labels, ISearchProgress? Progress, RunProgress? Watched)
{
    public IStrategy Strategy(long combination) => Catalog.Create(Space.Strategy, Space.Parameters(combination));

    /// <param name="window">Where.</param>
    /// <param name="part">Number of the part of the search, the same from run to run.</param>
    /// <param name="keepsDays">Whether its trials keep their daily returns.</param>
    public TrialRunner Runner(Window window, int part, bool keepsDays = false) => new(this, window) { Progress = Progress is null ? null : new SearchPart(Progress, part), KeepsDays = keepsDays };

    /// <summary>The plain backtest of a combination.</summary>
    public BacktestResult Plain(Window window, long combination, CancellationToken cancellationToken) => Backtest.Run(
        window.Inputs, [Strategy(combination)], null, Risk, window.Backtest, Labels with { Parameters = [Space.Parameters(combination)] }, cancellationToken, Watched);
}
