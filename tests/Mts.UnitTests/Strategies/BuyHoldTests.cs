using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

public sealed class BuyHoldTests
{
    [Fact]
    public void Buys_each_instrument_once_at_its_first_bar()
    {
        var strategy = new StrategyCatalog().Create("buy_hold", new Dictionary<string, string>());
        var signals = StrategyRun.Of(strategy, Days.Of("BTC", 10, 11, 12), Days.Of("ETH", 20, 21));
        signals.Select(s => (s.Asset, s.Direction, s.PositionSize, s.Price, s.Time)).ShouldBe(
            [("BTC", Direction.Long, 1.0, 10.0, Days.At(1)), ("ETH", Direction.Long, 1.0, 20.0, Days.At(1))]);
    }
}
