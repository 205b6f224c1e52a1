using Mts.Cli.Configuration;
using Mts.Strategies;

namespace Mts.UnitTests.Cli;

public sealed class SignalSettingsTests
{
    [Fact]
    public void Signals_asks_strategies_that_there_are_and_no_baseline()
    {
        var names = new Settings().Signals.Strategies;
        names.ShouldBeSubsetOf(new StrategyCatalog().All.Select(s => s.Name));
        names.ShouldNotContain("BuyHold");
        names.ShouldNotContain("Dca");
    }
}
