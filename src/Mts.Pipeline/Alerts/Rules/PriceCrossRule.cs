using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>price</c> with <c>crosses</c>: the price goes through a level, from either side.</summary>
/// <remarks>On which side it starts is no news.</remarks>
internal sealed class PriceCrossRule(RuleHead head, Limit limit) : AlertRule(head)
{
    private readonly HashSet<string> started = new(StringComparer.Ordinal);

    public override AlertSeverity AllClear => Head.Severity;

    public override Type Sees => typeof(PriceSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is not PriceSeen price || !Concerns(price)) return;
        var (subject, stance) = (SubjectOf(price), limit.Judge(price.Price));
        if (stance == Stance.Between) return;
        if (started.Add(subject) && stance == Stance.Holds) stance = Stance.HeldBefore;
        into.Add(new Reading(subject, stance, seen, price.Price));
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var words = phase == AlertPhase.Raised ? "rose above" : "fell below";
        return new Wording(
            $"{reading.Subject} {words} {Say.Price(limit.Value)}", $"The price {words} {Say.Price(limit.Value)}: it is {Say.Price(reading.Value)}.",
            new AlertFigure("price", reading.Value), new AlertFigure("level", limit.Value));
    }
}
