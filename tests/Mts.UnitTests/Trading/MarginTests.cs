using System.Numerics;
using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.UnitTests.Trading;

public sealed class MarginTests
{
    // Brackets of a small perpetual at Binance, with the maintenance amounts that the venue publishes beside them.
    private static readonly MarginTable Small = new("x", 125,
    [
        new(0, 0.015m, 50), new(5_000, 0.02m, 25), new(50_000, 0.025m, 20), new(100_000, 0.05m, 10),
        new(1_000_000, 0.1m, 5), new(2_000_000, 0.125m, 4), new(2_500_000, 0.25m, 2), new(5_000_000, 0.5m, 1),
    ]);

    [Theory]
    [InlineData(4_000, 0.015, 0)]
    [InlineData(5_000, 0.02, 25)]
    [InlineData(60_000, 0.025, 275)]
    [InlineData(100_000, 0.05, 2_775)]
    [InlineData(1_500_000, 0.1, 52_775)]
    [InlineData(2_000_000, 0.125, 102_775)]
    [InlineData(3_000_000, 0.25, 415_275)]
    [InlineData(6_000_000, 0.5, 1_665_275)]
    public void Maintenance_is_notional_times_rate_less_the_published_amount(double notional, double rate, double amount) =>
        Scaled.ToDecimal(Small.Maintenance(Scaled.Amount((decimal)notional))).ShouldBe(((decimal)notional * (decimal)rate) - (decimal)amount);

    [Fact]
    public void A_leverage_is_allowed_up_to_the_first_tier_that_forbids_it()
    {
        Small.MostNotional(20).ShouldBe(Scaled.Amount(100_000));
        Small.MostNotional(20.01m).ShouldBe(Scaled.Amount(50_000));
        Small.MostNotional(1).ShouldBeNull();
    }

    [Theory]
    // One tier of 0.5 %: a long of 1 from 100 with 10 behind it: 10 + (P − 100) = 0.005 P → P = 90 / 0.995; a short: 10 + (100 − P) = 0.005 P → 110 / 1.005.
    [InlineData(Side.Buy, 10, 90.45226131)]
    [InlineData(Side.Sell, 10, 109.45273631)]
    [InlineData(Side.Buy, 100, null)] // all paid for
    public void A_liquidation_price_is_where_balance_meets_maintenance(Side side, double margin, double? price)
    {
        var table = new MarginTable("x", 0, [new(0, 0.005m, 100)]);
        var found = LiquidationPrice.Of(side, Scaled.One, 100 * (WideInt)Scaled.One, Scaled.Amount((decimal)margin), table);
        if (price is null) found.ShouldBeNull();
        else Scaled.ToDecimal(found!.Value).ShouldBe((decimal)price);
    }

    [Fact]
    public void A_liquidation_price_is_found_in_the_tier_of_its_own_notional()
    {
        // The worked case of two tiers: a short of 1,000 from 95 lies in the tier of 50,000, and is liquidated above 100,000.
        // 9,500 + 95,000 − N = 0.05 N − 2,775 → N = 107,275 / 1.05 = 102,166.666…; the tier of the entry would say 104,775 / 1.025 = 102,219.5.
        var price = LiquidationPrice.Of(Side.Sell, 1_000 * (WideInt)Scaled.One, Scaled.Amount(95_000), Scaled.Amount(9_500), Small);
        Scaled.ToDecimal(price!.Value).ShouldBe(102.16666666m);
    }

