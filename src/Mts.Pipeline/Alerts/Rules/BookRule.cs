using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>book</c>: a book has been stale or invalid for longer than a span.</summary>
internal sealed class BookRule(RuleHead head, string state, TimeSpan patience) : AlertRule(head)
{
    private readonly Spells spells = new(patience);

    public static AlertRule Read(RuleHead head, Conditions when) => new BookRule(
        head, when.Word("state", "any", "any", "stale", "invalid"), when.Span("for", TimeSpan.FromSeconds(10), TimeSpan.Zero, TimeSpan.FromDays(1)));

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is TimeSeen) spells.Pass(seen.Time, into);
        else if (seen is BookStateSeen book && Concerns(book)) spells.Note(SubjectOf(book), IsBad(book.Health), seen, into);
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        if (phase == AlertPhase.Cleared) return new Wording($"{reading.Subject} book good again", "The book can be trusted again.");
        var health = ((BookStateSeen)reading.Seen).Health == BookHealth.Stale ? "stale" : "invalid";
        return new Wording(
            $"{reading.Subject} book {health}", $"The book is {health} and has been bad for {Say.Plain(reading.Value)} s; it gives no price until it is good again.",
            new AlertFigure("seconds", reading.Value));
    }

    private bool IsBad(BookHealth health) => health switch
    {
        BookHealth.Stale => state is "any" or "stale",
        BookHealth.Invalid => state is "any" or "invalid",
        _ => false,
    };
}
