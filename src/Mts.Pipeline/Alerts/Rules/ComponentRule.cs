using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>component</c>: a part of the system is down (or degraded) for longer than a span.</summary>
internal sealed class ComponentRule(RuleHead head, string? component, bool degradedToo, TimeSpan patience) : AlertRule(head)
{
    private readonly Spells spells = new(patience);

    public static AlertRule Read(RuleHead head, Conditions when) => new ComponentRule(
        head, when.Text("component"), when.Word("health", "down", "down", "degraded") == "degraded",
        when.Span("for", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(1)));

    public override Type Sees => typeof(ComponentStateSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is TimeSeen) spells.Pass(seen.Time, into);
        else if (seen is ComponentStateSeen part && IsMine(part.Component)) spells.Note(part.Component, IsBad(part.Health), seen, into);
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var seen = (ComponentStateSeen)reading.Seen;
        if (phase == AlertPhase.Cleared) return new Wording($"{reading.Subject} up again", seen.Detail);
        return new Wording($"{reading.Subject} {(seen.Health == ComponentHealth.Down ? "down" : "degraded")}", seen.Detail, new AlertFigure("seconds", reading.Value));
    }

    private bool IsBad(ComponentHealth health) => health == ComponentHealth.Down || (degradedToo && health == ComponentHealth.Degraded);

    // 'venue' means all venues, 'venue/bybit' one.
    private bool IsMine(string name) =>
        component is null || name == component || (name.StartsWith(component, StringComparison.Ordinal) && name[component.Length] == '/');
}
