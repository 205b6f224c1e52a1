using Mts.Core.Trading;

namespace Mts.UnitTests.Trading;

public sealed class MarketImpactTests
{
    private static readonly RecentMarket Market = new(Volatility: 0.02, Notional: 1_000_000);

    [Fact]
    public void Of_a_hundredth_of_the_volume_is_a_tenth_of_the_volatility() // √(10,000 / 1,000,000) × 200 bps
        => MarketImpact.Bps(ImpactLaw.SquareRoot, 1, Market, 10_000).ShouldBe(20, 1e-12);

    [Fact]
    public void Is_a_hundredth_of_it_where_it_is_linear() => MarketImpact.Bps(ImpactLaw.Linear, 1, Market, 10_000).ShouldBe(2, 1e-12);

    [Fact]
    public void Grows_with_the_coefficient_up_to_what_is_believed()
    {
        MarketImpact.Bps(ImpactLaw.SquareRoot, 0.5, Market, 10_000).ShouldBe(10, 1e-12);
        MarketImpact.Bps(ImpactLaw.SquareRoot, 1, Market, 1e15).ShouldBe(5_000);
    }

    [Fact]
    public void Of_bars_of_any_length_is_the_same_under_the_square_root()
    {
        // A day of 24 hours has 24 times the volume and √24 times the volatility.
        var hour = new RecentMarket(0.02 / Math.Sqrt(24), 1_000_000 / 24.0);
        MarketImpact.Bps(ImpactLaw.SquareRoot, 1, hour, 500).ShouldBe(MarketImpact.Bps(ImpactLaw.SquareRoot, 1, Market, 500), 1e-9);
    }

    [Fact]
    public void Is_kept_with_four_decimals_and_never_less() // what a fill price of 10⁻⁸ steps can hold
    {
        MarketImpact.ToLedger(20).ShouldBe(20m);
        MarketImpact.ToLedger(0.00001).ShouldBe(0.0001m);
    }

    [Fact]
    public void Looks_at_the_last_twenty_bars()
    {
        // 100 → 110 → 99: returns 0.1 and −0.1; notionals 100, 220, 297.
        var market = RecentMarket.Of([100, 110, 99], [1, 2, 3])!.Value;
        market.Volatility.ShouldBe(0.1, 1e-15);
        market.Notional.ShouldBe(617 / 3.0, 1e-12);
        double[] closes = [5, .. Enumerable.Repeat(100.0, 20)], volumes = [1e9, .. Enumerable.Repeat(1.0, 20)];
        RecentMarket.Of(closes, volumes).ShouldBe(new RecentMarket(0, 100));
    }

    [Fact]
    public void Says_nothing_of_a_market_that_did_not_trade()
    {
        RecentMarket.Of([100], [1]).ShouldBeNull();
        RecentMarket.Of([100, 101], [0, 0]).ShouldBeNull();
        RecentMarket.Of([100, 101], [double.NaN, double.NaN]).ShouldBeNull();
    }
}
