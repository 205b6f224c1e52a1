using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.UnitTests.Signals;

public sealed class SignalAggregatorTests
{
    private static readonly string[] Names = ["Alpha", "Beta", "Gamma"];

    private static Signal Make(string strategy, Direction direction, double confidence, double size = 0.03, double price = 100) => new()
    {
        Asset = "bitcoin",
        Instrument = 0,
        Direction = direction,
        Confidence = confidence,
        PositionSize = size,
        Strategy = strategy,
        Time = new Timestamp(0),
        Price = price,
        Reason = "test",
    };

    private static SignalAggregator Make(AggregationRule rule = AggregationRule.WeightedAverage, double alpha = 0.6, double beta = 0.4) => new(
        new AggregatorOptions { Rule = rule, Weights = new Dictionary<string, double> { ["AlphaStrategy"] = alpha, ["beta"] = beta } }, Names);

    private static AggregateDecision One(SignalAggregator aggregator, params Signal[] signals) => aggregator.Aggregate(signals).ShouldHaveSingleItem();

    [Fact]
    public void Averages_agreeing_signals_by_weight_and_confidence()
    {
        var decision = One(Make(), Make("Alpha", Direction.Long, 0.8, 0.03, 100), Make("Beta", Direction.Long, 0.6, 0.02, 110));
        var result = decision.Result!;
        result.Direction.ShouldBe(Direction.Long);
        result.Confidence.ShouldBe(0.733333, 1e-6);
        result.PositionSize.ShouldBe(0.026667, 1e-6);
        result.Price.ShouldBe(103.333, 1e-3);
        result.Strength.ShouldBe(StrengthLevel.Strong.ToNumber());
        result.Strategy.ShouldBe("Aggregate");
        result.Reason.ShouldBe("all say LONG, weight 1: Alpha LONG 0.8×0.6, Beta LONG 0.6×0.4");
    }

    [Fact]
    public void Weighs_by_the_strategys_share_and_its_confidence()
    {
        var inputs = One(Make(alpha: 6, beta: 4), Make("Alpha", Direction.Long, 0.8), Make("Beta", Direction.Long, 0.7)).Inputs;
        inputs.Select(i => i.Effective).ShouldBe([0.48, 0.28], 1e-12);
    }

    [Fact]
    public void Lets_the_heavier_side_win_and_shrinks_it_by_the_conflict()
    {
        var decision = One(Make(), Make("Alpha", Direction.Long, 0.8, 0.1), Make("Beta", Direction.Short, 0.9));
        decision.Result!.Direction.ShouldBe(Direction.Long);
        decision.Result.Strength.ShouldBe(StrengthLevel.Moderate.ToNumber());
        decision.Result.Confidence.ShouldBe(0.8, 1e-12);
        decision.Result.PositionSize.ShouldBe(0.02, 1e-12);   // 0.1 × (0.6 − 0.4) / (0.6 + 0.4)
        decision.Inputs[1].Dropped.ShouldBe("LONG leads by weight, 0.6 to 0.4");
        decision.Reason.ShouldBe("LONG leads by weight, 0.6 to 0.4: Alpha LONG 0.8×0.6; conflict leaves 0.2 of size 0.1");
    }

    [Fact]
    public void Holds_nothing_at_an_even_split()
    {
        var decision = One(Make(alpha: 1, beta: 1), Make("Alpha", Direction.Long, 0.9), Make("Beta", Direction.Short, 0.5));
        decision.Result.ShouldBeNull();
        decision.Reason.ShouldBe("the sides weigh the same, 0.5 each");
    }

    [Fact]
    public void Strongest_wins_by_confidence_times_weight()
    {
        var decision = One(Make(AggregationRule.StrongestWins), Make("Alpha", Direction.Long, 0.5), Make("Beta", Direction.Short, 0.9, 0.1));
        decision.Result!.Direction.ShouldBe(Direction.Short);
        decision.Result.PositionSize.ShouldBe(0.1 * (0.36 - 0.30) / (0.36 + 0.30), 1e-12);
    }

    [Fact]
    public void Conservative_wants_no_opposition_and_enough_weight()
    {
        var aggregator = Make(AggregationRule.Conservative);
        One(aggregator, Make("Alpha", Direction.Long, 0.8), Make("Beta", Direction.Short, 0.9)).Reason.ShouldBe("LONG and SHORT oppose each other");
        One(aggregator, Make("Alpha", Direction.Long, 0.8)).Result!.Direction.ShouldBe(Direction.Long);
        One(aggregator, Make("Beta", Direction.Long, 0.8)).Reason.ShouldBe("LONG has 0.4 of the weight, less than 0.6");
    }

    [Fact]
    public void Consensus_wants_most_of_the_weight()
    {
        var aggregator = Make(AggregationRule.Consensus);
        One(aggregator, Make("Alpha", Direction.Short, 0.8), Make("Beta", Direction.Short, 0.6)).Result!.Direction.ShouldBe(Direction.Short);
        One(aggregator, Make("Alpha", Direction.Long, 0.8), Make("Beta", Direction.Short, 0.6)).Result.ShouldBeNull();
        One(aggregator, Make("Alpha", Direction.Long, 0.8)).Result.ShouldBeNull();
    }

