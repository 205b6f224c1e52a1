using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>crossedBook</c>: a book's best bid reached its best ask.</summary>
internal sealed class CrossedBookRule(RuleHead head) : AlertRule(head)
{
    public static AlertRule Read(RuleHead head, Conditions when) => new CrossedBookRule(head);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is CrossedSeen crossed && Concerns(crossed)) into.Add(new Reading(SubjectOf(crossed), Stance.Event, seen, crossed.Bid - crossed.Ask));
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var crossed = (CrossedSeen)reading.Seen;
        return new Wording(
            $"{reading.Subject} book crossed", $"The best bid {Say.Price(crossed.Bid)} is not below the best ask {Say.Price(crossed.Ask)}; the book is built anew.",
            new AlertFigure("bid", crossed.Bid), new AlertFigure("ask", crossed.Ask));
    }
}
