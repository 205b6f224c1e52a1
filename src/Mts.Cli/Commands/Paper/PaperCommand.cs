using System.CommandLine;
using System.Text;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.CommandLine;
using Mts.Cli.Live;
using Mts.Cli.UserStrategies;
using Mts.Engine;
using Mts.Engine.Sessions;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Commands.Paper;

/// <summary><c>mts paper</c>: strategies on live data with pretended money. Nothing here can send an order to a venue.</summary>
internal static class PaperCommand
{
    public static Command Create(CliHost host)
    {
        var flags = new PaperFlags();
        var command = new Command("paper", "Runs strategies on live data with pretended money; no order reaches a venue.");
        flags.AddTo(command);
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var available = await AvailableStrategies.OfAsync(session, arguments.GetValue(flags.StrategyPath), StrategyLimit.OfFlag(arguments.GetValue(flags.StrategyTimeout)), cancellationToken);
            var isThere = PaperFiles.Exists(session, arguments.GetValue(flags.Id));
            var asked = isThere
                ? await PaperPlans.AskedAsync(session, available, arguments, flags, cancellationToken)
                : await PaperPlans.MakeAsync(session, available, arguments, flags, cancellationToken);
            var watch = new StrategyWatch(arguments.GetValue(flags.StrategyTimeout) ?? StrategyWatch.Usual, session.Clock);
            var (opened, paper) = isThere ? await ResumeAsync(session, available, arguments.GetValue(flags.Id)!, asked, watch, cancellationToken) : Begin(session, available, asked!);
            using var journal = opened;
            var plan = paper.Plan;
            session.Output.Line($"session {plan.Id}: {PaperPlans.Words(plan)}, fills at the {plan.Fill.ToString().ToLowerInvariant()}, from {plan.Start}");
            using var sources = new Sources(session);
            using var run = new PaperRun(
                session, Market(session, sources, plan, arguments.GetValue(flags.Feed)), journal, paper, () => Again(session, available, plan.Id), watch.Timeout);
            var isInterrupted = false;
            try
            {
                run.Start();
                await run.FollowAsync(arguments.GetValue(flags.Duration), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                isInterrupted = true;
            }
            catch (MtsException) when (!isThere && run.Paper.Tally.Now == default)
            {
                // A session that has taken nothing is none: the same command begins it when its fault is mended.
                journal.Dispose();
                PaperFiles.Remove(session, plan.Id);
                throw;
            }

            paper = run.Paper;
            var result = paper.Result();
            var json = PaperDocument.Write(plan, paper.Tally, paper.Digest, result);
            PaperFiles.WriteResult(session, plan.Id, json);
            session.Metrics.Add("bars", result.Metrics.Bars);
            BacktestView.Show(session, result);
            session.Output.Line($"`mts paper --session {plan.Id}` goes on, `mts replay --session {plan.Id} --verify` proves it");
            session.Output.Raw(session.Output.IsJson ? Encoding.UTF8.GetString(json) : "");
            return isInterrupted ? ExitCode.Interrupted : ExitCode.Done;
        });
    }

    private static (SessionJournalFile Journal, PaperSession Paper) Begin(Session session, AvailableStrategies available, SessionPlan plan)
    {
        var journal = SessionJournalFile.Create(PaperFiles.Journal(session, plan.Id));
        try
        {
            return (journal, PaperSession.Begin(plan, available, journal));
        }
        catch (MtsException)
        {
            journal.Dispose();
            PaperFiles.Remove(session, plan.Id);
            throw;
        }
    }

    private static async Task<(SessionJournalFile Journal, PaperSession Paper)> ResumeAsync(
        Session session, AvailableStrategies available, string id, SessionPlan? asked, StrategyWatch watch, CancellationToken cancellationToken)
    {
        var (progress, torn) = (new RunProgress(), 0L);
        var (journal, paper) = await watch.RunAsync(
            () =>
            {
                SessionReplay? replay = null;
                var there = SessionJournalFile.Resume(PaperFiles.Journal(session, id), reader =>
                {
                    replay = PaperFiles.Replay(reader, available, progress);
                    torn = reader.TornBytes;
                    if (asked is not null) PaperPlans.CheckSame(replay.Plan, asked);
                });
                return (there, PaperSession.Resume(replay!, there, Timestamp.Now(session.Clock), VersionCommand.Version, torn));
            },
            progress, cancellationToken);
        if (torn > 0) session.Output.Note($"warning: the journal ended inside a record; its {torn} bytes were cut off, what they told is asked for again");
        return (journal, paper);
    }

    private static SessionReplay Again(Session session, AvailableStrategies available, string id)
    {
        using var reader = new SessionJournalReader(PaperFiles.Journal(session, id));
        return PaperFiles.Replay(reader, available, progress: null);
    }

    private static ILiveMarket Market(Session session, Sources sources, SessionPlan plan, string? feed)
    {
        var withTops = plan.Fill == FillRule.Book;
        if (feed is not "poll" && (feed is "stream" || plan.Instruments[0].Key.Interval.Micros >= Interval.Minute.Micros)) return new StreamedFeeds(session, sources, withTops);
        var venue = plan.Instruments[0].Key.Venue;
        return new PolledMarket(
            sources.Bars(venue), sources.Funding(venue), withTops ? (symbol, cancellationToken) => sources.DepthAsync(venue, symbol, 5, cancellationToken) : null,
            session.Clock, text => session.Output.Note($"warning: {text}"));
    }
}
