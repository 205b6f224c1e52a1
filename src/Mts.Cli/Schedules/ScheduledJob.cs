namespace Mts.Cli.Schedules;

/// <summary>Something that is done again and again.</summary>
/// <param name="Name">One word.</param>
/// <param name="Every">At least a second.</param>
/// <param name="RunAsync">Does it once and says what it brought, in words.</param>
internal sealed record ScheduledJob(string Name, TimeSpan Every, Func<CancellationToken, Task<JobOutcome>> RunAsync);

/// <param name="Text">What a run brought, for people.</param>
/// <param name="IsFailed">True where some of it failed; what had arrived is kept.</param>
internal sealed record JobOutcome(string Text, bool IsFailed = false);

/// <summary>One run of a job.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Due">The moment of the grid, or the start.</param>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it was over.</param>
/// <param name="Missed">Moments of the grid that passed before it while the job was still busy or the machine asleep; this run stands for all of them.</param>
/// <param name="Outcome">What it brought, or why it failed.</param>
/// <param name="IsFailed">True where it failed.</param>
internal sealed record ScheduledRun(string Job, Timestamp Due, Timestamp Started, Timestamp Ended, long Missed, string Outcome, bool IsFailed);
