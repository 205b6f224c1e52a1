using Mts.Core.Market;

namespace Mts.Engine.Charges;

/// <summary>What had to be assumed of costs, how often and from when to when: each becomes one warning of the result.</summary>
internal sealed class Assumptions
{
    private readonly Dictionary<(int Instrument, string What), int> places = [];
    private readonly List<(int Instrument, string What, long Count, long First, long Last)> notes = [];

    /// <param name="instrument">Index of the instrument in the run.</param>
    /// <param name="what">The same words for the same assumption.</param>
    /// <param name="time">Of the order or payment.</param>
    /// <param name="count">How many of them.</param>
    public void Note(int instrument, string what, long time, long count = 1)
    {
        if (places.TryGetValue((instrument, what), out var at))
        {
            var note = notes[at];
            notes[at] = note with { Count = note.Count + count, Last = time };
            return;
        }

        places.Add((instrument, what), notes.Count);
        notes.Add((instrument, what, count, time, time));
    }

    /// <summary>In the order in which they came up first.</summary>
    /// <param name="symbols">By instrument.</param>
    public IEnumerable<string> Words(IReadOnlyList<string> symbols) =>
        notes.Select(n => $"{symbols[n.Instrument]}: {n.What} ({(n.Count == 1 ? $"at {new Timestamp(n.First)}" : $"{n.Count} times, {new Timestamp(n.First)} to {new Timestamp(n.Last)}")})");
}
