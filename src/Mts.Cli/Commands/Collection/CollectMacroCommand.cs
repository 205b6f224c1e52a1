using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Pipeline.History;

namespace Mts.Cli.Commands.Collection;

/// <summary><c>mts collect-macro</c>: brings the macro series up to date.</summary>
internal static class CollectMacroCommand
{
    public static Command Create(CliHost host)
    {
        var indicators = Flags.Names("--macro-indicators", "VIX, DXY, TREASURY_10Y, FED_FUNDS_RATE, any series id, or ALL; ALL unless given.", "NAME");
        var fill = new Option<string>("--fill") { Description = "none, forward or interpolate: how days without a value are filled, flagged.", DefaultValueFactory = _ => "none", HelpName = "HOW" };
        fill.AcceptOnlyFromAmong("none", "forward", "interpolate");
        var range = new CollectionRange(30);
        var command = new Command("collect-macro", "Collects macro series from FRED.") { indicators, fill };
        range.AddTo(command);
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var series = Collections.SeriesOf(arguments.GetValue(indicators) ?? []);
            var (from, until) = range.Of(arguments, session.Clock);
            var filling = new MacroFill(Enum.Parse<MacroFillKind>(arguments.GetValue(fill)!, ignoreCase: true));
            using var sources = new Sources(session);
            using var store = session.OpenWriter("collect-macro");
            using var progress = new ProgressLine(host);
            var reports = await Collections.MacroAsync(session, sources, store, series, from, until, filling, progress, cancellationToken);
            progress.Dispose();
            session.MirrorAsCsv(store);
            return CollectionResult.Show(session, reports);
        });
    }
}
