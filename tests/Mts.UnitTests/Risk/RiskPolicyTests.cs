using Mts.Core.Market;
using Mts.Core.Risk;
using Mts.Core.Signals;

namespace Mts.UnitTests.Risk;

public sealed class RiskPolicyTests
{
    private static readonly RiskOptions FixedFraction = new() { Sizing = Sizing.FixedFraction };

    private static Signal Make(Direction direction = Direction.Long, double size = 0.05, double confidence = 0.8, double price = 50_000) => new()
    {
        Asset = "bitcoin",
        Instrument = 0,
        Direction = direction,
        Confidence = confidence,
        PositionSize = size,
        Strategy = "Test",
        Time = new Timestamp(0),
        Price = price,
        Reason = "test",
    };

    private static AccountState Account(double equity = 10_000, double? peak = null, double? dayStart = null, params double[] exposure) =>
        new(new Timestamp(0), equity, peak ?? equity, dayStart ?? equity, exposure.Length == 0 ? [0] : exposure);

    private static RiskDecision.Refused Refusal(RiskDecision decision) => decision.ShouldBeOfType<RiskDecision.Refused>();

    private static Signal Approval(RiskDecision decision) => decision.ShouldBeOfType<RiskDecision.Approved>().Signal;

    [Fact]
    public void Sizes_by_confidence_and_sets_stop_and_target()
    {
        var result = new RiskPolicy(FixedFraction).Assess(Make(), Account());
        result.Decision.ShouldBeOfType<RiskDecision.Approved>();
        result.Notional.ShouldBe(160, 1e-9);
        result.Stop!.Value.ShouldBe(49_000, 1e-9);
        result.Target!.Value.ShouldBe(52_000, 1e-9);
        result.RewardRisk!.Value.ShouldBe(2, 1e-12);
        result.Level.ShouldBe(RiskLevel.Low);
        result.Warnings.ShouldBeEmpty();
        Approval(result.Decision).PositionSize.ShouldBe(0.016, 1e-15);
    }

    [Fact]
    public void Puts_the_stop_of_a_short_above()
    {
        var signal = Approval(new RiskPolicy(FixedFraction).Evaluate(Make(Direction.Short), Account()));
        signal.Stop!.Value.ShouldBe(51_000, 1e-9);
        signal.Target!.Value.ShouldBe(48_000, 1e-9);
    }

    [Fact]
    public void Refuses_what_is_too_small_to_trade()
    {
        Refusal(new RiskPolicy(FixedFraction).Evaluate(Make(confidence: 0.1), Account(1_000))).Rule.ShouldBe("min_notional");
        PositionPlan.Notional(1_000, 0.1).ShouldBe(0);
        PositionPlan.Notional(10_000, 0.8).ShouldBe(160, 1e-12);
        PositionPlan.Notional(10_000, 1, fraction: 0.5).ShouldBe(1_000, 1e-9);
    }

    [Fact]
    public void Refuses_at_a_drawdown_of_a_fifth()
    {
        var refusal = Refusal(new RiskPolicy(FixedFraction).Evaluate(Make(), Account(8_000, peak: 10_000)));
        refusal.Rule.ShouldBe("max_drawdown");
        refusal.Reason.ShouldBe("drawdown 20 % and 0.03 % at the stop exceed 20 %");
        Approval(new RiskPolicy(FixedFraction).Evaluate(Make(), Account(8_100, peak: 10_000)));
    }

    [Fact]
    public void Refuses_after_a_daily_loss_beyond_five_percent()
    {
        Refusal(new RiskPolicy(FixedFraction).Evaluate(Make(), Account(10_000, peak: 10_500, dayStart: 10_500))).Rule.ShouldBe("max_daily_loss");
        Approval(new RiskPolicy(FixedFraction).Evaluate(Make(), Account(10_000, peak: 10_400, dayStart: 10_400)));
    }

    [Fact]
    public void Counts_the_loss_at_the_signals_own_stop()
    {
        // 10 % of equity with a stop 60 % away may lose 6 % of equity on one day.
        var wide = Make(size: 0.1) with { Stop = 20_000 };
        Refusal(new RiskPolicy(new RiskOptions()).Evaluate(wide, Account())).Rule.ShouldBe("max_daily_loss");
        Refusal(new RiskPolicy(new RiskOptions { StopDistance = 0 }).Evaluate(Make(size: 0.1), Account())).Rule.ShouldBe("max_daily_loss");
    }

    [Fact]
    public void Cuts_a_position_to_its_limit_and_says_so()
    {
        var approved = new RiskPolicy(new RiskOptions()).Evaluate(Make(size: 0.5), Account()).ShouldBeOfType<RiskDecision.Approved>();
        approved.Signal.PositionSize.ShouldBe(0.10);
        approved.Limits.ShouldBe(["size 50 % cut to 10 %: max_position 10 %"]);
    }

