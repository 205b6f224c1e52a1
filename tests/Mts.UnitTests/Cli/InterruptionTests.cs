using Mts.Cli.CommandLine;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Cli;

public sealed class InterruptionTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly Interruption interruption;

    public InterruptionTests() => interruption = new Interruption(clock);

    [Fact]
    public void The_first_signal_and_its_echo_ask_for_an_end_in_order()
    {
        interruption.IsInOrder().ShouldBeTrue();
        interruption.IsInOrder().ShouldBeTrue();
        clock.Advance(TimeSpan.FromMilliseconds(900));
        interruption.IsInOrder().ShouldBeTrue();
    }

    [Fact]
    public void A_later_one_ends_the_process()
    {
        clock.Advance(TimeSpan.FromMinutes(5));
        interruption.IsInOrder().ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(1));
        interruption.IsInOrder().ShouldBeFalse();
    }
}
