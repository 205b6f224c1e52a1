using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Engine.Analytics;
using Mts.Engine.Reports;

namespace Mts.Cli.Commands.Reports;

/// <summary><c>mts report monte-carlo RUN</c>: what chance might have made of a run that is kept.</summary>
internal static class ReportMonteCarloCommand
{
    public static Command Create(CliHost host)
    {
        var which = RunArgument.Create("run", "The run");
        var paths = Flags.Whole("--paths", "Histories to draw, 1000 unless given.", 1_000, MonteCarlo.LeastPaths, MonteCarlo.MostPaths, "from 100 to 100000");
        var seed = new Option<int?>("--seed") { Description = "Of the draws; the run's own unless given.", HelpName = "N" };
        return new Command("monte-carlo", "Draws histories that a kept run might have had, and shuffles its trades.") { which, paths, seed }.Runs(host, (session, arguments, cancellationToken) =>
        {
            var run = RunArgument.Read(session, arguments.GetRequiredValue(which));
            RunArgument.Warn(session, run);
            var luck = MonteCarlo.Of(run.Equity, [.. run.Trades.Select(t => t.Pnl)], arguments.GetValue(paths), arguments.GetValue(seed) ?? run.Seed, cancellationToken);
            session.Output.Line($"{run.Strategies} on {run.Markets}, run {run.Id}");
            MonteCarloView.Show(session, luck);
            session.Output.Line("the run at higher costs: `mts backtest … --monte-carlo N`");
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                w.WriteString("run", run.Id);
                MonteCarloJson.Write(w, luck);
                w.WriteEndObject();
            });
            return Task.FromResult(ExitCode.Done);
        });
    }
}
