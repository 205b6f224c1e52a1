using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Allocation;
using Mts.Engine.Charges;
using Mts.Engine.Sessions;

namespace Mts.UnitTests.Sessions;

public sealed class PlanJsonTests
{
    private static readonly SessionPlan Plan = new()
    {
        Id = "a-1",
        Version = "1.2.3",
        Start = Timestamp.Parse("2026-03-01T12:34:00Z"),
        Instruments = [new("bitcoin", new SeriesKey("bybit", Symbol.Parse("BTC/USDT:USDT"), Interval.Hour), true), new("ether", new SeriesKey("bybit", Symbol.Parse("ETH/USDT"), Interval.Hour), false)],
        Strategies = [new("SmaCross", new Dictionary<string, string> { ["fast"] = "3", ["slow_Mean"] = "0.1" }), new("BuyHold", new Dictionary<string, string>())],
        Options = new BacktestOptions { Capital = 12_345.678901234567m, FeeBps = 7.5m, Lots = [0.001m, 0.1m], AllowShort = true, AllowGaps = true, WarmUp = 50, EquityPerBar = true, Seed = 9 },
        Limits = new RiskOptions { Sizing = Sizing.FixedFraction, Fraction = 0.1, MaxDailyLoss = 1.0 / 3 },
        Aggregator = new AggregatorOptions { Rule = AggregationRule.StrongestWins, Weights = new Dictionary<string, double> { ["SmaCross"] = 2, ["BuyHold"] = 0.1 } },
        Fill = FillRule.Book,
        Lateness = TimeSpan.FromSeconds(2.5),
        BookAge = TimeSpan.FromMilliseconds(750),
    };

    [Fact]
    public void Gives_back_every_part_of_a_plan()
    {
        var read = PlanJson.Read(PlanJson.Write(Plan));
        read.Instruments.ShouldBe(Plan.Instruments);
        read.Strategies.Select(s => s.Name).ShouldBe(["SmaCross", "BuyHold"]);
        read.Strategies[0].Parameters.ShouldBe(Plan.Strategies[0].Parameters);
        read.Options.Lots.ShouldBe(Plan.Options.Lots);
        (read.Options with { Lots = null }).ShouldBe(Plan.Options with { Lots = null });
        read.Limits.ShouldBe(Plan.Limits);
        read.Aggregator!.Weights.ShouldBe(Plan.Aggregator!.Weights);
        (read.Id, read.Version, read.Start, read.Fill, read.Lateness, read.BookAge, read.Aggregator.Rule)
            .ShouldBe((Plan.Id, Plan.Version, Plan.Start, Plan.Fill, Plan.Lateness, Plan.BookAge, Plan.Aggregator.Rule));
    }

    [Fact]
    public void Gives_back_what_is_charged()
    {
        var costs = new CostOptions
        {
            Fees = [new FeeSchedule("f", true, [new FeeTable(Plan.Start, [new FeeTier(0, -1, 2.5m)])])],
            Spread = new SpreadOptions(),
            Impact = new ImpactOptions(ImpactLaw.Linear, 0.1),
            Margin = new MarginOptions(MarginMode.Cross, 3, 2, [null, new MarginTable("t", 5, [new(0, 0.01m, 10)])]),
            BorrowApr = 0.05m,
            Rules = [null, new RuleHistory([new(Plan.Start, 0.1m, null, 5)])],
        };
        var written = PlanJson.Write(Plan with { Options = Plan.Options with { Costs = costs } });
        PlanJson.Write(PlanJson.Read(written)).ShouldBe(written);
        PlanJson.Read(written).Options.Costs!.Margin!.Tables[1]!.Tiers.ShouldBe(costs.Margin.Tables[1]!.Tiers);
    }

    [Fact]
    public void Gives_back_how_the_capital_is_shared()
    {
        var rule = new AllocationOptions { Method = AllocationMethod.Kelly, Lookback = 30, MaxWeight = 0.3, Every = TimeSpan.FromDays(7), Drift = 0.1 };
        PlanJson.Read(PlanJson.Write(Plan with { Allocation = rule })).Allocation.ShouldBe(rule);
    }

    [Fact]
    public void Tells_the_first_difference_of_two_plans_but_not_their_names()
    {
        Plan.DifferenceFrom(Plan with { Id = "b", Version = "2", Start = Plan.Start + TimeSpan.FromDays(1) }).ShouldBeNull();
        Plan.DifferenceFrom(Plan with { Options = Plan.Options with { FeeBps = 3 } }).ShouldBe("options.fee_bps is 7.5, not 3");
        Plan.DifferenceFrom(Plan with { Options = Plan.Options with { Costs = new CostOptions { BorrowApr = 0.1m } } })!.ShouldStartWith("options.costs is none, not {");
        Plan.DifferenceFrom(Plan with { Allocation = new AllocationOptions { Method = AllocationMethod.Equal } })!.ShouldStartWith("allocation is none, not ");
    }

    [Fact]
    public void What_is_no_plan_is_said_to_be_none() =>
        Should.Throw<DataValidationException>(() => PlanJson.Read("{\"id\":\"x\"}"u8)).Message.ShouldContain("plan");

    [Fact]
    public void A_session_without_a_proper_name_is_refused()
    {
        foreach (var id in (string[])["", "../x", "a b", new('x', 65)]) Should.Throw<ConfigurationException>((Plan with { Id = id }).Validate);
    }
}
