using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.Engine.Optimization;

namespace Mts.UnitTests.Engine;

public sealed class AllocationTests
{
    [Fact]
    public void A_bar_at_which_nothing_happens_allocates_nothing()
    {
        var inputs = Runs.Inputs(Runs.Random(1, 20_000, interval: Interval.Minute));
        Run(); // what is made once

        // Fourteen days have their points; the smallest object at every bar would take 480,000 bytes.
        Allocated.By(Run).ShouldBeLessThan(20_000);

        void Run() => Trial.Run(inputs, new Idle(), null, new BacktestOptions(), 0, Goal.Sharpe, keepsDays: false, follow: null, TestContext.Current.CancellationToken);
    }

    private sealed class Idle : IStrategy
    {
        public string Name => "Idle";

        public StrategyNeeds Needs { get; } = new();

        public void OnStart(IStrategyContext context)
        {
        }

        public void OnSlice(in MarketSlice slice, IStrategyContext context)
        {
        }
    }
}
