using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Core.Analysis;
using Mts.Engine.Reports.Analysis;

namespace Mts.Cli.Commands.Analysis;

/// <summary><c>mts analyze macro</c>: where the macro series stand, how they have moved, and what that is called.</summary>
internal static class AnalyzeMacroCommand
{
    public static Command Create(CliHost host)
    {
        var (flags, indicators) = (new AnalysisFlags(), AnalysisFlags.Indicators());
        var period = new Option<string>("--period") { Description = "day, week or month: what the z-scores count.", DefaultValueFactory = _ => "day", HelpName = "PERIOD" };
        period.AcceptOnlyFromAmong("day", "week", "month");
        var command = new Command("macro", "Changes, z-scores and regimes of the macro series, by what was public.") { indicators, period };
        flags.AddTo(command);
        return command.Runs(host, (session, arguments) =>
        {
            flags.CheckPage(session, arguments);
            using var store = session.OpenReader();
            var data = new AnalysisData(session, store, flags.Moment(session, arguments));
            var length = Enum.Parse<Period>(arguments.GetValue(period)!, ignoreCase: true);
            var looked = data.MacroSeriesOf(arguments.GetValue(indicators) ?? []).Select(s => (Series: s, Known: DailySeries.Known(data.Macro(s), data.AsOf))).ToList();
            var figures = looked.Select(l => (Figures: MacroFigures.Of(l.Series, l.Known, data.AsOf, length), l.Known)).Where(l => l.Figures is not null).Select(l => (Figures: l.Figures!, l.Known)).ToList();
            if (figures.Count == 0) throw new BacktestDataException($"nothing was public by {data.AsOf} of {string.Join(", ", looked.Select(l => l.Series.Id))}; `mts data status` shows what is stored.");
            var notes = Notes(looked.Where(l => l.Known.Length == 0).Select(l => l.Series), [.. figures.Select(f => f.Figures)]);
            Show(session, data.AsOf, [.. figures.Select(f => f.Figures)], notes);
            flags.WritePage(session, arguments, () => HtmlMacro.Write(data.AsOf, figures, notes));
            return ExitCode.Done;
        });
    }

    private static List<string> Notes(IEnumerable<MacroSeries> silent, IReadOnlyList<MacroFigures> figures) =>
    [
        .. figures.SelectMany(f => f.Regimes.Where(r => r.IsNotable).Select(r => $"{f.Series.Id}: {r.Kind.Replace('_', ' ')} {r.Name.Replace('_', ' ')}, {r.Reason}")),
        .. figures.Where(f => f.Series.Rule != ReleaseRule.FixedLag && f.AgeDays > AnalysisData.StaleDays).Select(f => $"{f.Series.Id} is stale: its newest value is of {f.Day:yyyy-MM-dd}, {f.AgeDays} days ago"),
        .. silent.Select(s => $"{s.Id}: nothing was public yet"),
    ];

    private static void Show(Session session, Timestamp asOf, IReadOnlyList<MacroFigures> figures, List<string> notes)
    {
        var grid = new Grid(["series", ">value", "of", .. MacroFigures.ChangeDays.Select(d => $">{d} d"), .. MacroFigures.ZScoreLengths.Select(n => $">z {n}"), ">percentile", "regime"]) { Title = $"Macro, as known by {asOf}" };
        foreach (var f in figures)
        {
            grid.Add([
                f.Series.Id, f.Value.ToString("0.####", CultureInfo.InvariantCulture), f.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                .. MacroFigures.ChangeDays.Select(d => Figures.Percent(f.Changes[d])), .. MacroFigures.ZScoreLengths.Select(n => f.ZScores[n]?.ToString("0.00", CultureInfo.InvariantCulture) ?? "n/a"),
                f.Percentile?.ToString("0", CultureInfo.InvariantCulture) ?? "n/a", string.Join(", ", f.Regimes.Select(r => r.Name.Replace('_', ' '))),
            ]);
        }

        session.Output.Table(grid);
        foreach (var note in notes) session.Output.Line(note);
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteString("as_of", asOf.ToString());
            w.WriteStartArray("series");
            foreach (var f in figures) Write(w, f);
            w.WriteEndArray();
            JsonParts.WriteTexts(w, "notes", notes);
            w.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter w, MacroFigures f)
    {
        w.WriteStartObject();
        w.WriteString("indicator", f.Series.Id);
        w.WriteString("name", f.Series.Title);
        w.WriteNumber("value", f.Value);
        w.WriteString("date", f.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        w.WriteNumber("age_days", f.AgeDays);
        WriteAll(w, "rate_of_change", f.Changes, "d");
        WriteAll(w, "z_scores", f.ZScores, "");
        JsonParts.WriteNumber(w, "percentile", f.Percentile);
        w.WriteStartArray("regimes");
        foreach (var r in f.Regimes)
        {
            w.WriteStartObject();
            w.WriteString("kind", r.Kind);
            w.WriteString("name", r.Name);
            w.WriteBoolean("notable", r.IsNotable);
            w.WriteString("reason", r.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter w, string name, IReadOnlyDictionary<int, double?> figures, string unit)
    {
        w.WriteStartObject(name);
        foreach (var (length, value) in figures.OrderBy(f => f.Key)) JsonParts.WriteNumber(w, $"{length}{unit}", value);
        w.WriteEndObject();
    }
}
