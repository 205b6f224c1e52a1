using Mts.Cli.Live;
using Mts.Core;
using Mts.Core.Market;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Live;

public sealed class StrategyThreadTests
{
    private static readonly Timestamp Time = Timestamp.Parse("2024-01-01");

    [Fact]
    public void Runs_call_after_call_on_one_thread()
    {
        using var thread = new StrategyThread(TimeSpan.FromSeconds(30), TimeProvider.System);
        var threads = new List<int>();
        for (var i = 0; i < 3; i++) thread.Run(() => threads.Add(Environment.CurrentManagedThreadId), "strategy A", Time);
        threads.Distinct().ShouldHaveSingleItem().ShouldNotBe(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void What_a_call_throws_reaches_the_caller()
    {
        using var thread = new StrategyThread(TimeSpan.FromSeconds(30), TimeProvider.System);
        Should.Throw<StrategyException>(() => thread.Run(() => throw new StrategyException("on purpose"), "strategy A", Time)).Message.ShouldBe("on purpose");
        thread.Run(() => { }, "strategy A", Time);
    }

    [Fact]
    public void What_is_stopped_waits_for_nobody()
    {
        using var end = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        using var thread = new StrategyThread(TimeSpan.FromHours(1), TimeProvider.System, stop: stop.Token);
        Should.Throw<OperationCanceledException>(() => thread.Run(
            () =>
            {
                stop.Cancel();
                end.Wait(TestContext.Current.CancellationToken);
            },
            "strategy A", Time));
        end.Set();
    }

    [Fact]
    public void Gives_up_on_a_call_that_does_not_return()
    {
        using var end = new ManualResetEventSlim();
        var clock = new ManualTimeProvider();
        using var thread = new StrategyThread(TimeSpan.FromSeconds(5), clock);
        var failed = Should.Throw<StrategyException>(() => thread.Run(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(6));
                end.Wait(TestContext.Current.CancellationToken);
            },
            "strategy A", Time));
        failed.Message.ShouldBe("strategy A did not return within 5 s at 2024-01-01T00:00:00Z; it was given up. --strategy-timeout allows more.");
        end.Set();
    }
}
