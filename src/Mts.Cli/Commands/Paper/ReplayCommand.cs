using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Realtime;
using Mts.Cli.UserStrategies;
using Mts.Engine;

namespace Mts.Cli.Commands.Paper;

/// <summary><c>mts replay</c>: runs again what was recorded, a paper session or the frames of a venue.</summary>
internal static class ReplayCommand
{
    public static Command Create(CliHost host)
    {
        var files = new Argument<string[]>("file") { Description = "Recorded frames, plain, .gz or .zst, or a journal of `mts stream`; several are one stream.", Arity = ArgumentArity.ZeroOrMore };
        var venue = new Option<string?>("--venue") { Description = "Whose frames they are: binance or bybit.", HelpName = "VENUE" };
        var market = new Option<string?>("--market") { Description = "Which of its markets: spot or perp.", HelpName = "MARKET" };
        var journal = new Option<string?>("--book-journal") { Description = "Writes a line for each change of a book, with its fingerprint.", HelpName = "FILE" };
        var id = new Option<string?>("--session") { Description = "A session of `mts paper`.", HelpName = "ID" };
        var verify = new Option<bool>("--verify") { Description = "Tells whether the session's replay comes to what its journal says; without it, shows the result." };
        var strategies = AvailableStrategies.PathOption();
        var timeout = Flags.Span("--strategy-timeout", "With --session: a strategy that does not return for so long is given up, 30s unless given.");
        var command = new Command("replay", "Runs recorded frames or a recorded session again, on one thread and without a clock.") { files, venue, market, journal, id, strategies, verify, timeout };
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var paths = arguments.GetValue(files) ?? [];
            var named = arguments.GetValue(id);
            if (paths.Length > 0 == named is not null) throw new UsageException("give either recorded files or --session ID.");
            if (named is null) return ReplayFiles.Run(session, paths, arguments.GetValue(venue), arguments.GetValue(market), arguments.GetValue(journal), cancellationToken);
            var (watch, progress) = (new StrategyWatch(arguments.GetValue(timeout) ?? StrategyWatch.Usual, session.Clock), new RunProgress());
            var available = await AvailableStrategies.OfAsync(session, arguments.GetValue(strategies), StrategyLimit.OfFlag(arguments.GetValue(timeout)), cancellationToken);
            return await watch.RunAsync(() => SessionVerification.Run(session, available, named, arguments.GetValue(verify), progress), progress, cancellationToken);
        });
    }
}
