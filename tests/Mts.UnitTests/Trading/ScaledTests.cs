using System.Numerics;
using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.UnitTests.Trading;

public sealed class ScaledTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.00000001, 1)]
    [InlineData(0.1, 10_000_000)]
    [InlineData(4261.48, 426_148_000_000)]
    [InlineData(80883.86, 8_088_386_000_000)]
    [InlineData(12345678.12345678, 1_234_567_812_345_678)]
    [InlineData(89_999_999.99999999, 8_999_999_999_999_999)]
    public void A_price_of_eight_decimals_is_exact(double price, long units) => Scaled.Price(price).ShouldBe(units);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e11)]
    public void What_is_no_price_is_refused(double price) => Should.Throw<ArgumentOutOfRangeException>(() => Scaled.Price(price));

    [Fact]
    public void A_fraction_rounds_down_and_means_its_decimals()
    {
        Scaled.Fraction(10_000_000_000_000, 0.6).ShouldBe((WideInt)6_000_000_000_000); // in binary a little less
        Scaled.Fraction(10_000_000_000_000, 0.013802083333).ShouldBe((WideInt)138_020_833_330);
        Scaled.Fraction(10, 0.19).ShouldBe((WideInt)1);
        Scaled.Fraction(100, 1).ShouldBe((WideInt)100);
        Scaled.Fraction(-5, 1).ShouldBe((WideInt)0);
        for (var i = 1; i < 10_000; i++) Scaled.Fraction(10_000_000_000_000, i / 10_000.0).ShouldBe((WideInt)i * 1_000_000_000, $"{i} ten-thousandths");
    }

    [Fact]
    public void Half_a_unit_rounds_away_from_zero()
    {
        Scaled.Value(1, 50_000_000).ShouldBe((WideInt)1);
        Scaled.Value(-1, 50_000_000).ShouldBe((WideInt)(-1));
        Scaled.Value(1, 49_999_999).ShouldBe((WideInt)0);
    }

    [Fact]
    public void Decimals_are_those_of_a_division_zeros_and_all()
    {
        var random = new Random(1);
        foreach (var amount in Enumerable.Range(0, 20_000).Select(_ => random.NextInt64() >> random.Next(63)).SelectMany(a => new[] { a, -a, a / 1_000 * 1_000, a / 100_000_000 * 100_000_000 }).Append(long.MinValue))
            decimal.GetBits(Scaled.ToDecimal(amount)).ShouldBe(decimal.GetBits((decimal)amount / 100_000_000m));
    }

    [Fact]
    public void A_division_is_exact_at_any_size()
    {
        var random = new Random(2);
        for (var i = 0; i < 50_000; i++)
        {
            var (value, divisor) = (Draw(), BigInteger.Max(1, Draw()));
            // Multiples and their neighbours are where an estimate would go wrong.
            if (i % 2 == 0) value = BigInteger.Max(0, BigInteger.Min((divisor * random.NextInt64(1L << 50)) + random.Next(-1, 2), WideInt.MaxValue));
            var (quotient, rest) = BigInteger.DivRem(value, divisor);
            Scaled.Divide((WideInt)value, (WideInt)divisor).ShouldBe(((WideInt)quotient, (WideInt)rest));
        }

        BigInteger Draw() => new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64() * 2) >> random.Next(1, 127);
    }

    [Fact]
    public void A_price_is_rounded_exactly_half_up_at_any_size()
    {
        var random = new Random(4);
        for (var i = 0; i < 50_000; i++)
        {
            var price = Math.Min(9e10, Math.Pow(2, (random.NextDouble() * 160) - 123));
            // A double is mantissa × 2^exponent: its product with 10⁸ is a whole number over a power of two.
            var bits = BitConverter.DoubleToInt64Bits(price);
            var over = BigInteger.Pow(2, 1075 - (int)(bits >> 52));
            var exact = (BigInteger)((bits & ((1L << 52) - 1)) | (1L << 52)) * Scaled.One;
            Scaled.Price(price).ShouldBe((long)(((2 * exact) + over) / (2 * over)), $"{price:R}");
        }
    }

    [Fact]
    public void Products_beyond_128_bits_are_exact_too()
    {
        var costs = new Costs(10, 5);
        var quantity = (WideInt)BigInteger.Pow(10, 23); // 10^15 units
        costs.Notional(Side.Buy, quantity, 100_000_00000000).ShouldBe(quantity * 100_050);
    }
}

public sealed class CostsTests
{
    [Fact]
    public void Slippage_goes_against_the_trader() // 5 bps: buying at 20000 costs 20010
    {
        var costs = new Costs(10, 5);
        costs.FillPrice(Side.Buy, 20_000 * Scaled.One).ShouldBe(20_010m);
        costs.FillPrice(Side.Sell, 20_000 * Scaled.One).ShouldBe(19_990m);
        costs.FillPrice(Side.Sell, 20_000 * Scaled.One, slips: false).ShouldBe(20_000m);
        costs.Fee(Scaled.Amount(20_010m)).ShouldBe(Scaled.Amount(20.01m));
    }

    [Fact]
    public void Half_of_100000_at_45000_is_1_1111_coins_and_50_fee()
    {
        var costs = new Costs(10, 0);
        var quantity = costs.Worth(Side.Buy, Scaled.Amount(50_000m), 45_000 * Scaled.One, 1);
        Scaled.ToDecimal(quantity).ShouldBe(1.11111111m);
        var notional = costs.Notional(Side.Buy, quantity, 45_000 * Scaled.One);
        Scaled.ToDecimal(Scaled.Amount(100_000m) - notional - costs.Fee(notional)).ShouldBe(49_950m, 0.001m);
    }

    [Fact]
    public void The_affordable_quantity_is_the_largest_whose_exact_cost_fits()
    {
        var random = new Random(3);
        for (var i = 0; i < 5_000; i++)
        {
            var (feeBps, slipBps) = (random.Next(0, 100), random.Next(0, 100));
            var price = (long)Math.Exp(random.NextDouble() * 36);
            var lot = random.Next(3) == 0 ? random.Next(1, 1_000_000) : 1;
            WideInt cash = (WideInt)Math.Exp(random.NextDouble() * 40);
            var costs = new Costs(feeBps, slipBps);
            var quantity = costs.Affordable(cash, price, lot);
            (quantity % lot).ShouldBe((WideInt)0);
            Cost(quantity).ShouldBeLessThanOrEqualTo((BigInteger)cash * BigInteger.Pow(10, 16));
            Cost(quantity + lot).ShouldBeGreaterThan((BigInteger)cash * BigInteger.Pow(10, 16));
            var notional = costs.Notional(Side.Buy, quantity, price);
            (notional + costs.FeeWithin(cash, notional)).ShouldBeLessThanOrEqualTo(cash);

            BigInteger Cost(WideInt q) => (BigInteger)q * price * (10_000 + slipBps) * (10_000 + feeBps);
        }
    }
}

public sealed class FillTests
{
    private static readonly Fill Buy = new(new Order(1, 0, Side.Buy, 2, new Timestamp(0), "test"), 30_000, 10, 0, new Timestamp(0));

    [Fact]
    public void A_buy_costs_notional_and_fee() => (Buy.CashFlow, Buy.SignedQuantity).ShouldBe((-60_010m, 2m));

    [Fact]
    public void A_sale_brings_notional_less_fee() => (Buy with { Order = Buy.Order with { Side = Side.Sell } }).CashFlow.ShouldBe(59_990m);
}
