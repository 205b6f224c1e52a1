using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>volatility</c>: rolling annualised volatility is above or below a limit.</summary>
internal sealed class VolatilityRule(RuleHead head, Limit limit) : LevelRule<VolatilitySeen>(head, limit)
{
    public static AlertRule Read(RuleHead head, Conditions when) => new VolatilityRule(head, when.Limit(0, 1_000, 0.1));

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var words = phase == AlertPhase.Raised ? Limit.Words : Limit.Opposite;
        return new Wording(
            $"{reading.Subject} volatility {words} {Say.Percent(Limit.Value)}", $"The annualised volatility is {Say.Percent(reading.Value)}, {words} {Say.Percent(Limit.Value)}.",
            new AlertFigure("volatility", reading.Value), new AlertFigure("limit", Limit.Value));
    }

    protected override double? ValueOf(VolatilitySeen seen) => seen.Volatility;
}