    [Fact]
    public void Counts_all_markets_of_an_asset()
    {
        var policy = new RiskPolicy(new RiskOptions(), ["bitcoin", "bitcoin", "ethereum"]);
        Approval(policy.Evaluate(Make(size: 0.1), Account(10_000, null, null, 9_000, -1_000, 500))).PositionSize.ShouldBe(0.05, 1e-12);
        Refusal(policy.Evaluate(Make(size: 0.1), Account(10_000, null, null, 0, -1_500, 0))).Rule.ShouldBe("max_asset_exposure");
        Approval(policy.Evaluate(Make(size: 0.1), Account(10_000, null, null, 0, 0, 1_500))).PositionSize.ShouldBe(0.1);
    }

    [Fact]
    public void Bounds_all_positions_together()
    {
        var policy = new RiskPolicy(new RiskOptions { MaxTotalExposure = 0.5 });
        Approval(policy.Evaluate(Make(size: 0.1), Account(10_000, null, null, 9_999, -3_000, 1_400))).PositionSize.ShouldBe(0.06, 1e-12);
        Refusal(policy.Evaluate(Make(size: 0.1), Account(10_000, null, null, 0, -3_000, 2_000))).Rule.ShouldBe("max_total_exposure");
    }

    [Fact]
    public void Refuses_shorts_where_they_are_not_allowed() =>
        Refusal(new RiskPolicy(new RiskOptions { AllowShort = false }).Evaluate(Make(Direction.Short), Account())).Rule.ShouldBe("allow_short");

    [Fact]
    public void Refuses_little_confidence() =>
        Refusal(new RiskPolicy(new RiskOptions { MinConfidence = 0.5 }).Evaluate(Make(confidence: 0.4), Account())).Reason.ShouldBe("confidence 0.4 is below 0.5");

    [Theory]
    [InlineData(Direction.Long, 51_000.0, null)]
    [InlineData(Direction.Long, 50_000.0, null)]
    [InlineData(Direction.Long, null, 49_000.0)]
    [InlineData(Direction.Short, 49_000.0, null)]
    [InlineData(Direction.Short, null, 51_000.0)]
    public void Refuses_stops_and_targets_on_the_wrong_side(Direction direction, double? stop, double? target) =>
        Refusal(new RiskPolicy(new RiskOptions()).Evaluate(Make(direction) with { Stop = stop, Target = target }, Account())).Rule.ShouldBe("stop_side");

    [Fact]
    public void Never_refuses_to_go_flat()
    {
        var flat = Make(Direction.Flat, confidence: 0);
        Approval(new RiskPolicy(new RiskOptions { AllowShort = false }).Evaluate(flat, Account(100, peak: 10_000))).ShouldBe(flat);
    }

    [Fact]
    public void Refuses_everything_else_without_equity() =>
        Refusal(new RiskPolicy(new RiskOptions()).Evaluate(Make(), Account(-5, peak: 100))).Rule.ShouldBe("equity");

    [Fact]
    public void Refuses_a_score_beyond_the_limit()
    {
        // 0.30·0.1 + 0.25·(0.1+0.6) = 0.205
        var refusal = Refusal(new RiskPolicy(new RiskOptions { MaxScore = 0.18 }).Evaluate(Make(size: 0.1), Account(10_000, null, null, 0, 6_000)));
        refusal.Reason.ShouldBe("risk score 0.205 (Critical) exceeds 0.18");
    }

    [Fact]
    public void Is_critical_when_all_metrics_are_a_quarter()
    {
        RiskScore.Of(0.25, 0.25, 0.25).ShouldBe(0.2, 1e-12);
        RiskScore.Level(RiskScore.Of(0.25, 0.25, 0.25, 0.25, 0.25)).ShouldBe(RiskLevel.Critical);
        RiskScore.Of(9, 9, 9, 9, 9).ShouldBe(1, 1e-12);
    }

    [Theory]
    [InlineData(0.08, RiskLevel.Low)]
    [InlineData(0.12, RiskLevel.Medium)]
    [InlineData(0.18, RiskLevel.High)]
    [InlineData(0.1801, RiskLevel.Critical)]
    public void Levels_include_their_upper_bound(double score, RiskLevel level) => RiskScore.Level(score).ShouldBe(level);

    [Fact]
    public void Warns_of_what_nears_a_limit()
    {
        var signal = Make(size: 0.08) with { Stop = 49_000, Target = 51_000 };
        var warnings = new RiskPolicy(new RiskOptions()).Assess(signal, Account(8_300, peak: 10_000, dayStart: 8_650)).Warnings;
        warnings.ShouldBe(
        [
            "the position is 8 % of equity",
            "the drawdown is 17 %",
            "drawdown 17 % nears its limit of 20 %",
            "today's loss 4.22 % nears its limit of 5 %",
            "reward to risk is 1",
        ]);
    }
}