    [Fact]
    public void Risk_weighted_prefers_the_better_reward_up_to_three()
    {
        var aggregator = Make(AggregationRule.RiskWeighted, 0.5, 0.5);
        var plain = Make("Alpha", Direction.Long, 0.8) with { Stop = 95, Target = 105 };
        var better = Make("Beta", Direction.Short, 0.5, 0.1) with { Stop = 105, Target = 90 };
        One(aggregator, plain, better).Result!.Direction.ShouldBe(Direction.Short);   // 0.5·0.5·2 over 0.5·0.8·1
        var huge = better with { Confidence = 0.2, Target = 10 };                       // 18 to 1 counts as 3: 0.3 under 0.4
        One(aggregator, plain with { PositionSize = 0.1 }, huge).Result!.Direction.ShouldBe(Direction.Long);
    }

    [Fact]
    public void Drops_faint_signals_and_strategies_without_weight()
    {
        var decision = One(Make(), Make("Alpha", Direction.Long, 0.05), Make("Gamma", Direction.Long, 0.9));
        decision.Result.ShouldBeNull();
        decision.Reason.ShouldBe("no signal counts");
        decision.Inputs.Select(i => i.Dropped).ShouldBe(["confidence 0.05 is below 0.1", "Gamma has no weight"]);
    }

    [Fact]
    public void Caps_large_sizes_and_drops_tiny_ones()
    {
        One(Make(), Make("Alpha", Direction.Long, 0.8, 0.5)).Result!.PositionSize.ShouldBe(0.10);
        var tiny = One(Make(), Make("Alpha", Direction.Long, 0.8, 0.0001));
        tiny.Result.ShouldBeNull();
        tiny.Reason.ShouldEndWith("size 0.0001 is below 0.005");
    }

    [Fact]
    public void Does_not_count_a_missing_stop_as_zero()
    {
        var stopped = Make("Alpha", Direction.Long, 0.8) with { Stop = 95, Target = 110, Horizon = TimeSpan.FromDays(3) };
        var result = One(Make(), stopped, Make("Beta", Direction.Long, 0.6)).Result!;
        result.Stop!.Value.ShouldBe(95, 1e-12);
        result.Target!.Value.ShouldBe(110, 1e-12);
        result.Horizon.ShouldBe(TimeSpan.FromDays(3));
    }

    [Fact]
    public void Goes_flat_when_flat_outweighs_and_shrinks_when_it_does_not()
    {
        One(Make(), Make("Alpha", Direction.Flat, 1), Make("Beta", Direction.Long, 1)).Result!.Direction.ShouldBe(Direction.Flat);
        One(Make(), Make("Alpha", Direction.Long, 1, 0.1), Make("Beta", Direction.Flat, 1)).Result!.PositionSize.ShouldBe(0.06, 1e-12);
    }

    [Fact]
    public void Counts_only_the_newest_signal_of_a_strategy()
    {
        var old = Make("Alpha", Direction.Short, 0.9);
        var decision = One(Make(), old, old with { Direction = Direction.Long, Time = new Timestamp(5) });
        decision.Result!.Direction.ShouldBe(Direction.Long);
        decision.Result.Time.ShouldBe(new Timestamp(5));
        decision.Inputs.Count(i => i.Dropped == "the strategy has a newer signal").ShouldBe(1);
    }

    [Fact]
    public void Sorts_by_confidence_whatever_the_order_of_the_signals()
    {
        Signal[] signals =
        [
            Make("Alpha", Direction.Long, 0.3),
            Make("Alpha", Direction.Long, 0.9) with { Asset = "solana", Instrument = 2 },
            Make("Alpha", Direction.Long, 0.6) with { Asset = "ethereum", Instrument = 1 },
            Make("Beta", Direction.Short, 0.9) with { Asset = "ethereum", Instrument = 1 },
        ];
        var forward = Make().Aggregate(signals);
        forward.Where(d => d.Result is not null).Select(d => d.Asset).ShouldBe(["solana", "ethereum", "bitcoin"]);
        Array.Reverse(signals);
        Make().Aggregate(signals).Select(d => (d.Asset, d.Reason, d.Result)).ShouldBe(forward.Select(d => (d.Asset, d.Reason, d.Result)));
    }

    [Fact]
    public void Weights_must_belong_to_strategies()
    {
        Should.Throw<ConfigurationException>(() => Weighted(("Alfa", 1))).Message.ShouldContain("unknown strategy 'Alfa' (did you mean Alpha?)");
        Should.Throw<ConfigurationException>(() => Weighted(("Alpha", 0))).Message.ShouldContain("add up to nothing");
        Should.Throw<ConfigurationException>(() => Weighted(("Alpha", -1), ("Beta", 2))).Message.ShouldContain("0 or more");
        Should.Throw<ConfigurationException>(() => Weighted(("Alpha", 1), ("alphaStrategy", 1))).Message.ShouldContain("two weights");
        Should.Throw<ConfigurationException>(() => new SignalAggregator(
            new AggregatorOptions { Weights = AggregatorOptions.Equal(Names), MinSize = 0.2 }, Names)).Message.ShouldContain("min_size = 0.2");

        static SignalAggregator Weighted(params (string, double)[] weights) =>
            new(new AggregatorOptions { Weights = weights.ToDictionary(w => w.Item1, w => w.Item2) }, Names);
    }

    [Theory]
    [InlineData("weighted_average", AggregationRule.WeightedAverage)]
    [InlineData("StrongestWins", AggregationRule.StrongestWins)]
    [InlineData("risk-weighted", AggregationRule.RiskWeighted)]
    public void Rules_have_names(string text, AggregationRule rule) => AggregatorOptions.ParseRule(text).ShouldBe(rule);

    [Fact]
    public void An_unknown_rule_gets_the_nearest() =>
        Should.Throw<ConfigurationException>(() => AggregatorOptions.ParseRule("consensu")).Message.ShouldContain("did you mean Consensus");
}
