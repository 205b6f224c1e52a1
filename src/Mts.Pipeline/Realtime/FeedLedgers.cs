using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>Keeps what went wrong while a session lasts: gaps, dead letters by reason, connections.</summary>
/// <param name="mostKept">Entries of each kind that are kept; older ones are only counted.</param>
public sealed class FeedLedgers(int mostKept = 1_000) : QuietTap
{
    private readonly Dictionary<string, long> reasons = new(StringComparer.Ordinal);
    private readonly Queue<FeedGap> gaps = new();
    private readonly Queue<DeadLetter> letters = new();
    private readonly Queue<ConnectionNote> notes = new();
    private readonly SortedDictionary<string, ConnectionNote> failing = new(StringComparer.Ordinal);

    /// <summary>Gaps that were closed, oldest first.</summary>
    public IReadOnlyCollection<FeedGap> ClosedGaps => gaps;

    /// <summary>Gaps seen, open and closed.</summary>
    public long Gaps { get; private set; }

    public IReadOnlyCollection<DeadLetter> DeadLetters => letters;

    /// <summary>Dead letters by reason.</summary>
    public IReadOnlyDictionary<string, long> Reasons => reasons;

    public IReadOnlyCollection<ConnectionNote> Connections => notes;

    /// <summary>Streams that the venue refuses or that are silent, with the note that said so.</summary>
    public IReadOnlyCollection<ConnectionNote> Failing => failing.Values;

    public override void OnGap(FollowedMarket market, FeedGap gap)
    {
        if (gap.End is null) Gaps++;
        else Keep(gaps, gap);
    }

    public override void OnDeadLetter(DeadLetter letter)
    {
        reasons[letter.Reason] = reasons.GetValueOrDefault(letter.Reason) + 1;
        Keep(letters, letter);
    }

    public override void OnConnection(ConnectionNote note)
    {
        Keep(notes, note);
        if (note.Stream is not { } stream) return;
        var key = $"{note.Venue} {note.Market} {stream}";
        if (note.State is "subscribed" or "heard") failing.Remove(key);
        else failing[key] = note;
    }

    private void Keep<T>(Queue<T> queue, T entry)
    {
        queue.Enqueue(entry);
        if (queue.Count > mostKept) queue.Dequeue();
    }
}
