using Mts.Core.Alerts;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>Kind <c>deadLetters</c>: of one market's messages too many could not be used within a window.</summary>
internal sealed class DeadLetterRule(RuleHead head, Limit limit, TimeSpan window) : AlertRule(head)
{
    private readonly Dictionary<string, Queue<DeadLetterSeen>> recent = new(StringComparer.Ordinal);

    public static AlertRule Read(RuleHead head, Conditions when) => new DeadLetterRule(
        head, new Limit(when.Number("above", 0, 100_000) ?? 0, IsAbove: true, when.Hysteresis(0.5)),
        when.Span("window", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));

    public override Type Sees => typeof(DeadLetterSeen);

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is DeadLetterSeen letter && Concerns(letter.Venue, letter.Symbol))
        {
            var subject = letter.Symbol is { } symbol ? $"{letter.Venue} {symbol}" : letter.Venue;
            if (!recent.TryGetValue(subject, out var queue)) recent[subject] = queue = new Queue<DeadLetterSeen>();
            queue.Enqueue(letter);
            Judge(subject, queue, seen, into);
        }
        else if (seen is TimeSeen)
        {
            foreach (var (subject, queue) in recent) Judge(subject, queue, seen, into);
        }
    }

    public override Wording Describe(in Reading reading, AlertPhase phase)
    {
        var count = Say.Plain(reading.Value);
        if (phase == AlertPhase.Cleared) return new Wording($"{reading.Subject}: messages usable again", $"{count} dead letters in {Say.Span(window)}.", new AlertFigure("dead_letters", reading.Value));
        var last = recent[reading.Subject].Last();
        return new Wording(
            $"{reading.Subject}: {count} dead letters in {Say.Span(window)}", $"The last one, of {last.Channel ?? "an unknown stream"}: {last.Reason}",
            new AlertFigure("dead_letters", reading.Value), new AlertFigure("limit", limit.Value));
    }

    private void Judge(string subject, Queue<DeadLetterSeen> queue, Observation seen, List<Reading> into)
    {
        while (queue.TryPeek(out var oldest) && oldest.Time <= seen.Time - window) queue.Dequeue();
        into.Add(new Reading(subject, limit.Judge(queue.Count), seen, queue.Count));
    }
}
