using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Engine.Analytics;
using Mts.Engine.Reports;

namespace Mts.Cli.Commands.Reports;

/// <summary><c>mts report list</c>: the runs that are kept.</summary>
internal static class ReportListCommand
{
    public static Command Create(CliHost host) => new Command("list", "Lists the runs that are kept.").Runs(host, (session, _) =>
    {
        var runs = RunArgument.All(session).Select(f => Read(session, f)).OfType<StoredRun>().ToList();
        var grid = new Grid("run", "strategies", "markets", "from", "until", ">return", ">Sharpe", ">drawdown", ">trades", "guards", "data");
        foreach (var run in runs)
            grid.Add(run.Id, run.Strategies, run.Markets, run.Input("start") ?? "n/a", run.Input("end") ?? "n/a", Figures.Percent(run.Metric("total_return")), Figures.Ratio(run.Metric("sharpe")), Figures.Percent(run.Metric("max_drawdown")), Figures.Count((long)(run.Metric("trades") ?? 0)), run.Verdicts.GuardsInWords, run.Verdicts.DataInWords);
        if (runs.Count == 0) session.Output.Line("no run is kept yet; `mts backtest` keeps its results.");
        else session.Output.Table(grid);
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("runs");
            foreach (var run in runs) Write(w, run);
            w.WriteEndArray();
            w.WriteEndObject();
        });
        return ExitCode.Done;
    });

    // One file that is broken hides no other.
    private static StoredRun? Read(Session session, string file)
    {
        try
        {
            return RunArgument.Read(session, file);
        }
        catch (ConfigurationException broken)
        {
            session.Output.Note($"warning: {broken.Message} Remove it.");
            return null;
        }
    }

    private static void Write(System.Text.Json.Utf8JsonWriter w, StoredRun run)
    {
        w.WriteStartObject();
        w.WriteString("id", run.Id);
        w.WriteString("strategies", run.Strategies);
        w.WriteString("markets", run.Markets);
        w.WriteString("start", run.Input("start"));
        w.WriteString("end", run.Input("end"));
        foreach (var name in new[] { "total_return", "sharpe", "max_drawdown", "trades" }) JsonParts.WriteNumber(w, name, run.Metric(name));
        VerdictsJson.Write(w, "verdicts", run.Verdicts);
        w.WriteEndObject();
    }
}
