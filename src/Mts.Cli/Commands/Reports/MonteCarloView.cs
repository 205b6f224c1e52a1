using Mts.Cli.Output;
using Mts.Engine.Analytics;

namespace Mts.Cli.Commands.Reports;

/// <summary>A Monte Carlo for people.</summary>
internal static class MonteCarloView
{
    public static void Show(Session session, MonteCarloResult luck)
    {
        var grid = new Grid("", ">5 %", ">25 %", ">median", ">75 %", ">95 %") { Title = $"{Figures.Count(luck.Paths)} histories of blocks of {luck.BlockDays:0.#} days, seed {luck.Seed}" };
        Add("total return", luck.TotalReturn);
        Add("max drawdown", luck.MaxDrawdown);
        if (luck.ShuffledDrawdown is { } shuffled) Add("max drawdown, the same trades shuffled", shuffled);
        session.Output.Table(grid);
        session.Output.Line($"chance of a loss {Figures.Percent(luck.LossProbability)}, of losing half the capital on the way {Figures.Percent(luck.RuinProbability)}; " +
            $"of a drawdown of {string.Join(", ", luck.Depths.Select(d => $"{Figures.Percent(d.Depth)}: {Figures.Percent(d.Probability)}"))}");
        if (luck.Stress.Count == 0) return;
        var stress = new Grid("costs", ">fee bps", ">slippage bps", ">total return", ">Sharpe", ">max drawdown", ">trades") { Title = "At higher costs" };
        foreach (var s in luck.Stress)
            stress.Add($"{s.Factor:0.#} ×", Figures.Quantity(s.FeeBps), Figures.Quantity(s.SlippageBps), Figures.Percent(s.TotalReturn), Figures.Ratio(s.Sharpe), Figures.Percent(s.MaxDrawdown), Figures.Count(s.Trades));
        session.Output.Table(stress);

        void Add(string name, Spread s) => grid.Add(name, Figures.Percent(s.P5), Figures.Percent(s.P25), Figures.Percent(s.P50), Figures.Percent(s.P75), Figures.Percent(s.P95));
    }
}
