using Mts.Core.Market;
using Mts.Pipeline.Spreads;

namespace Mts.UnitTests.Spreads;

public sealed class ClockOffsetTests
{
    private static readonly ClockOptions Exact = new() { DriftPpm = 0 };

    [Fact]
    public void Rests_on_the_fastest_message()
    {
        // The venue is 1000 ms ahead; the messages are under way for 50, 20 and 35 ms.
        var clock = new ClockOffset(Exact);
        foreach (var (sent, delay) in new[] { (0, 50), (100, 20), (200, 35) }) clock.Observe(At(sent + 1000), At(sent + delay));

        var estimate = clock.Estimate!.Value;
        // At least 980 ms, at most 100 ms of assumed transit and 1 ms of resolution more.
        estimate.Offset.ShouldBe(TimeSpan.FromMilliseconds(1030.5));
        estimate.Uncertainty.ShouldBe(TimeSpan.FromMilliseconds(50.5));
        estimate.IsProbed.ShouldBeFalse();
        estimate.ToOurs(At(2030.5)).ShouldBe(At(1000));
    }

    [Fact]
    public void Is_bounded_from_above_by_a_probe()
    {
        // 1000 ms ahead; 12 ms there and 18 ms back, and a message under way for 15 ms.
        var clock = new ClockOffset(Exact);
        clock.Probe(At(0), At(1012), At(30));
        clock.Observe(At(1100), At(115));

        var estimate = clock.Estimate!.Value;
        estimate.IsProbed.ShouldBeTrue();
        estimate.Offset.ShouldBe(TimeSpan.FromMilliseconds(999)); // between 985 and 1013
        estimate.Uncertainty.ShouldBe(TimeSpan.FromMilliseconds(14));
    }

    [Fact]
    public void Is_not_moved_by_a_message_that_was_stuck()
    {
        var clock = new ClockOffset(Exact);
        clock.Observe(At(0), At(20));
        var before = clock.Estimate;
        clock.Observe(At(100), At(9_000));

        clock.Estimate.ShouldBe(before);
    }

    [Fact]
    public void Forgets_what_is_older_than_its_window()
    {
        var clock = new ClockOffset(Exact);
        clock.Observe(At(0), At(5));
        clock.Observe(At(30_000), At(30_040));
        clock.Estimate!.Value.Offset.ShouldBe(TimeSpan.FromMilliseconds(-5 + 50.5));

        clock.Observe(At(61_000), At(61_050));

        clock.Estimate!.Value.Offset.ShouldBe(TimeSpan.FromMilliseconds(-40 + 50.5));
    }

    [Fact]
    public void Sees_from_a_contradiction_that_a_clock_was_set()
    {
        var clock = new ClockOffset(Exact);
        clock.Probe(At(0), At(10), At(20));
        clock.Probe(At(1_000), At(6_010), At(1_020));

        clock.Steps.ShouldBe(1);
        clock.Estimate!.Value.Offset.ShouldBe(TimeSpan.FromMilliseconds(5_000.5)); // between 4990 and 5011
    }

    [Fact]
    public void Holds_the_true_offset_within_its_uncertainty()
    {
        var random = new Random(7);
        var (clock, now) = (new ClockOffset(), 0.0);
        for (var i = 0; i < 20_000; i++)
        {
            now += random.NextDouble() * 40;
            var offset = -1_520 + (now * 50e-6); // 50 ppm
            var delay = 8 - (60 * Math.Log(1 - random.NextDouble()));
            if (i % 500 == 0) clock.Probe(At(now), At(Math.Floor(now + delay + offset)), At(now + (2 * delay)));
            else clock.Observe(At(Math.Floor(now + offset)), At(now + delay));
            if (i < 10) continue;
            var estimate = clock.Estimate!.Value;
            Math.Abs(estimate.Offset.TotalMilliseconds - offset).ShouldBeLessThanOrEqualTo(estimate.Uncertainty.TotalMilliseconds + 0.001);
        }

        clock.Steps.ShouldBe(0);
        clock.Estimate!.Value.Uncertainty.ShouldBeLessThan(TimeSpan.FromMilliseconds(60));
    }

    [Fact]
    public void Refuses_an_answer_before_its_request() =>
        Should.Throw<ArgumentException>(() => new ClockOffset().Probe(At(2), At(1), At(1)));

    private static Timestamp At(double milliseconds) => new(1_700_000_000_000_000 + (long)(milliseconds * 1_000));
}
