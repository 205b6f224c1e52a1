using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>gap</c>: ids are missing in a stream; a gap of unknown length counts as long enough.</summary>
internal sealed class GapRule(RuleHead head, double minMissing) : AlertRule(head)
{
    public static AlertRule Read(RuleHead head, Conditions when) => new GapRule(head, when.Number("minMissing", 1, 1e15) ?? 1);

    public override Type Sees => typeof(GapSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is not GapSeen gap || !Concerns(gap)) return;
        var missing = gap.LastMissing - gap.FirstMissing + 1;
        if (missing is null || missing >= minMissing) into.Add(new Reading($"{SubjectOf(gap)} {gap.Channel}", Stance.Event, seen, missing ?? double.NaN));
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var gap = (GapSeen)reading.Seen;
        if (double.IsNaN(reading.Value)) return new Wording($"{reading.Subject}: gap", $"Messages are missing, nobody knows how many: {gap.Cause}");
        return new Wording(
            $"{reading.Subject}: {Say.Plain(reading.Value)} missing", $"The ids {gap.FirstMissing} to {gap.LastMissing} did not come: {gap.Cause}",
            new AlertFigure("missing", reading.Value))
        {
            EventKey = $"{gap.FirstMissing}-{gap.LastMissing}",
        };
    }
}
