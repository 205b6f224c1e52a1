using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.FundingCarry;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Strategies;

public sealed class FundingCarryTests
{
    private static readonly double[] Still = [.. Enumerable.Repeat(100.0, 12)];

    private static IStrategy Carry(bool unhedged = false) => new StrategyCatalog().Create(
        "FundingCarry", new Dictionary<string, string> { ["rates"] = "3", ["unhedged"] = unhedged ? "1" : "0" });

    [Fact]
    public void A_rate_per_year_comes_of_the_time_that_the_rates_are_for()
    {
        // Three of 0.01 % in a day, then the same three in half a day.
        var daily = Rates(4, TimeSpan.FromHours(8), _ => 0.0001);
        FundingYield.Of(daily, 3, TimeSpan.FromDays(2), daily[^1].Time)!.Value.ShouldBe(0.0003 * 365, 1e-12);
        var often = Rates(4, TimeSpan.FromHours(4), _ => 0.0001);
        FundingYield.Of(often, 3, TimeSpan.FromDays(2), often[^1].Time)!.Value.ShouldBe(0.0003 * 730, 1e-12);
        FundingYield.Of(daily.AsSpan(1), 3, TimeSpan.FromDays(2), daily[^1].Time).ShouldBeNull();
        FundingYield.Of(daily, 3, TimeSpan.FromDays(2), daily[^1].Time + TimeSpan.FromDays(2.1)).ShouldBeNull();
    }

    [Fact]
    public void Is_short_of_the_perpetual_and_long_of_its_spot_market_while_longs_pay()
    {
        // 0.01 % three times a day is 10.95 % a year; from day 6 on nothing is paid.
        var rates = Rates(36, TimeSpan.FromHours(8), i => i < 18 ? 0.0001 : 0);
        var signals = Run(Carry(), rates, Days.Of("BTC", Still), Perpetual(Still));
        signals.Select(s => (s.Instrument, s.Direction, s.PositionSize, s.Time)).ShouldBe(
        [
            (1, Direction.Short, 0.5, Days.At(2)), (0, Direction.Long, 0.5, Days.At(2)),
            (1, Direction.Flat, 0.5, Days.At(7)), (0, Direction.Flat, 0.5, Days.At(7)),
        ]);
        signals[0].Reason.ShouldBe("funding 10.95 % a year over 3 rates, beyond 10 %");
        signals[^1].Reason.ShouldBe("funding 0 % a year over 3 rates, not beyond 3 %");
    }

    [Fact]
    public void Earns_the_funding_and_nothing_of_the_price()
    {
        double[] wild = [100, 100, 130, 90, 150, 60, 100, 100, 100, 100, 100, 100];
        var inputs = Runs.Inputs(Series("BTC/USDT", wild), Series("BTC/USDT:USDT", wild));
        var rates = Rates(36, TimeSpan.FromHours(8), _ => 0.0001);
        var result = Runs.Run(Carry(), Runs.Free, inputs with { Instruments = [inputs.Instruments[0], inputs.Instruments[1] with { Funding = rates }] });
        var funding = result.Metrics.Funding!.Value;
        funding.ShouldBeGreaterThan(0);
        result.Metrics.FinalEquity.ShouldBe(100_000 + funding, 0.001m);
    }

    [Fact]
    public void Trades_a_perpetual_alone_only_where_that_is_asked_for()
    {
        Should.Throw<ConfigurationException>(() => Run(Carry(), [], Days.Of("BTC", Still), Days.Of("ETH", Still))).Message.ShouldContain("needs a perpetual and its spot market");
        var signal = Run(Carry(unhedged: true), Rates(36, TimeSpan.FromHours(8), _ => -0.0001), Days.Of("ETH", Still), Perpetual(Still)).ShouldHaveSingleItem();
        (signal.Instrument, signal.Direction, signal.PositionSize, signal.Reason).ShouldBe((1, Direction.Long, 1, "funding -10.95 % a year over 3 rates, beyond 10 %; unhedged"));
    }

    [Fact]
    public void Leaves_when_rates_stop_coming() =>
        Run(Carry(), Rates(12, TimeSpan.FromHours(8), _ => 0.0001), Days.Of("BTC", Still), Perpetual(Still))[^1].Reason.ShouldBe("no funding rate of the last 2 days");

    [Fact]
    public void A_rate_is_known_after_the_instant_at_which_it_is_settled()
    {
        var seen = new List<int>();
        var inputs = Runs.Inputs(Series("BTC/USDT:USDT", Still[..4]));
        var rates = Rates(9, TimeSpan.FromHours(8), _ => 0.0001);   // 00:00, 08:00 and 16:00 of three days
        Runs.Run(new Script().Watch(c => seen.Add(c.Funding(0).Length)), Runs.Free, inputs with { Instruments = [inputs.Instruments[0] with { Funding = rates }] });
        seen.ShouldBe([3, 6, 9, 9]);
    }

    private static BarSeries Perpetual(double[] closes) => Series("BTC/USDT:USDT", closes);

    private static BarSeries Series(string symbol, double[] closes) => BarSeries.From(
        new SeriesKey("test", Symbol.Parse(symbol), Interval.Day), true,
        [.. closes.Select((c, i) => (Open: closes[Math.Max(0, i - 1)], Close: c, Time: Days.At(i))).Select(b => new Bar(b.Time, b.Open, Math.Max(b.Open, b.Close), Math.Min(b.Open, b.Close), b.Close, 1))]);

    private static FundingRate[] Rates(int count, TimeSpan step, Func<int, double> rate) =>
        [.. Enumerable.Range(0, count).Select(i => new FundingRate(Days.Start + (step * i), rate(i), null))];

    private static IReadOnlyList<Signal> Run(IStrategy strategy, FundingRate[] rates, params BarSeries[] series) =>
        new StrategyRun(series) { Rates = new Dictionary<int, FundingRate[]> { [1] = rates } }.Run(strategy);
}
