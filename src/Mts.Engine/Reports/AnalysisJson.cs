using System.Text.Json;
using Mts.Core.Performance;
using Mts.Engine.Analytics;

namespace Mts.Engine.Reports;

/// <summary>An analysis as members of the result's document.</summary>
internal static class AnalysisJson
{
    /// <summary>Further keys of <c>metrics</c>.</summary>
    public static void WriteMetrics(Utf8JsonWriter w, RunAnalysis analysis)
    {
        var (c, t) = (analysis.Curve, analysis.Trades);
        Number("omega", c.Omega);
        Number("ulcer_index", c.Ulcer);
        Number("var_95", c.ValueAtRisk);
        Number("cvar_95", c.ConditionalValueAtRisk);
        Number("skew", c.Skew);
        Number("kurtosis", c.Kurtosis);
        Number("alpha", c.Alpha);
        Number("beta", c.Beta);
        Number("information_ratio", c.InformationRatio);
        Number("tracking_error", c.TrackingError);
        Number("best_day", c.BestDay);
        Number("worst_day", c.WorstDay);
        Number("time_under_water", c.TimeUnderWater);
        Number("recovery_factor", analysis.RecoveryFactor);
        Number("probabilistic_sharpe", c.ProbabilisticSharpe);
        Number("min_track_record_days", c.MinTrackRecordDays);
        JsonFigures.Plain(w, "best_trade", t.Best);
        JsonFigures.Plain(w, "worst_trade", t.Worst);
        Money("avg_win", t.MeanWin);
        Money("avg_loss", t.MeanLoss);
        Number("payoff_ratio", t.Payoff);
        Number("expectancy_ratio", t.ExpectancyRatio);
        Number("kelly", t.Kelly);
        Number("sqn", t.SystemQuality);
        w.WriteNumber("max_consecutive_wins", t.Streaks.Wins);
        w.WriteNumber("max_consecutive_losses", t.Streaks.Losses);
        Number("avg_trade_days", t.MeanDays);
        Number("avg_win_days", t.MeanDaysWon);
        Number("avg_loss_days", t.MeanDaysLost);
        Number("trades_per_day", t.PerDay);
        Number("avg_mae", t.MeanAdverse);
        Number("avg_mfe", t.MeanFavourable);

        void Number(string name, double? value) => JsonFigures.Number(w, name, value);

        void Money(string name, decimal? value) => JsonFigures.Plain(w, name, value is { } v ? Math.Round(v, 8) : null);
    }

    /// <summary>Members of the document beside <c>metrics</c>.</summary>
    public static void Write(Utf8JsonWriter w, RunAnalysis analysis)
    {
        WriteIntervals(w, analysis.Intervals);
        WriteCosts(w, analysis.Costs);
        BreakdownJson.Write(w, analysis);
    }

    private static void WriteIntervals(Utf8JsonWriter w, ReturnIntervals? intervals)
    {
        if (intervals is not { } i)
        {
            w.WriteNull("intervals");
            return;
        }

        w.WriteStartObject("intervals");
        w.WriteString("method", "stationary bootstrap of daily returns, percentiles");
        w.WriteNumber("level", ConfidenceInterval.Level);
        w.WriteNumber("resamples", i.Resamples);
        w.WriteNumber("block_days", i.BlockLength);
        Interval(w, "sharpe", i.Sharpe);
        Interval(w, "total_return", i.TotalReturn);
        Interval(w, "cagr", i.Cagr);
        Interval(w, "max_drawdown", i.MaxDrawdown);
        w.WriteEndObject();
    }

    internal static void Interval(Utf8JsonWriter w, string name, ConfidenceInterval? interval)
    {
        if (interval is not { } i || !double.IsFinite(i.Low) || !double.IsFinite(i.High))
        {
            w.WriteNull(name);
            return;
        }

        w.WriteStartArray(name);
        w.WriteNumberValue(i.Low);
        w.WriteNumberValue(i.High);
        w.WriteEndArray();
    }

    private static void WriteCosts(Utf8JsonWriter w, CostBreakdown costs)
    {
        w.WriteStartObject("cost_breakdown");
        foreach (var item in costs.Items) JsonFigures.Plain(w, item.Name, item.Amount);
        JsonFigures.Plain(w, "total", costs.Total);
        JsonFigures.Number(w, "of_capital", costs.OfCapital);
        JsonFigures.Number(w, "per_traded", costs.PerTraded);
        JsonFigures.Number(w, "of_gross_gain", costs.OfGrossGain);
        w.WriteEndObject();
    }
}
