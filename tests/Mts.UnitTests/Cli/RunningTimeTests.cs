using Mts.Cli;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Cli;

public sealed class RunningTimeTests
{
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(0.25)]
    [InlineData(24)]
    [InlineData(100 * 24)]
    public void Is_over_when_the_time_is_up_however_long_that_is(double hours)
    {
        using var time = new RunningTime(TimeSpan.FromHours(hours), new ShortTimers(clock));

        clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        time.IsOver.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        time.IsOver.ShouldBeTrue();
        time.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_duration_it_never_ends()
    {
        using var time = new RunningTime(null, clock);
        clock.Advance(TimeSpan.FromDays(1_000));
        time.IsOver.ShouldBeFalse();
    }

    // As the system's: a longer wait is an error.
    private sealed class ShortTimers(TimeProvider inner) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(inner.CreateTimer(callback, state, dueTime, period));

        private sealed class Timer(ITimer inner) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.TotalMilliseconds, uint.MaxValue - 1.0);
                return inner.Change(dueTime, period);
            }

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
