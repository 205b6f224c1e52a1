using Mts.Cli.CommandLine;

namespace Mts.Cli.Schedules;

/// <summary>
/// Does jobs at once and then at every moment of the wall clock's grid: every 30 minutes is at :00 and :30. A job never runs beside itself; moments that pass
/// meanwhile are made up for by one run. A job that fails is told of and runs again at its next moment.
/// </summary>
/// <param name="clock">Tells the time and fires the timers.</param>
/// <param name="told">Takes each run when it is over; may be called by several jobs at once.</param>
internal sealed class Schedule(TimeProvider clock, Action<ScheduledRun> told)
{
    // The wall clock may be set, and a machine may sleep: no wait is longer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Until it is cancelled; a run under way is cancelled with it.</summary>
    public Task RunAsync(IEnumerable<ScheduledJob> jobs, CancellationToken cancellationToken) => Task.WhenAll(jobs.Select(j => RepeatAsync(j, cancellationToken)));

    /// <summary>The last moment of a job's grid, which begins at midnight UTC of 1970-01-01.</summary>
    internal static Timestamp GridAt(Timestamp time, TimeSpan every)
    {
        var micros = every.Ticks / TimeSpan.TicksPerMicrosecond;
        return new Timestamp(time.Micros - (time.Micros % micros));
    }

    private async Task RepeatAsync(ScheduledJob job, CancellationToken cancellationToken)
    {
        var due = Timestamp.Now(clock);
        var missed = 0L;
        while (await TryRunAsync(job, due, missed, cancellationToken))
        {
            var next = GridAt(due, job.Every) + job.Every;
            if (!await TryWaitAsync(next, cancellationToken)) return;
            due = GridAt(Timestamp.Now(clock), job.Every);
            missed = (due - next).Ticks / job.Every.Ticks;
        }
    }

    private async Task<bool> TryRunAsync(ScheduledJob job, Timestamp due, long missed, CancellationToken cancellationToken)
    {
        var started = Timestamp.Now(clock);
        try
        {
            var outcome = await job.RunAsync(cancellationToken);
            told(new ScheduledRun(job.Name, due, started, Timestamp.Now(clock), missed, outcome.Text, outcome.IsFailed));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            told(new ScheduledRun(job.Name, due, started, Timestamp.Now(clock), missed, "interrupted; what was finished is kept", IsFailed: false));
        }
        catch (Exception failure)
        {
            told(new ScheduledRun(job.Name, due, started, Timestamp.Now(clock), missed, Failure.Of(failure).Message, IsFailed: true));
        }

        return !cancellationToken.IsCancellationRequested;
    }

    private async Task<bool> TryWaitAsync(Timestamp due, CancellationToken cancellationToken)
    {
        for (var left = due - Timestamp.Now(clock); left > TimeSpan.Zero && !cancellationToken.IsCancellationRequested; left = due - Timestamp.Now(clock))
            await Task.Delay(left < LongestWait ? left : LongestWait, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
