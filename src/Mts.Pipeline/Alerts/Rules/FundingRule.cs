using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>funding</c>: the rate of one interval is above or below a limit.</summary>
internal sealed class FundingRule(RuleHead head, Limit limit) : LevelRule<FundingSeen>(head, limit)
{
    public static AlertRule Read(RuleHead head, Conditions when) => new FundingRule(head, when.Limit(-1, 1));

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var words = phase == AlertPhase.Raised ? Limit.Words : Limit.Opposite;
        return new Wording(
            $"{reading.Subject} funding {words} {Say.Percent(Limit.Value)}", $"The funding rate is {Say.Percent(reading.Value)}, {words} {Say.Percent(Limit.Value)}.",
            new AlertFigure("rate", reading.Value), new AlertFigure("limit", Limit.Value));
    }

    protected override double? ValueOf(FundingSeen seen) => seen.Rate;
}
