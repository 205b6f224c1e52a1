using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Storage.Files.Searches;

namespace Mts.Cli.Commands.Reports;

/// <summary><c>mts report trials</c>: what the ledger of trials holds, a line for each strategy, markets and range.</summary>
internal static class ReportTrialsCommand
{
    public static Command Create(CliHost host)
    {
        var strategy = new Option<string?>("--strategy") { Description = "Only of this one.", HelpName = "NAME" };
        return new Command("trials", "Shows how often what was searched, and when: the trials that deflate the next search.") { strategy }.Runs(host, (session, arguments) =>
        {
            var rows = Rows(session, arguments.GetValue(strategy));
            var grid = new Grid("strategy", "series", "range", ">searches", ">trials", ">best Sharpe", "last");
            foreach (var r in rows) grid.Add(r.Strategy, r.Series, r.Range, Figures.Count(r.Searches), Figures.Count(r.Trials), Figures.Ratio(r.BestSharpe), r.Last.ToString());
            if (rows.Count == 0) session.Output.Line("no search has been made yet; `mts optimize` makes one");
            else session.Output.Table(grid);
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                w.WriteStartArray("trials");
                foreach (var r in rows)
                {
                    w.WriteStartObject();
                    w.WriteString("strategy", r.Strategy);
                    w.WriteString("series", r.Series);
                    w.WriteString("start", r.Start.ToString());
                    w.WriteString("end", r.End.ToString());
                    w.WriteNumber("searches", r.Searches);
                    w.WriteNumber("trials", r.Trials);
                    if (r.BestSharpe is { } sharpe) w.WriteNumber("best_sharpe", sharpe);
                    else w.WriteNull("best_sharpe");
                    w.WriteString("last", r.Last.ToString());
                    w.WriteEndObject();
                }

                w.WriteEndArray();
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }

    private static List<Row> Rows(Session session, string? strategy) =>
    [
        .. new SearchFiles(session.DataDirectory, session.Clock).ReadAll()
            .Where(b => strategy is null || Core.Signals.StrategyNames.Find(strategy, [b.Scope.Strategy]) is not null)
            .GroupBy(b => (b.Scope.Strategy, Series: string.Join(", ", b.Scope.Series), b.Batch.Start, b.Batch.End))
            .Select(g => new Row(
                g.Key.Strategy, g.Key.Series, g.Key.Start, g.Key.End, g.Select(b => b.Batch.Search).Distinct(StringComparer.Ordinal).Count(), g.SelectMany(b => b.Trials).Select(t => t.Id).Distinct().Count(),
                // A year's worth, as everywhere.
                g.SelectMany(b => b.Trials).Max(t => t.Sharpe) * Math.Sqrt(365), g.Max(b => b.Time)))
            .OrderBy(r => r.Strategy, StringComparer.Ordinal).ThenBy(r => r.Series, StringComparer.Ordinal).ThenBy(r => r.Start).ThenBy(r => r.End),
    ];

    private sealed record Row(string Strategy, string Series, Timestamp Start, Timestamp End, int Searches, int Trials, double? BestSharpe, Timestamp Last)
    {
        public string Range => FormattableString.Invariant($"{Start.Date:yyyy-MM-dd}…{new Timestamp(End.Micros - 1).Date:yyyy-MM-dd}");
    }
}
