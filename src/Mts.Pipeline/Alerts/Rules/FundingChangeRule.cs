using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>fundingChange</c>: the rate has moved since it was last told, relatively or absolutely by more than a limit.</summary>
/// <remarks>The original's limits: a tenth, or 0.0001. From a rate of 0 only the absolute limit counts.</remarks>
internal sealed class FundingChangeRule(RuleHead head, double relative, double absolute) : AlertRule(head)
{
    private readonly Dictionary<string, double> told = new(StringComparer.Ordinal);

    public static AlertRule Read(RuleHead head, Conditions when) =>
        new FundingChangeRule(head, when.Number("relative", 0, 1_000) ?? 0.10, when.Number("absolute", 0, 1) ?? 0.0001);

    public override Type Sees => typeof(FundingSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is not FundingSeen funding || !Concerns(funding)) return;
        var subject = SubjectOf(funding);
        if (told.TryAdd(subject, funding.Rate)) return;
        var before = told[subject];
        var size = Math.Abs(funding.Rate - before);
        if (size > absolute || (before != 0 && size / Math.Abs(before) > relative)) into.Add(new Reading(subject, Stance.Event, seen, funding.Rate));
    }

    public override void Told(in Reading reading) => told[reading.Subject] = reading.Value;

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var before = told[reading.Subject];
        var text = $"The funding rate went from {Say.Percent(before)} to {Say.Percent(reading.Value)}.";
        return new Wording(
            $"{reading.Subject} funding {Say.Percent(before)} → {Say.Percent(reading.Value)}", text,
            new AlertFigure("rate", reading.Value), new AlertFigure("rate_before", before))
        {
            EventKey = $"{reading.Seen.Time.Micros} {reading.Value:R}",
        };
    }
}
