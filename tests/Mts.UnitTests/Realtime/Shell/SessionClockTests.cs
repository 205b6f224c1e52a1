using Mts.Core.Market;
using Mts.Pipeline.Realtime.Shell;

namespace Mts.UnitTests.Realtime.Shell;

public sealed class SessionClockTests
{
    [Fact]
    public void Follows_the_clock_and_never_runs_back()
    {
        var clock = new SteppedClock();
        var time = new SessionClock(clock);
        time.Now().ShouldBe(new Timestamp(0));
        clock.Pass(seconds: 10);
        time.Now().ShouldBe(new Timestamp(10_000_000));
        clock.Step(seconds: 100);
        time.Now().ShouldBe(new Timestamp(110_000_000));
        clock.Step(seconds: -6);
        time.Now().ShouldBe(new Timestamp(110_000_000));
        // Six seconds too early, it runs at half speed for twelve.
        clock.Pass(seconds: 4);
        time.Now().ShouldBe(new Timestamp(112_000_000));
        clock.Pass(seconds: 8);
        time.Now().ShouldBe(new Timestamp(116_000_000));
        clock.Pass(seconds: 8);
        time.Now().ShouldBe(new Timestamp(124_000_000));
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long ticks;
        private DateTimeOffset now = DateTimeOffset.UnixEpoch;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => ticks;

        public void Pass(double seconds)
        {
            ticks += TimeSpan.FromSeconds(seconds).Ticks;
            now = now.AddSeconds(seconds);
        }

        public void Step(double seconds) => now = now.AddSeconds(seconds);
    }
}
