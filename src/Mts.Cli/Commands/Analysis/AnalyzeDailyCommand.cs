using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Core.Analysis;
using Mts.Engine.Reports.Analysis;
using Mts.Storage.Files;

namespace Mts.Cli.Commands.Analysis;

/// <summary><c>mts analyze daily</c>: the day's report, kept as <c>daily_reports/{day}.json</c>.</summary>
internal static class AnalyzeDailyCommand
{
    public static Command Create(CliHost host)
    {
        var (flags, symbols) = (new AnalysisFlags(), AnalysisFlags.Symbols());
        var command = new Command("daily", "The day's macro figures, yields and markets with their changes over 7, 14 and 30 days.") { symbols };
        flags.AddTo(command);
        return command.Runs(host, (session, arguments) =>
        {
            flags.CheckPage(session, arguments);
            DailyReport report;
            using (var store = session.OpenReader()) report = Report(session, new AnalysisData(session, store, flags.Moment(session, arguments)), arguments.GetValue(symbols) ?? []);
            if (report.Indicators.Count + report.Yields.Count + report.Assets.Count == 0) throw new BacktestDataException($"nothing was known by {report.AsOf}; `mts collect` and `mts collect-macro` fetch data.");
            Table(session, "markets", report.Assets);
            Table(session, "macro", report.Indicators);
            Table(session, "yields", report.Yields);
            if (report.Missing.Count > 0) session.Output.Line($"nothing known of {string.Join(", ", report.Missing)}");
            Keep(session, report);
            session.Output.Document(w => DailyJson.Write(w, report));
            flags.WritePage(session, arguments, () => HtmlDaily.Write(report));
            return ExitCode.Done;
        });
    }

    private static DailyReport Report(Session session, AnalysisData data, string[] symbols)
    {
        var missing = new List<string>();
        var indicators = Rows(DailyReport.IndicatorIds.Select(id => (id, MacroCatalog.Find(id).Title, DailySeries.Known(data.Macro(MacroCatalog.Find(id)), data.AsOf))));
        var yields = Rows(DailyReport.YieldIds.Select(y => (y.Id, $"{y.Years}Y", DailySeries.Known(data.Macro(MacroCatalog.Find(y.Id)), data.AsOf))));
        var names = symbols.Length > 0 ? symbols : [.. session.Settings.Sources.Symbols];
        var assets = Rows(names.Select(n => (n, data.Title(n), data.Closes(n) ?? DailySeries.Empty)));
        return new DailyReport(data.AsOf, indicators, yields, assets, missing);

        List<DailyReport.Row> Rows(IEnumerable<(string Id, string Title, DailySeries Known)> all)
        {
            var rows = new List<DailyReport.Row>();
            foreach (var (id, title, known) in all)
            {
                if (DailyReport.RowOf(id, title, known) is { } row) rows.Add(row);
                else missing.Add(id);
            }

            return rows;
        }
    }

    private static void Keep(Session session, DailyReport report)
    {
        var path = Path.Combine(session.DataDirectory, "daily_reports", $"{report.AsOf.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.json");
        Durable.Write(path, file =>
        {
            using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            DailyJson.Write(writer, report);
        });
        session.Output.Line($"kept {path}");
    }

    private static void Table(Session session, string title, IReadOnlyList<DailyReport.Row> rows)
    {
        if (rows.Count == 0) return;
        var grid = new Grid(title, "name", ">value", "of", ">7 d", ">14 d", ">30 d");
        foreach (var row in rows)
            grid.Add(row.Id, row.Title, row.Value.ToString("#,##0.####", CultureInfo.InvariantCulture), row.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Figures.Percent(row.Change7 / 100), Figures.Percent(row.Change14 / 100), Figures.Percent(row.Change30 / 100));
        session.Output.Table(grid);
    }
}