    [Fact]
    public void At_the_liquidation_price_the_balance_is_at_maintenance_and_a_step_beyond_it_below()
    {
        var random = new Random(4);
        for (var i = 0; i < 3_000; i++)
        {
            var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            var price = (long)Math.Exp(10 + (random.NextDouble() * 20));
            WideInt quantity = (WideInt)Math.Exp(random.NextDouble() * 30) + 1;
            var entry = Scaled.Value(quantity, price);
            if (entry < 1_000) continue;
            var margin = entry / random.Next(1, 40);
            if (LiquidationPrice.Of(side, quantity, entry, margin, Small) is not { } found) continue;
            Excess(found).ShouldBeGreaterThanOrEqualTo(0);
            Excess(found - (int)side).ShouldBeLessThan(0);

            // Margin, gain and maintenance at a price, in rational numbers of 10⁻²⁴.
            BigInteger Excess(long at)
            {
                var worth = (BigInteger)quantity * at;
                var balance = (((BigInteger)margin - ((int)side * (BigInteger)entry)) * Scaled.One) + ((int)side * worth);
                var (rate, amount) = (0m, 0m);
                foreach (var tier in Small.Tiers)
                {
                    if (worth < (BigInteger)Scaled.Amount(tier.From) * Scaled.One) continue;
                    amount += tier.From * (tier.MaintenanceRate - rate);
                    rate = tier.MaintenanceRate;
                }

                return (balance * Scaled.One) - (worth * (BigInteger)Scaled.Amount(rate)) + ((BigInteger)Scaled.Amount(amount) * Scaled.One * Scaled.One);
            }
        }
    }

    [Fact]
    public void A_liquidation_never_costs_more_than_the_margin()
    {
        var random = new Random(5);
        for (var i = 0; i < 5_000; i++)
        {
            var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            var price = (long)Math.Exp(12 + (random.NextDouble() * 18));
            WideInt quantity = (WideInt)Math.Exp(random.NextDouble() * 30) + 1;
            var (entry, costs) = (Scaled.Value(quantity, price), new Costs(random.Next(20), random.Next(50)));
            var margin = entry / random.Next(1, 50);
            var bill = LiquidationBill.Of(side, quantity, entry, margin, costs, (long)(price * (0.2 + (random.NextDouble() * 2))), 125);
            var loss = entry - bill.Notional;
            (((int)side * loss) + bill.Fee + bill.LiquidationFee).ShouldBeLessThanOrEqualTo(margin);
            bill.Fee.ShouldBeGreaterThanOrEqualTo(0);
            bill.LiquidationFee.ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void A_gap_beyond_it_is_filled_at_the_bankruptcy_price()
    {
        // A long of 2 from 100 with 20 behind it is bankrupt at 90, wherever the gap ends.
        var bill = LiquidationBill.Of(Side.Buy, 2 * (WideInt)Scaled.One, 200 * (WideInt)Scaled.One, 20 * (WideInt)Scaled.One, new Costs(5, 5), 70 * Scaled.One, 125);
        (bill.Price, bill.Notional, bill.Fee, bill.LiquidationFee, bill.IsBankrupt).ShouldBe((90 * Scaled.One, 180 * (WideInt)Scaled.One, 0, 0, true));
    }

    [Fact]
    public void What_can_be_opened_has_its_margin_and_its_fee()
    {
        // 1,000 free, 10 times, 5 bps of fee: q × 100 × (1/10 + 0.0005) ≤ 1,000 → 99.50248756.
        new Costs(5, 0).Marginable(Side.Buy, 1_000 * (WideInt)Scaled.One, 100 * Scaled.One, 10, 1).ShouldBe(Scaled.Amount(99.50248756m));
        new Costs(5, 0).Marginable(Side.Buy, 1_000 * (WideInt)Scaled.One, 100 * Scaled.One, 10, Scaled.One).ShouldBe(Scaled.Amount(99));
    }

    [Fact]
    public void Names_what_is_wrong_with_a_table()
    {
        Small.Problems().ShouldBeEmpty();
        (Small with { Tiers = [new(1, 0.1m, 2)] }).Problems().ShouldHaveSingleItem().ShouldContain("not from 0");
        (Small with { Tiers = [new(0, 1.5m, 2)] }).Problems().ShouldHaveSingleItem().ShouldContain("1.5");
        (Small with { Tiers = [new(0, 0.1m, 2), new(5, 0.05m, 1)] }).Problems().ShouldHaveSingleItem().ShouldContain("from 5");
    }
}
