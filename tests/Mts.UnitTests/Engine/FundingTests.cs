using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

public sealed class FundingTests
{
    private static readonly BarSeries Series = Runs.Bars(
        "BTC/USDT:USDT", Interval.Parse("8h"), (100, 101, 99, 100), (100, 111, 99, 110), (110, 121, 109, 120), (120, 121, 119, 120));

    [Theory]
    [InlineData(Direction.Long, -1)]
    [InlineData(Direction.Short, 1)]
    public void Longs_pay_a_positive_rate_to_shorts_at_the_close_that_it_falls_on(Direction direction, int sign)
    {
        // 1000 units from 08:00; at 16:00 the last close is 110, at 24:00 it is 120. Venues stamp some milliseconds late.
        var rates = Rates(("2024-01-01T08:00:00.005Z", 0.01, null), ("2024-01-01T16:00:00.017Z", 0.0001, null), ("2024-01-02T00:00:00Z", 0.0002, 125.0));
        var result = Run(new Script().At(0, direction).At(2, Direction.Flat), rates);
        var funding = sign * ((1000 * 110 * 0.0001m) + (1000 * 125 * 0.0002m));
        result.Metrics.Funding.ShouldBe(funding);
        result.Trades.ShouldHaveSingleItem().Pnl.ShouldBe(((int)direction * 20_000m) + funding);
        result.Metrics.FinalEquity.ShouldBe(100_000m + result.Trades[0].Pnl);
    }

    [Fact]
    public void Without_a_position_nothing_is_paid() =>
        Run(new Script(), Rates(("2024-01-01T16:00:00Z", 0.5, null))).Metrics.Funding.ShouldBe(0m);

    [Fact]
    public void Spot_knows_none() => Runs.Run(Runs.BuyHold(), Runs.Free, Runs.Closes(1, 2, 3)).Metrics.Funding.ShouldBe(0m);

    private static FundingRate[] Rates(params (string Time, double Rate, double? Mark)[] rates) =>
        [.. rates.Select(r => new FundingRate(Timestamp.Parse(r.Time), r.Rate, r.Mark))];

    private static BacktestResult Run(Script script, FundingRate[] rates)
    {
        var inputs = Runs.Inputs(Series);
        return Runs.Run(script, Runs.Free, inputs with { Instruments = [inputs.Instruments[0] with { Funding = rates }] });
    }
}
