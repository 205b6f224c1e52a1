namespace Mts.UnitTests.Spreads;

public sealed class FundingTests
{
    private const int Hour = 3_600_000;

    private readonly MarketRig rig = new();

    [Fact]
    public void Is_reported_as_the_venue_says_it()
    {
        rig.Mark("binance", 0, 43000, 0.0001, nextAt: 8 * Hour);

        var report = rig.Fundings.ShouldHaveSingleItem();
        report.Instrument.ToString().ShouldBe("binance BTC/USDT:USDT");
        report.Rate.ShouldBe(0.0001);
        report.NextFunding.ShouldBe(MarketRig.At(8 * Hour));
        report.Interval.ShouldBeNull();
        report.PerYear.ShouldBeNull();
        report.IsChange.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0.0001, 0.000109, false)]
    [InlineData(0.0001, 0.000111, true)] // 11 %
    [InlineData(0.002, 0.0021, false)] // 5 %, exactly 0.0001
    [InlineData(0.002, 0.002101, true)] // 5 %, but 0.000101
    [InlineData(0.0001, -0.0001, true)]
    [InlineData(0.000001, 0.0000015, false)] // half as much again of next to nothing
    public void Is_reported_at_once_where_it_changes_by_more_than_a_tenth_or_a_basis_point(double before, double after, bool isReported)
    {
        rig.Mark("bybit", 0, 43000, before, nextAt: Hour);
        rig.Mark("bybit", 1_000, 43000, after, nextAt: Hour);

        rig.Fundings.Count.ShouldBe(isReported ? 2 : 1);
        if (!isReported) return;
        rig.Fundings[1].IsChange.ShouldBeTrue();
        rig.Fundings[1].Previous.ShouldBe(before);
    }

    [Fact]
    public void That_creeps_is_held_against_what_was_reported_last()
    {
        var now = 0;
        foreach (var rate in new[] { 0.0001, 0.000104, 0.000108, 0.000112 }) rig.Mark("bybit", now += 1_000, 43000, rate, nextAt: Hour);

        rig.Fundings.Select(f => f.Rate).ShouldBe([0.0001, 0.000112]);
    }

    [Fact]
    public void Is_reported_once_a_minute_without_a_change()
    {
        for (var s = 0; s <= 150; s++) rig.Mark("bybit", s * 1_000, 43000, 0.0001, nextAt: Hour);

        rig.Fundings.Select(f => f.Time).ShouldBe([MarketRig.At(0), MarketRig.At(60_000), MarketRig.At(120_000)]);
    }

    [Fact]
    public void Shows_its_interval_when_a_settlement_passes()
    {
        rig.Mark("bybit", 0, 43000, 0.0001, nextAt: 1_000);
        rig.Mark("bybit", 2_000, 43000, 0.0005, nextAt: 1_000 + (4 * Hour));

        rig.Fundings[1].Interval.ShouldBe(TimeSpan.FromHours(4));
        rig.Fundings[1].PerYear!.Value.ShouldBe(0.0005 * 6 * 365, 1e-12);
    }

    [Fact]
    public void Does_not_take_a_missed_settlement_for_a_longer_interval()
    {
        rig.Mark("bybit", 0, 43000, 0.0001, nextAt: 1_000);
        rig.Mark("bybit", 9 * Hour, 43000, 0.0005, nextAt: 1_000 + (16 * Hour));

        rig.Fundings[1].Interval.ShouldBeNull();
    }

    [Fact]
    public void That_a_contract_does_not_pay_is_not_reported()
    {
        rig.Mark("bybit", 0, 43000, rate: null, nextAt: null);

        rig.Fundings.ShouldBeEmpty();
    }
}
