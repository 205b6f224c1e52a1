using Mts.Core.Market;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

/// <summary>Limits of exposure where several things are asked for at one close; 100,000 of capital, all prices 100.</summary>
public sealed class ExposureLimitTests
{
    private static readonly (double, double, double, double)[] Quiet = [.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 5)];

    private static readonly BarSeries[] Two = [Runs.Bars("BTC/USDT", Interval.Day, Quiet), Runs.Bars("ETH/USDT", Interval.Day, Quiet)];

    [Theory]
    [InlineData(Direction.Long, Direction.Long)]
    [InlineData(Direction.Long, Direction.Short)] // shorts count by their size
    public void Signals_of_one_close_share_the_total(Direction first, Direction second)
    {
        var script = new Script().At(0, first, s => s.With(0.1)).At(0, second, s => s.With(0.1), instrument: 1);
        Open(Runs.Run(script, Runs.Free with { AllowShort = true }, Runs.Inputs(Two), Policy(total: 0.15))).ShouldBe([("BTC/USDT", 100m), ("ETH/USDT", 50m)]);
    }

    [Fact]
    public void A_larger_size_that_is_on_its_way_counts_as_well()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(0.05)).At(2, Direction.Long, s => s.With(0.1) with { Resizes = true }).At(2, Direction.Long, s => s.With(0.1), instrument: 1);
        Open(Runs.Run(script, Runs.Free, Runs.Inputs(Two), Policy(total: 0.15))).ShouldBe([("BTC/USDT", 100m), ("ETH/USDT", 50m)]);
    }

    [Fact]
    public void What_is_about_to_be_given_up_counts_until_it_is()
    {
        var script = new Script().At(0, Direction.Long, s => s.With(0.1)).At(2, Direction.Flat).At(2, Direction.Long, s => s.With(0.1), instrument: 1);
        Open(Runs.Run(script, Runs.Free, Runs.Inputs(Two), Policy(total: 0.15))).ShouldBe([("ETH/USDT", 50m)]);
    }

    [Theory]
    [InlineData(OrderType.Market)]
    [InlineData(OrderType.Limit)] // it may be filled, though it is not yet
    public void Orders_of_one_close_share_the_total(OrderType type)
    {
        var order = new OrderRequest { Instrument = 0, Side = Side.Buy, Type = type, EquityFraction = 0.1, LimitPrice = type == OrderType.Limit ? 90 : null };
        var script = new OrderScript().At(0, order).At(0, order with { Instrument = 1 });
        Runs.Run(script, Runs.Free, Runs.Inputs(Two), Policy(total: 0.15));
        script.Told.ShouldContain("2 Rejected limits");
        script.Told.ShouldNotContain("1 Rejected limits");
    }

    [Fact]
    public void Orders_in_one_market_share_its_position()
    {
        var script = new OrderScript().At(0, OrderScript.Buy(60)).At(0, OrderScript.BuyLimit(60, 98)).At(0, OrderScript.BuyLimit(30, 97));
        Runs.Run(script, Runs.Free, Runs.Inputs(Two), Policy(position: 0.1));
        script.Told.Where(t => t.Contains("Rejected")).ShouldBe(["2 Rejected limits"]); // 60 and 30 fit, 60 and 60 do not
    }

    [Fact]
    public void Of_one_cancels_the_other_one_counts_and_what_closes_counts_not()
    {
        var script = new OrderScript()
            .At(0, OrderScript.BuyLimit(80, 99.5m) with { OcoGroup = 1 }).At(0, OrderScript.BuyStop(80, 102) with { OcoGroup = 1 })
            .At(1, OrderScript.SellLimit(80, 150)).At(1, OrderScript.SellStop(80, 50));
        Runs.Run(script, Runs.Free, Runs.Inputs(Two), Policy(position: 0.1));
        script.Told.ShouldNotContain(t => t.Contains("Rejected"));
    }

    private static (string, decimal)[] Open(BacktestResult result) => [.. result.OpenPositions.Select(p => (p.Symbol, p.Quantity))];

    private static RiskPolicy Policy(double position = 1, double total = 1) =>
        new(new RiskOptions { MaxPosition = position, MaxAssetExposure = 1, MaxTotalExposure = total, MaxDrawdown = 1, MaxDailyLoss = 1, StopDistance = 0, MinConfidence = 0 });
}
