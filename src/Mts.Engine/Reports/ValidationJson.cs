using System.Text.Json;
using Mts.Engine.Optimization.Validating;

namespace Mts.Engine.Reports;

/// <summary>Folds and what came of them out of sample.</summary>
internal static class ValidationJson
{
    public static void Write(Utf8JsonWriter w, Fold fold)
    {
        w.WriteStartObject();
        Write(w, "train", fold.Train);
        Write(w, "test", fold.Test);
        w.WriteNumber("trials", fold.Trials);
        Parameters(w, fold.InSample?.Run.Strategies[0].Parameters);
        JsonFigures.Number(w, "objective_in_sample", fold.InSampleObjective);
        JsonFigures.Number(w, "objective_out_of_sample", fold.OutOfSampleObjective);
        JsonFigures.Number(w, "efficiency", fold.Efficiency);
        Write(w, "in_sample", fold.InSample);
        Write(w, "out_of_sample", fold.OutOfSample);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, Split split)
    {
        w.WriteStartObject();
        w.WriteStartArray("test_folds");
        foreach (var group in split.TestGroups) w.WriteNumberValue(group);
        w.WriteEndArray();
        w.WriteNumber("train_days", split.TrainDays);
        Parameters(w, split.Parameters);
        JsonFigures.Number(w, "objective_in_sample", split.InSampleObjective);
        JsonFigures.Number(w, "objective_out_of_sample", split.OutOfSampleObjective);
        Write(w, "in_sample", split.InSample);
        Write(w, "out_of_sample", split.OutOfSample);
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, WalkForwardResult walk)
    {
        w.WriteStartObject("out_of_sample");
        JsonFigures.Number(w, "efficiency", walk.Efficiency);
        JsonFigures.Number(w, "winning_folds", walk.Winning);
        Write(w, "metrics", walk.OutOfSample);
        w.WriteStartArray("equity");
        foreach (var point in walk.Equity)
        {
            w.WriteStartArray();
            w.WriteStringValue(point.Time.ToString());
            w.WriteNumberValue(point.Value);
            w.WriteEndArray();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, CrossValidationResult cross)
    {
        w.WriteStartObject("out_of_sample");
        w.WriteNumber("purge_days", cross.PurgeDays);
        w.WriteNumber("embargo_days", cross.EmbargoDays);
        w.WriteStartArray("groups");
        foreach (var group in cross.Groups)
        {
            w.WriteStartObject();
            Bounds(w, group);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        JsonFigures.Number(w, "mean_path_sharpe", cross.MeanSharpe);
        JsonFigures.Number(w, "path_sharpe_deviation", cross.SharpeDeviation);
        JsonFigures.Number(w, "losing_paths", cross.LosingPaths);
        w.WriteStartArray("paths");
        foreach (var path in cross.Paths)
        {
            w.WriteStartObject();
            Members(w, path);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, string name, Stretch stretch)
    {
        w.WriteStartObject(name);
        Bounds(w, stretch);
        w.WriteEndObject();
    }

    private static void Bounds(Utf8JsonWriter w, Stretch stretch)
    {
        w.WriteString("start", stretch.Start.ToString());
        w.WriteString("end", stretch.End.ToString());
    }

    private static void Write(Utf8JsonWriter w, string name, BacktestResult? result)
    {
        if (result is null)
        {
            w.WriteNull(name);
            return;
        }

        w.WriteStartObject(name);
        w.WriteString("run", result.Run.Id);
        w.WriteNumber("warm_up", result.Run.Options.WarmUp);
        MetricsJson.Write(w, result);
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, string name, DailyFigures? figures)
    {
        if (figures is null)
        {
            w.WriteNull(name);
            return;
        }

        w.WriteStartObject(name);
        Members(w, figures);
        w.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter w, DailyFigures figures)
    {
        w.WriteNumber("days", figures.Days);
        w.WriteNumber("total_return", figures.TotalReturn);
        JsonFigures.Number(w, "cagr", figures.Cagr);
        JsonFigures.Number(w, "volatility", figures.Volatility);
        JsonFigures.Number(w, "sharpe", figures.Sharpe);
        JsonFigures.Number(w, "sortino", figures.Sortino);
        JsonFigures.Number(w, "calmar", figures.Calmar);
        w.WriteNumber("max_drawdown", figures.MaxDrawdown);
        w.WriteNumber("trades", figures.Trades);
    }

    private static void Parameters(Utf8JsonWriter w, IReadOnlyDictionary<string, string>? parameters)
    {
        if (parameters is null)
        {
            w.WriteNull("params");
            return;
        }

        w.WriteStartObject("params");
        foreach (var (name, value) in parameters) OptimizationJson.WriteParameter(w, name, value);
        w.WriteEndObject();
    }
}
