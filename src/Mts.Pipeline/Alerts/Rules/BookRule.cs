using Mts.Core.Alerts;
using Mts.Core.Books;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>book</c>: a book has not been valid for longer than a span.</summary>
/// <remarks>A book that is being built anew is as bad as it was before: only a valid one ends the spell.</remarks>
internal sealed class BookRule(RuleHead head, string state, TimeSpan patience) : AlertRule(head)
{
    private readonly Spells spells = new(patience);

    public static AlertRule Read(RuleHead head, Conditions when) => new BookRule(
        head, when.Word("state", "any", "any", "stale", "invalid"), when.Span("for", TimeSpan.FromSeconds(10), TimeSpan.Zero, TimeSpan.FromDays(1)));

    public override Type Sees => typeof(BookStateSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is TimeSeen) spells.Pass(seen.Time, into);
        else if (seen is BookStateSeen book && Concerns(book)) spells.Note(SubjectOf(book), IsBad(book.State, SubjectOf(book)), seen, into);
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        if (phase == AlertPhase.Cleared) return new Wording($"{reading.Subject} book valid again", "The book can be trusted again.");
        var now = ((BookStateSeen)reading.Seen).State.ToText();
        return new Wording(
            $"{reading.Subject} book {now}", $"The book is {now} and has not been what it should for {Say.Plain(reading.Value)} s; it gives no price until it is VALID again.",
            new AlertFigure("seconds", reading.Value));
    }

    private bool IsBad(BookState now, string subject) => now switch
    {
        BookState.Valid => false,
        BookState.Stale => state is "any" or "stale",
        BookState.Invalid => state is "any" or "invalid",
        _ => state == "any" || spells.IsOn(subject),
    };
}
