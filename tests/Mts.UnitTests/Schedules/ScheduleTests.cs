using Mts.Cli.Schedules;
using Mts.Core;
using Mts.Core.Market;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Schedules;

public sealed class ScheduleTests
{
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2024, 5, 1, 12, 7, 0, TimeSpan.Zero));
    private readonly List<ScheduledRun> runs = [];

    [Fact]
    public async Task Runs_at_once_and_then_at_the_moments_of_the_wall_clock()
    {
        await RunAsync(Job("a", 30, _ => Task.FromResult(new JobOutcome("fine"))), until: 4);

        runs.Select(r => r.Due.ToString()).ShouldBe(["2024-05-01T12:07:00Z", "2024-05-01T12:30:00Z", "2024-05-01T13:00:00Z", "2024-05-01T13:30:00Z"]);
        runs.ShouldAllBe(r => r.Started == r.Due && r.Missed == 0 && !r.IsFailed && r.Outcome == "fine");
    }

    [Fact]
    public async Task Makes_up_for_the_moments_of_a_long_run_by_one_run()
    {
        var count = 0;
        await RunAsync(Job("a", 30, async stop =>
        {
            // Until 13:40: 12:30, 13:00 and 13:30 pass.
            if (count++ == 0) await Task.Delay(TimeSpan.FromMinutes(93), clock, stop);
            return new JobOutcome("");
        }), until: 3);

        runs.Select(r => (r.Due.ToString(), r.Started.ToString(), r.Missed)).ShouldBe([
            ("2024-05-01T12:07:00Z", "2024-05-01T12:07:00Z", 0),
            ("2024-05-01T13:30:00Z", "2024-05-01T13:40:00Z", 2),
            ("2024-05-01T14:00:00Z", "2024-05-01T14:00:00Z", 0)]);
    }

    [Fact]
    public async Task Goes_on_after_a_failure()
    {
        await RunAsync(Job("a", 60, _ => runs.Count == 0 ? throw new StorageException("the disk is full") : Task.FromResult(new JobOutcome("fine"))), until: 2);

        runs.Select(r => (r.IsFailed, r.Outcome)).ShouldBe([(true, "the disk is full"), (false, "fine")]);
    }

    [Fact]
    public async Task A_run_under_way_ends_with_the_schedule()
    {
        using var stop = new CancellationTokenSource();
        await new Schedule(clock, runs.Add).RunAsync([Job("a", 30, async token =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return new JobOutcome("");
        })], stop.Token);

        runs.ShouldHaveSingleItem().Outcome.ShouldContain("interrupted");
    }

    private static ScheduledJob Job(string name, int minutes, Func<CancellationToken, Task<JobOutcome>> run) => new(name, TimeSpan.FromMinutes(minutes), run);

    private async Task RunAsync(ScheduledJob job, int until)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var schedule = new Schedule(clock, run =>
        {
            runs.Add(run);
            if (runs.Count == until) stop.Cancel();
        });
        await clock.RunAsync(
            async () =>
            {
                await schedule.RunAsync([job], stop.Token);
                return true;
            },
            TestContext.Current.CancellationToken);
    }
}
