using Mts.Core.Market;
using Mts.Core.Trading;

namespace Mts.UnitTests.Trading;

public sealed class FeeScheduleTests
{
    private static readonly Timestamp Early = Timestamp.Parse("2020-01-01"), Late = Timestamp.Parse("2022-01-01");

    private static readonly FeeSchedule Schedule = new("x", IsPerpetual: false,
    [
        new FeeTable(Early, [new FeeTier(0, 10, 10)]),
        new FeeTable(Late, [new FeeTier(0, 8, 9), new FeeTier(1_000_000, 6, 7), new FeeTier(5_000_000, -0.5m, 5)]),
    ]);

    [Theory]
    [InlineData("2020-01-01", 9_000_000, 10, 10)]
    [InlineData("2021-12-31T23:59:59.999999Z", 0, 10, 10)]
    [InlineData("2022-01-01", 0, 8, 9)]
    [InlineData("2022-01-01", 999_999.99, 8, 9)]
    [InlineData("2022-01-01", 1_000_000, 6, 7)]
    [InlineData("2030-01-01", 1e9, -0.5, 5)]
    public void Gives_what_is_in_force_at_the_time_for_what_was_traded(string time, double traded, double maker, double taker)
    {
        var tier = Schedule.At(Timestamp.Parse(time), (decimal)traded);
        (tier.MakerBps, tier.TakerBps).ShouldBe(((decimal)maker, (decimal)taker));
    }

    [Fact]
    public void Knows_nothing_before_its_first_table()
    {
        Schedule.Knows(Early).ShouldBeTrue();
        Schedule.Knows(new Timestamp(Early.Micros - 1)).ShouldBeFalse();
    }

    [Fact]
    public void Names_what_is_wrong_with_it()
    {
        Schedule.Problems().ShouldBeEmpty();
        (Schedule with { Tables = [] }).Problems().ShouldHaveSingleItem().ShouldContain("no tables");
        (Schedule with { Tables = [Schedule.Tables[1], Schedule.Tables[0]] }).Problems().ShouldHaveSingleItem().ShouldContain("2020-01-01");
        (Schedule with { Tables = [new FeeTable(Early, [new FeeTier(1, 1, 1)])] }).Problems().ShouldHaveSingleItem().ShouldContain("not from 0");
        (Schedule with { Tables = [new FeeTable(Early, [new FeeTier(0, 1, 1), new FeeTier(0, 1, 1)])] }).Problems().ShouldHaveSingleItem().ShouldContain("tier from 0");
        (Schedule with { Tables = [new FeeTable(Early, [new FeeTier(0, 0.00001m, 1)])] }).Problems().ShouldHaveSingleItem().ShouldContain("four decimals");
    }

    [Fact]
    public void What_was_traded_counts_for_thirty_days_to_the_instant()
    {
        var trail = new TrailingNotional(FeeSchedule.Window);
        trail.Add(Early, 100);
        trail.Add(Early + TimeSpan.FromDays(10), 7);
        trail.Before(Early + TimeSpan.FromDays(29)).ShouldBe((WideInt)107);
        trail.Before(new Timestamp((Early + TimeSpan.FromDays(30)).Micros - 1)).ShouldBe((WideInt)107);
        trail.Before(Early + TimeSpan.FromDays(30)).ShouldBe((WideInt)7);
        trail.Before(Early + TimeSpan.FromDays(40)).ShouldBe((WideInt)0);
    }
}
