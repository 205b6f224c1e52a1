using System.CommandLine;
using Microsoft.Extensions.Logging;
using Mts.Cli.Commands.Collection;
using Mts.Cli.CommandLine;
using Mts.Cli.Schedules;

namespace Mts.Cli.Commands;

/// <summary><c>mts schedule</c>: collects now, and again at every moment of the wall clock's grid.</summary>
internal static class ScheduleCommand
{
    public static Command Create(CliHost host)
    {
        var collect = new Option<bool>("--collect") { Description = "Collect market data." };
        var macro = new Option<bool>("--collect-macro") { Description = "Collect macro data." };
        var indicators = Flags.Names("--macro-indicators", "Macro series, for instance VIX DXY, or ALL.", "NAME");
        var days = Flags.Days("How many days back.", 1);
        var interval = Flags.Whole("--interval", "Minutes between two collections.", 60, 1, 525_600, "a positive number of minutes, at most 525600");
        var duration = Flags.Span("--duration", "How long to run: 90s, 15m, 8h, 7d; until it is interrupted unless given.");
        var command = new Command("schedule", "Collects now and every so many minutes, until it is interrupted.") { collect, macro, indicators, days, interval, duration };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(collect) && !result.GetValue(macro)) result.AddError("--schedule needs --collect or --collect-macro.");
            if (result.GetResult(indicators) is not null && !result.GetValue(macro)) result.AddError("--macro-indicators needs --collect-macro.");
        });
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var series = Collections.SeriesOf(arguments.GetValue(indicators) ?? []);
            using var sources = new Sources(session);
            using var turns = new SemaphoreSlim(1, 1);
            var jobs = new CollectionJobs(session, sources, (use, stop) => LendAsync(session, turns, use, stop));
            var every = TimeSpan.FromMinutes(arguments.GetValue(interval));
            List<ScheduledJob> wanted = [];
            if (arguments.GetValue(collect)) wanted.Add(jobs.Bars(every, arguments.GetValue(days)));
            if (arguments.GetValue(macro)) wanted.Add(jobs.Macro(every, arguments.GetValue(days), series));
            return await RunAsync(session, wanted, arguments.GetValue(duration), cancellationToken);
        });
    }

    private static async Task<int> RunAsync(Session session, IReadOnlyList<ScheduledJob> jobs, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var ledger = new ScheduleLedger(session.Loggers.CreateLogger("Mts.Schedule"));
        using var over = new RunningTime(duration, session.Clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        session.Output.Line($"{string.Join(" and ", jobs.Select(j => j.Name))}, now and every {jobs[0].Every.TotalMinutes:0} minutes; Ctrl-C ends");
        await session.Host.Out.FlushAsync(cancellationToken);
        await new Schedule(session.Clock, ledger.Add).RunAsync(jobs, end.Token);
        session.Output.Table(ledger.Table());
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            ledger.Write(w);
            w.WriteEndObject();
        });
        var (count, failed) = ledger.Counts;
        session.Metrics.Add("runs", count);
        session.Metrics.Add("failed", failed);
        if (cancellationToken.IsCancellationRequested) return ExitCode.Interrupted;
        return failed == 0 ? ExitCode.Done : ExitCode.Service;
    }

    // Others may write the data folder between two runs.
    private static async Task<JobOutcome> LendAsync(Session session, SemaphoreSlim turns, Func<Mts.Storage.Sqlite.SqliteStore, Task<JobOutcome>> use, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            using var store = session.OpenWriter("schedule");
            return await use(store);
        }
        finally
        {
            turns.Release();
        }
    }
}
