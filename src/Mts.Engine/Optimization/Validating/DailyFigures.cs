using Mts.Core;
using Mts.Core.Performance;

namespace Mts.Engine.Optimization.Validating;

/// <summary>What daily returns alone tell of days that need not follow one another; the drawdown is that at the ends of days.</summary>
public sealed record DailyFigures
{
    private static readonly string[] Known = ["sharpe", "sortino", "volatility", "total_return", "cagr", "calmar", "max_drawdown", "trades"];

    public required int Days { get; init; }

    public required double TotalReturn { get; init; }

    public required double? Cagr { get; init; }

    public required double? Volatility { get; init; }

    public required double? Sharpe { get; init; }

    public required double? Sortino { get; init; }

    public double? Calmar => CalmarRatio.Of(Cagr, MaxDrawdown);

    /// <summary>Positive fraction.</summary>
    public required double MaxDrawdown { get; init; }

    public required int Trades { get; init; }

    internal static DailyFigures Of(ReadOnlySpan<double> returns, int trades)
    {
        var (equity, peak, deepest) = (1.0, 1.0, 0.0);
        foreach (var r in returns)
        {
            equity *= 1 + r;
            peak = Math.Max(peak, equity);
            deepest = Math.Max(deepest, 1 - (equity / peak));
        }

        return new DailyFigures
        {
            Days = returns.Length,
            TotalReturn = equity - 1,
            Cagr = Core.Performance.Cagr.Of(equity - 1, returns.Length),
            Volatility = Core.Performance.Volatility.Of(returns, 365),
            Sharpe = SharpeRatio.Of(returns, 365),
            Sortino = SortinoRatio.Of(returns, 365),
            MaxDrawdown = deepest,
            Trades = trades,
        };
    }

    /// <exception cref="ConfigurationException">The goal asks for a figure that daily returns do not tell.</exception>
    internal static void Check(Goal goal)
    {
        if (goal.Metric is null || goal.Asked.FirstOrDefault(m => !Known.Contains(m.Name)) is not null)
            throw new ConfigurationException($"--cv judges parts of the time by their daily returns: --objective and --constraint may be of {string.Join(", ", Known)}, not of {string.Join(", ", goal.Asked.Select(m => m.Name).Except(Known).DefaultIfEmpty(goal.Name))}.");
    }

    /// <summary>The same as figures to be judged.</summary>
    internal ITrialFigures Judged() => new View(this);

    private sealed class View(DailyFigures figures) : ITrialFigures
    {
        public double? Of(Metric metric) => metric.Name switch
        {
            "sharpe" => figures.Sharpe,
            "sortino" => figures.Sortino,
            "volatility" => figures.Volatility,
            "total_return" => figures.TotalReturn,
            "cagr" => figures.Cagr,
            "calmar" => figures.Calmar,
            "max_drawdown" => figures.MaxDrawdown,
            "trades" => figures.Trades,
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Name, "Not told by daily returns."),
        };
    }
}
