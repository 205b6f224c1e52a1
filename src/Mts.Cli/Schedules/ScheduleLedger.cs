using System.Text.Json;
using Microsoft.Extensions.Logging;
using Mts.Cli.Output;

namespace Mts.Cli.Schedules;

/// <summary>The runs of a schedule: a line of the log for each, the last ones as a table and in the document at the end.</summary>
internal sealed class ScheduleLedger(ILogger log)
{
    private const int MostKept = 1_000;

    private readonly Lock sync = new();
    private readonly Queue<ScheduledRun> runs = new();
    private long count;
    private long failed;

    /// <summary>Runs so far, those that failed among them.</summary>
    public (long Count, long Failed) Counts
    {
        get
        {
            lock (sync) return (count, failed);
        }
    }

    public void Add(ScheduledRun run)
    {
        log.Log(
            run.IsFailed ? LogLevel.Warning : LogLevel.Information, "schedule job={Job} due={Due} started={Started} seconds={Seconds:0.000} missed={Missed} result={Result} {Outcome}",
            run.Job, run.Due, run.Started, (run.Ended - run.Started).TotalSeconds, run.Missed, ResultOf(run), run.Outcome);
        lock (sync)
        {
            count++;
            if (run.IsFailed) failed++;
            runs.Enqueue(run);
            if (runs.Count > MostKept) runs.Dequeue();
        }
    }

    public Grid Table()
    {
        var grid = new Grid("job", "due", ">seconds", ">missed", "result", "outcome");
        foreach (var run in Runs()) grid.Add(run.Job, run.Due.ToString(), Figures.Ratio((run.Ended - run.Started).TotalSeconds), Figures.Count(run.Missed), ResultOf(run), run.Outcome);
        return grid;
    }

    /// <summary>Two members: <c>runs</c> and <c>failed_runs</c>.</summary>
    public void Write(Utf8JsonWriter w)
    {
        w.WriteStartArray("runs");
        foreach (var run in Runs())
        {
            w.WriteStartObject();
            w.WriteString("job", run.Job);
            w.WriteString("due", run.Due.ToString());
            w.WriteString("started", run.Started.ToString());
            w.WriteString("ended", run.Ended.ToString());
            w.WriteNumber("missed", run.Missed);
            w.WriteString("result", ResultOf(run));
            w.WriteString("outcome", run.Outcome);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteNumber("failed_runs", Counts.Failed);
    }

    private static string ResultOf(ScheduledRun run) => run.IsFailed ? "failed" : "done";

    private IReadOnlyList<ScheduledRun> Runs()
    {
        lock (sync) return [.. runs];
    }
}
