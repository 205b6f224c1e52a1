using System.Numerics;
using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.UnitTests.Trading;

public sealed class TickTests
{
    private static readonly Costs Costs = new(10, 5, tick: Scaled.One / 2);

    [Fact]
    public void A_fill_is_moved_to_the_step_against_the_trader()
    {
        // 100 × 1.0005 = 100.05 → 100.5; 100 × 0.9995 = 99.95 → 99.5; a limit at 100.3 buys at 100.5 and sells at 100.
        Costs.FillPrice(Side.Buy, 100 * Scaled.One).ShouldBe(100.5m);
        Costs.FillPrice(Side.Sell, 100 * Scaled.One).ShouldBe(99.5m);
        Costs.FillPrice(Side.Buy, 10_030_000_000, slips: false).ShouldBe(100.5m);
        Costs.FillPrice(Side.Sell, 10_030_000_000, slips: false).ShouldBe(100m);
        Costs.Notional(Side.Buy, 3 * Scaled.One, 100 * Scaled.One).ShouldBe(Scaled.Amount(301.5m));
    }

    [Fact]
    public void The_affordable_quantity_is_the_largest_at_the_stepped_price()
    {
        var random = new Random(6);
        for (var i = 0; i < 2_000; i++)
        {
            var tick = (long)Math.Pow(10, random.Next(0, 9)) * random.Next(1, 6);
            var (costs, price) = (new Costs(random.Next(100), random.Next(100), tick), (long)Math.Exp(5 + (random.NextDouble() * 30)));
            WideInt cash = (WideInt)Math.Exp(random.NextDouble() * 45);
            var (quantity, fill) = (costs.Affordable(cash, price, 1), (BigInteger)Scaled.Amount(costs.FillPrice(Side.Buy, price)));
            (fill % tick).ShouldBe(BigInteger.Zero);
            var notional = costs.Notional(Side.Buy, quantity, price);
            (notional + costs.FeeWithin(cash, notional)).ShouldBeLessThanOrEqualTo(cash);
            var more = costs.Notional(Side.Buy, quantity + 1, price);
            (((BigInteger)quantity + 1) * fill + Scaled.One).ShouldBeGreaterThanOrEqualTo((BigInteger)more);
        }
    }

    [Fact]
    public void Rules_hold_from_their_day_on()
    {
        var history = new RuleHistory([new(Timestamp.Parse("2020-01-01"), 0.01m, 0.001m, 10), new(Timestamp.Parse("2022-01-01"), 0.1m, null, 5)]);
        history.At(Timestamp.Parse("2019-12-31")).ShouldBeNull();
        history.At(Timestamp.Parse("2020-01-01"))!.MinNotional.ShouldBe(10);
        history.At(Timestamp.Parse("2023-01-01"))!.Tick.ShouldBe(0.1m);
        history.Problems().ShouldBeEmpty();
        new RuleHistory([history.Rules[1], history.Rules[0]]).Problems().ShouldHaveSingleItem();
        new RuleHistory([new(default, 0, null, null)]).Problems().ShouldHaveSingleItem().ShouldContain("tick is 0");
    }
}
