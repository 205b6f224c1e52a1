using System.Collections.Concurrent;
using Mts.Core.Market;

namespace Mts.Storage.Cache.Live;

/// <summary>Lets through at most one value of an instrument in a span of the values' own time, and every change of state.</summary>
internal sealed class Pace(TimeSpan interval)
{
    private readonly ConcurrentDictionary<(string Venue, Symbol Symbol), (Timestamp Time, int State)> kept = new();

    // A clock that was set back by more than the span must not silence an instrument.
    public bool IsDue(string venue, Symbol symbol, Timestamp time, int state = 0) =>
        !kept.TryGetValue((venue, symbol), out var last) || last.State != state || time >= last.Time + interval || time < last.Time - interval;

    public void Keep(string venue, Symbol symbol, Timestamp time, int state = 0) => kept[(venue, symbol)] = (time, state);
}
