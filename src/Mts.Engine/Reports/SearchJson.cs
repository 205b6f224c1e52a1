using System.Text.Json;
using Mts.Engine.Optimization;
using Mts.Engine.Optimization.Validating;

namespace Mts.Engine.Reports;

/// <summary>The plateau and the validation of a search, as parts of its document.</summary>
internal static class SearchJson
{
    /// <summary>How it was asked for.</summary>
    public static void WriteValidation(Utf8JsonWriter w, Validation? validation)
    {
        if (validation is null)
        {
            w.WriteNull("validation");
            return;
        }

        w.WriteStartObject("validation");
        w.WriteString("kind", Kind(validation));
        switch (validation)
        {
            case Validation.TrainTest split:
                w.WriteNumber("train", split.Share);
                break;
            case Validation.WalkForward walk:
                Count(w, "folds", walk.Folds);
                Count(w, "train_days", walk.TrainDays);
                Count(w, "test_days", walk.TestDays);
                break;
            case Validation.CrossValidation cross:
                w.WriteNumber("folds", cross.Groups);
                w.WriteNumber("test_folds", cross.TestGroups);
                w.WriteNumber("embargo", cross.Embargo);
                break;
        }

        w.WriteEndObject();
    }

    public static string Kind(Validation validation) => validation switch
    {
        Validation.TrainTest => "train_test",
        Validation.WalkForward { IsAnchored: true } => "walk_forward_anchored",
        Validation.WalkForward => "walk_forward_rolling",
        Validation.CrossValidation { TestGroups: 1 } => "cv_purged",
        _ => "cv_combinatorial",
    };

    public static void WritePlateau(Utf8JsonWriter w, Plateau? plateau)
    {
        if (plateau is null)
        {
            w.WriteNull("plateau");
            return;
        }

        w.WriteStartObject("plateau");
        w.WriteNumber("neighbours", plateau.Neighbours);
        JsonFigures.Number(w, "median", plateau.Median);
        JsonFigures.Number(w, "worst", plateau.Worst);
        JsonFigures.Number(w, "median_share", plateau.MedianShare);
        JsonFigures.Number(w, "worst_share", plateau.WorstShare);
        w.WriteStartArray("axes");
        foreach (var axis in plateau.Axes)
        {
            w.WriteStartObject();
            w.WriteString("param", axis.Name);
            w.WriteStartArray("points");
            foreach (var point in axis.Points)
            {
                w.WriteStartObject();
                w.WriteNumber("offset", point.Offset);
                w.WriteNumber("value", OptimizationJson.Number(point.Value));
                JsonFigures.Number(w, "objective", point.Objective);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        w.WriteEndArray();
        WriteTable(w, plateau.Table);
        w.WriteEndObject();
    }

    public static void WriteFolds(Utf8JsonWriter w, OptimizationResult result)
    {
        w.WriteStartArray("folds");
        foreach (var fold in result.WalkForward?.Folds ?? []) ValidationJson.Write(w, fold);
        foreach (var split in result.CrossValidation?.Splits ?? []) ValidationJson.Write(w, split);
        w.WriteEndArray();
    }

    public static void WriteValidation(Utf8JsonWriter w, OptimizationResult result)
    {
        if (result.WalkForward is { } walk) ValidationJson.Write(w, walk);
        else if (result.CrossValidation is { } cross) ValidationJson.Write(w, cross);
        else w.WriteNull("out_of_sample");
    }

    private static void WriteTable(Utf8JsonWriter w, PlateauTable? table)
    {
        if (table is null)
        {
            w.WriteNull("table");
            return;
        }

        w.WriteStartObject("table");
        w.WriteString("rows", table.RowName);
        w.WriteString("columns", table.ColumnName);
        Values(w, "row_values", table.Rows);
        Values(w, "column_values", table.Columns);
        w.WriteStartArray("objectives");
        foreach (var row in table.Objectives)
        {
            w.WriteStartArray();
            foreach (var value in row)
            {
                if (value is { } v && double.IsFinite(v)) w.WriteNumberValue(v);
                else w.WriteNullValue();
            }

            w.WriteEndArray();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter w, string name, IReadOnlyList<string> values)
    {
        w.WriteStartArray(name);
        foreach (var value in values) w.WriteNumberValue(OptimizationJson.Number(value));
        w.WriteEndArray();
    }

    private static void Count(Utf8JsonWriter w, string name, int? value)
    {
        if (value is { } v) w.WriteNumber(name, v);
        else w.WriteNull(name);
    }
}
