using System.CommandLine;
using System.Globalization;
using System.Text;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;

namespace Mts.Cli.Commands.Reports;

/// <summary><c>mts report show RUN</c>: the figures of a run that is kept.</summary>
internal static class ReportShowCommand
{
    public static Command Create(CliHost host)
    {
        var which = RunArgument.Create("run", "The run");
        return new Command("show", "Shows the figures of a run that is kept; with --json its whole document.") { which }.Runs(host, (session, arguments) =>
        {
            var file = RunArgument.Find(session, arguments.GetRequiredValue(which));
            var run = RunArgument.Read(session, file);
            RunArgument.Warn(session, run);
            session.Output.Line($"{run.Strategies} on {run.Markets}");
            var inputs = new Grid("input", "value");
            foreach (var (name, value) in run.Inputs) inputs.Add(name, value);
            if (session.Options.Verbose) session.Output.Table(inputs);
            var grid = new Grid("figure", ">value");
            foreach (var (name, value) in run.Metrics) grid.Add(name, Text(value));
            session.Output.Table(grid);
            session.Output.Line($"guards {run.Verdicts.GuardsInWords}; data {run.Verdicts.DataInWords}");
            session.Output.Line($"run {run.Id}, {Figures.Count(run.Trades.Count)} trades");
            session.Output.Raw(session.Output.IsJson ? Encoding.UTF8.GetString(File.ReadAllBytes(file)) : "");
            return ExitCode.Done;
        });
    }

    /// <summary>A figure whose kind is not known: as many digits as it needs to be told from others.</summary>
    public static string Text(double? value) =>
        value is not { } v || !double.IsFinite(v) ? "n/a" : v.ToString(Math.Abs(v) >= 1_000 ? "#,##0.00" : "0.######", CultureInfo.InvariantCulture);
}
