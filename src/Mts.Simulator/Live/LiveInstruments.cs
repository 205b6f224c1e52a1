using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>The instruments of one venue that trade live, each started when first asked for, and the order in which they go on.</summary>
internal sealed class LiveInstruments(SimulatedVenue venue, Exchange exchange, ulong seed)
{
    private readonly Dictionary<string, LiveInstrument> started = new(StringComparer.Ordinal);
    private readonly PriorityQueue<LiveInstrument, (long Micros, int Index)> agenda = new();

    /// <summary>When the next one goes on; never where none has started.</summary>
    public long NextMicros => agenda.TryPeek(out _, out var due) ? due.Micros : long.MaxValue;

    /// <summary>The instrument of a symbol; null where it has not started.</summary>
    public LiveInstrument? Find(string symbol) => started.GetValueOrDefault(symbol);

    /// <summary>The instrument of a symbol, started when first asked for; null for unknown ones.</summary>
    public LiveInstrument? FindOrStart(string symbol)
    {
        if (Find(symbol) is { } known) return known;
        if (venue.Options.Symbols is { } only && !only.Contains(symbol)) return null;
        if (exchange.Find(venue.Venue, symbol) is not { } market || market.Listing.ListedMs > venue.NowMicros / 1_000) return null;
        var instrument = new LiveInstrument(market.Open(venue.Options, seed, venue.NowMicros), market.Listing.Index);
        started.Add(symbol, instrument);
        Schedule(instrument);
        return instrument;
    }

    /// <summary>Takes the next one off the agenda; it comes back by <see cref="Schedule"/>.</summary>
    public LiveInstrument TakeNext() => agenda.Dequeue();

    public void Schedule(LiveInstrument instrument) => agenda.Enqueue(instrument, (instrument.NextMicros, instrument.Index));

    /// <summary>Orders all anew: a channel that has come may tick before its instrument's next event.</summary>
    public void ScheduleAll()
    {
        agenda.Clear();
        foreach (var instrument in started.Values) Schedule(instrument);
    }

    /// <summary>Tells every market what time it is.</summary>
    public void Rest(long nowMicros)
    {
        foreach (var instrument in started.Values) instrument.Market.Rest(nowMicros);
    }
}
