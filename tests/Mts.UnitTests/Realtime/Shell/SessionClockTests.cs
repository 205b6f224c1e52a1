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

    [Fact]
    public void Tells_once_by_how_much_the_clock_was_set()
    {
        var clock = new SteppedClock();
        var time = new SessionClock(clock);
        clock.Pass(seconds: 10);
        Step().ShouldBe(0);
        clock.Step(seconds: 2);
        Step().ShouldBe(2);
        Step().ShouldBe(0);
        clock.Step(seconds: -6);
        clock.Pass(seconds: 1);
        Step().ShouldBe(-6);
        // While it is slow, it was not set again.
        clock.Pass(seconds: 1);
        Step().ShouldBe(0);
        clock.Step(seconds: -0.04);
        Step().ShouldBe(0);

        double Step()
        {
            time.Now();
            return time.TakeStep().TotalSeconds;
        }
    }

    [Fact]
    public void Two_clocks_that_were_not_read_at_once_do_not_look_like_a_step()
    {
        var clock = new SteppedClock();
        var time = new SessionClock(clock);
        clock.Pass(seconds: 1);
        // The thread has to wait for a second after it has read the clock, before it has read the other one.
        clock.Held = 1;
        time.Now();
        clock.Pass(seconds: 1);
        time.Now();
        time.TakeStep().ShouldBe(TimeSpan.Zero);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long ticks;
        private DateTimeOffset now = DateTimeOffset.UnixEpoch;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public double Held { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            var told = now;
            Pass(Held);
            Held = 0;
            return told;
        }

        public override long GetTimestamp() => ticks;

        public void Pass(double seconds)
        {
            ticks += TimeSpan.FromSeconds(seconds).Ticks;
            now = now.AddSeconds(seconds);
        }

        public void Step(double seconds) => now = now.AddSeconds(seconds);
    }
}
