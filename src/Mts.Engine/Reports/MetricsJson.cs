using System.Text.Json;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>The member <c>metrics</c> of a result.</summary>
internal static class MetricsJson
{
    /// <param name="w">Where to.</param>
    /// <param name="result">Whose figures.</param>
    /// <param name="analysis">Of the result, where it is there already.</param>
    public static void Write(Utf8JsonWriter w, BacktestResult result, RunAnalysis? analysis = null)
    {
        var m = result.Metrics;
        w.WriteStartObject("metrics");
        JsonFigures.Plain(w, "final_equity", m.FinalEquity);
        JsonFigures.Number(w, "total_return", m.TotalReturn);
        JsonFigures.Number(w, "cagr", m.Cagr);
        JsonFigures.Number(w, "volatility", m.Volatility);
        JsonFigures.Number(w, "sharpe", m.Sharpe);
        JsonFigures.Number(w, "sortino", m.Sortino);
        JsonFigures.Number(w, "calmar", m.Calmar);
        JsonFigures.Number(w, "max_drawdown", m.MaxDrawdown);
        JsonFigures.Number(w, "max_drawdown_days", m.MaxDrawdownDays);
        w.WriteNumber("trades", m.Trades);
        JsonFigures.Number(w, "win_rate", m.WinRate);
        JsonFigures.Number(w, "profit_factor", m.ProfitFactor);
        JsonFigures.Number(w, "expectancy", m.Expectancy);
        JsonFigures.Number(w, "exposure", m.Exposure);
        JsonFigures.Number(w, "turnover", m.Turnover);
        JsonFigures.Plain(w, "fees", m.Fees);
        JsonFigures.Plain(w, "fees_maker", m.FeesMaker);
        JsonFigures.Plain(w, "fees_taker", m.FeesTaker);
        JsonFigures.Plain(w, "liquidation_fees", m.LiquidationFees);
        w.WriteNumber("liquidations", m.Liquidations);
        JsonFigures.Plain(w, "slippage_cost", m.SlippageCost);
        JsonFigures.Plain(w, "funding", m.Funding);
        JsonFigures.Plain(w, "borrow_interest", m.BorrowInterest);
        JsonFigures.Number(w, "benchmark_return", m.BenchmarkReturn);
        w.WriteNumber("bars", m.Bars);
        AnalysisJson.WriteMetrics(w, analysis ?? RunAnalysis.Of(result));
        w.WriteEndObject();
    }
}
