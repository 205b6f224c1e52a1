using Mts.Core.Market;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Charges;

namespace Mts.UnitTests.Engine.Charges;

public sealed class DearerCostsTests
{
    [Fact]
    public void Everything_that_is_paid_rises_and_a_rebate_does_not()
    {
        var tiers = new FeeTable(new Timestamp(0), [new FeeTier(0, -0.5m, 4), new FeeTier(1_000_000, 1, 3.3333m)]);
        var options = new BacktestOptions
        {
            FeeBps = 10, SlippageBps = 600,
            Costs = new CostOptions { MakerBps = 2, Fees = [new FeeSchedule("x", false, [tiers])], Spread = new SpreadOptions(4), Impact = new ImpactOptions(ImpactLaw.SquareRoot, 0.5), BorrowApr = 0.05m },
        };
        var dearer = DearerCosts.Of(options, 3);
        (dearer.FeeBps, dearer.SlippageBps).ShouldBe((30m, 1_000m)); // 1,000 is the most there is
        var costs = dearer.Costs!;
        (costs.MakerBps, costs.Spread!.Bps, costs.Impact!.Coefficient, costs.BorrowApr).ShouldBe((6m, 12m, 1.5, 0.15m));
        costs.Fees![0].Tables[0].Tiers.ShouldBe([new FeeTier(0, -0.5m, 12), new FeeTier(1_000_000, 3, 9.9999m)]);
        Should.NotThrow(dearer.Validate);
    }

    [Fact]
    public void A_recorded_spread_is_what_it_was() => DearerCosts.Of(new BacktestOptions { Costs = new CostOptions { Spread = new SpreadOptions() } }, 2).Costs!.Spread!.Bps.ShouldBeNull();
}
