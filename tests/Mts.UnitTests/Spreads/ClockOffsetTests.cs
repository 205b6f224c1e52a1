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
    public void Keeps_the_bound_beyond_its_window_less_what_the_clocks_may_have_drifted()
    {
        var clock = new ClockOffset(new ClockOptions { DriftPpm = 100 });
        clock.Observe(At(0), At(5));
        clock.Estimate!.Value.Offset.ShouldBe(TimeSpan.FromMilliseconds(-5 + 50.5));

        clock.Observe(At(100_000), At(100_040)); // 35 ms slower, which is no more than a message may be under way

        // The first message still says at least -5 ms, less 100 s of 100 ppm.
        clock.Estimate!.Value.Offset.TotalMilliseconds.ShouldBe(-5 - 10 + 50.5, 0.01);
        clock.Estimate!.Value.Uncertainty.TotalMilliseconds.ShouldBe(50.5 + 6, 0.01);
    }

    [Fact]
    public void Holds_the_true_offset_also_where_all_messages_of_a_window_are_held_up()
    {
        // The venue is 1000 ms ahead. The messages are under way for 20 ms, and after half a minute for 2020 ms.
        var clock = new ClockOffset();
        for (var sent = 0; sent < 600_000; sent += 100)
        {
            clock.Observe(At(sent + 1_000), At(sent + (sent < 30_000 ? 20 : 2_020)));
            var estimate = clock.Estimate!.Value;
            Math.Abs(estimate.Offset.TotalMilliseconds - 1_000).ShouldBeLessThanOrEqualTo(estimate.Uncertainty.TotalMilliseconds, $"sent at {sent}");
        }

        clock.Steps.ShouldBe(0);
        // As it may be that a clock was set, from -1020 ms on.
        clock.Estimate!.Value.ShouldSatisfyAllConditions(e => (e.Offset - e.Uncertainty).TotalMilliseconds.ShouldBe(-1_020 - 6, 0.01));
    }

    [Fact]
    public void Is_sure_again_by_a_probe_or_after_sixty_windows_where_a_clock_was_set()
    {
        var (probed, waited) = (new ClockOffset(Exact), new ClockOffset(Exact));
        foreach (var clock in new[] { probed, waited })
        {
            // From 5000 ms ahead to 0.
            clock.Observe(At(5_000), At(10));
            for (var sent = 1_000; sent <= 100_000; sent += 1_000) clock.Observe(At(sent), At(sent + 10));
            clock.Estimate!.Value.Uncertainty.TotalMilliseconds.ShouldBe((5_000 + 101) / 2.0, 0.01);
        }

        probed.Probe(At(100_500), At(100_510), At(100_520), isAfterJump: true);
        probed.Steps.ShouldBe(1);
        probed.Estimate!.Value.Offset.ShouldBe(TimeSpan.FromMilliseconds(0.5)); // between -10 and 11

        for (var sent = 101_000; sent <= 3_601_000; sent += 1_000) waited.Observe(At(sent), At(sent + 10));
        waited.Estimate!.Value.Offset.ShouldBe(TimeSpan.FromMilliseconds(-10 + 50.5));
        waited.Estimate!.Value.Uncertainty.ShouldBe(TimeSpan.FromMilliseconds(50.5));
    }

    [Fact]
    public void Sees_from_a_contradiction_that_a_clock_was_set()
    {
        var clock = new ClockOffset(Exact);
        clock.Probe(At(0), At(10), At(20));
        clock.Probe(At(1_000), At(6_010), At(1_020), isAfterJump: true);

        clock.Steps.ShouldBe(1);
        clock.Estimate!.Value.Offset.ShouldBe(TimeSpan.FromMilliseconds(5_000.5)); // between 4990 and 5011
    }

    [Fact]
    public void Holds_the_true_offset_where_a_wrong_clock_is_set_right_while_all_messages_are_held_up()
    {
        // The venue is right, then 2100 ms behind while it is probed, then right again; from then on its messages are 2100 ms late.
        var clock = new ClockOffset(Exact);
        clock.Probe(At(0), At(10), At(20));
        clock.Probe(At(10_000), At(7_910), At(10_020));
        clock.Steps.ShouldBe(1);
        clock.Observe(At(15_000), At(17_110));

        var doubted = clock.Estimate!.Value;
        (doubted.Offset - doubted.Uncertainty).TotalMilliseconds.ShouldBe(-2_110);
        (doubted.Offset + doubted.Uncertainty).TotalMilliseconds.ShouldBe(11);

        // A minute after the last step nothing else is left; the bounds of the probe have left their window as well.
        for (var sent = 18_000; sent <= 71_000; sent += 1_000) clock.Probe(At(sent), At(sent - 2_090), At(sent + 20));
        clock.Estimate!.Value.Offset.TotalMilliseconds.ShouldBe(-2_099.5, 0.001); // between -2110 and -2089
    }

    [Fact]
    public void Covers_all_between_where_our_clock_was_set_back_until_a_probe_decides()
    {
        var clock = new ClockOffset(Exact);
        clock.Probe(At(0), At(10), At(20));
        clock.SetBack(TimeSpan.FromSeconds(2));
        Range().ShouldBe((-10, 2_011));
        // Our time is on its way, a second of the venue's for half a second of ours.
        for (var ours = 500; ours <= 2_000; ours += 500)
        {
            clock.Observe(At((2 * ours) - 10), At(ours));
            var (least, most) = Range();
            ours.ShouldBeInRange((int)least, (int)most);
        }

        clock.Probe(At(2_100), At(4_110), At(2_120), isAfterJump: true);
        Range().ShouldBe((1_990, 2_011));

        (double Least, double Most) Range() =>
            ((clock.Estimate!.Value.Offset - clock.Estimate.Value.Uncertainty).TotalMilliseconds, (clock.Estimate.Value.Offset + clock.Estimate.Value.Uncertainty).TotalMilliseconds);
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
