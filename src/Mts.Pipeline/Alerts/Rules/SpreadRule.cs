using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>spread</c>: the spread of one market is above a limit in bps.</summary>
internal sealed class SpreadRule(RuleHead head, Limit limit) : LevelRule<SpreadSeen>(head, limit)
{
    public static AlertRule Read(RuleHead head, Conditions when) =>
        new SpreadRule(head, new Limit(when.Needed("aboveBps", 0, 10_000), IsAbove: true, when.Hysteresis(0.1)));

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var words = phase == AlertPhase.Raised ? Limit.Words : Limit.Opposite;
        return new Wording(
            $"{reading.Subject} spread {words} {Say.Plain(Limit.Value)} bps", $"The spread is {Say.Plain(Math.Round(reading.Value, 4))} bps, {words} {Say.Plain(Limit.Value)} bps.",
            new AlertFigure("spread_bps", reading.Value), new AlertFigure("limit_bps", Limit.Value));
    }

    protected override double? ValueOf(SpreadSeen seen) => seen.SpreadBps;
}
