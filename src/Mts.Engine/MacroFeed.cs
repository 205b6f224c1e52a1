using System.Runtime.InteropServices;
using Mts.Core.Market;

namespace Mts.Engine;

/// <summary>The observations of one macro series that were public at an instant: the newest vintage of each day.</summary>
internal sealed class MacroFeed
{
    private readonly List<MacroObservation> byKnownTime;
    private readonly List<MacroObservation> known = [];
    private int next;

    public MacroFeed(IReadOnlyList<MacroObservation> observations) =>
        byKnownTime = [.. observations.Where(o => o.Value is not null).OrderBy(o => o.KnownTime).ThenBy(o => o.Day)];

    /// <summary>Lets in what has become known by <paramref name="now"/>.</summary>
    public ReadOnlySpan<MacroObservation> At(long now)
    {
        while (next < byKnownTime.Count && byKnownTime[next].KnownTime.Micros <= now) Learn(byKnownTime[next++]);
        return CollectionsMarshal.AsSpan(known);
    }

    /// <summary>One more observation; it waits for its time, unless that has passed.</summary>
    public void Add(in MacroObservation observation)
    {
        if (observation.Value is null) return;
        var at = byKnownTime.Count;
        while (at > next && byKnownTime[at - 1].KnownTime > observation.KnownTime) at--;
        byKnownTime.Insert(at, observation);
    }

    private void Learn(in MacroObservation observation)
    {
        var at = known.Count;
        while (at > 0 && known[at - 1].Day >= observation.Day) at--;
        if (at < known.Count && known[at].Day == observation.Day) known[at] = observation;
        else known.Insert(at, observation);
    }
}
