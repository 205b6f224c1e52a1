using Mts.Core.Performance;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>What the parts of a page draw from.</summary>
/// <param name="Result">The run.</param>
/// <param name="Analysis">What it comes to.</param>
/// <param name="Luck">What chance would have made of it; null where nobody asked.</param>
/// <param name="Unit">The currency, escaped.</param>
internal sealed record ReportContent(BacktestResult Result, RunAnalysis Analysis, MonteCarloResult? Luck, string Unit)
{
    /// <summary>What the page's script draws anew, gathered while the parts are written.</summary>
    public ChartData Data { get; } = new();

    /// <summary>Figures of the curves, of the strategy and of buy and hold.</summary>
    public CurveFigures? Own { get; } = CurveFigures.Of(Result.Equity);

    public CurveFigures? Held { get; } = CurveFigures.Of(Result.Benchmark);

    /// <summary>The trades that are listed, in order.</summary>
    public IReadOnlyList<int> Listed { get; } = TradeChoice.Of(Result.Trades);
}
