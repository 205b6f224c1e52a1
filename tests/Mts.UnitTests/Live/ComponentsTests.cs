using Microsoft.Extensions.Logging.Abstractions;
using Mts.Cli.Live;
using Mts.Core;
using Mts.Pipeline.Alerts.Observations;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Live;

public sealed class ComponentsTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly List<ComponentStateSeen> seen = [];
    private readonly List<string> notes = [];

    [Fact]
    public async Task One_that_fails_is_shown_and_begun_again_while_the_others_go_on()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var components = new Components(clock, NullLogger.Instance, seen.Add, notes.Add);
        var (attempts, calm) = (new List<DateTimeOffset>(), 0);
        await clock.RunAsync(
            async () =>
            {
                var quiet = components.Start("quiet", async token =>
                {
                    calm++;
                    await Task.Delay(TimeSpan.FromSeconds(60), clock, token);
                    await stop.CancelAsync();
                }, stop.Token);
                var loud = components.Start("loud", async token =>
                {
                    attempts.Add(clock.GetUtcNow());
                    if (attempts.Count < 4) throw new StorageException("the disk is full");
                    await Task.Delay(Timeout.InfiniteTimeSpan, clock, token);
                }, stop.Token);
                await Task.WhenAll(quiet, loud);
                return true;
            },
            TestContext.Current.CancellationToken);

        calm.ShouldBe(1);
        attempts.Select(a => (a - attempts[0]).TotalSeconds).ShouldBe([0, 1, 3, 7]);
        seen.Select(s => (s.Component, s.Health)).ShouldBe([("loud", ComponentHealth.Down), ("loud", ComponentHealth.Down), ("loud", ComponentHealth.Down), ("loud", ComponentHealth.Up)]);
        notes.ShouldAllBe(n => n.StartsWith("error: loud: the disk is full"));
    }
}
