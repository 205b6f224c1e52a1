using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>crossedBook</c>: a book's best bid reached its best ask.</summary>
internal sealed class CrossedBookRule(RuleHead head) : AlertRule(head)
{
    public static AlertRule Read(RuleHead head, Conditions when) => new CrossedBookRule(head);

    public override Type Sees => typeof(CrossedSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is CrossedSeen crossed && Concerns(crossed)) into.Add(new Reading(SubjectOf(crossed), Stance.Event, seen, 0));
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var crossed = (CrossedSeen)reading.Seen;
        var title = $"{reading.Subject} book crossed";
        if (crossed is not { Bid: { } bid, Ask: { } ask }) return new Wording(title, "The best bid is not below the best ask; the book is built anew.");
        return new Wording(
            title, $"The best bid {Say.Price(bid)} is not below the best ask {Say.Price(ask)}; the book is built anew.", new AlertFigure("bid", bid), new AlertFigure("ask", ask));
    }
}
