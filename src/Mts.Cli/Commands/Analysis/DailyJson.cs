using System.Globalization;
using System.Text.Json;
using Mts.Cli.Output;
using Mts.Core.Analysis;

namespace Mts.Cli.Commands.Analysis;

/// <summary>The daily report in the first version's shape, its day in UTC, and with the markets.</summary>
internal static class DailyJson
{
    public static void Write(Utf8JsonWriter w, DailyReport report)
    {
        w.WriteStartObject();
        w.WriteString("report_date", Day(report.AsOf.Date));
        w.WriteString("as_of", report.AsOf.ToString());
        WriteRows(w, "macro_indicators", report.Indicators, static (w, row) =>
        {
            w.WriteString("indicator", row.Id);
            w.WriteString("name", row.Title);
            w.WriteNumber("value", row.Value);
        });
        WriteRows(w, "bond_yields", report.Yields, static (w, row) =>
        {
            w.WriteString("maturity", row.Title);
            w.WriteString("indicator", row.Id);
            w.WriteNumber("yield", row.Value);
        });
        WriteRows(w, "markets", report.Assets, static (w, row) =>
        {
            w.WriteString("asset", row.Id);
            w.WriteString("name", row.Title);
            w.WriteNumber("close", row.Value);
        });
        JsonParts.WriteTexts(w, "missing", report.Missing);
        w.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter w, string name, IReadOnlyList<DailyReport.Row> rows, Action<Utf8JsonWriter, DailyReport.Row> head)
    {
        w.WriteStartArray(name);
        foreach (var row in rows)
        {
            w.WriteStartObject();
            head(w, row);
            w.WriteString("date", Day(row.Day));
            JsonParts.WriteNumber(w, "change_7d_pct", row.Change7);
            JsonParts.WriteNumber(w, "change_14d_pct", row.Change14);
            JsonParts.WriteNumber(w, "change_30d_pct", row.Change30);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
