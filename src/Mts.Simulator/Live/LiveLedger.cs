using System.Text;
using Mts.Core.Market;
using Mts.Simulator.Faults;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>What a line of the live ledger says.</summary>
public enum VenueEvent
{
    /// <summary>A connection was accepted.</summary>
    Opened,

    /// <summary>An upgrade was refused.</summary>
    Refused,

    /// <summary>A stream was subscribed.</summary>
    Subscribed,

    /// <summary>A stream ended; ids and frames say what was put on the wire.</summary>
    Unsubscribed,

    /// <summary>The client broke one of the venue's rules.</summary>
    Violation,

    /// <summary>A fault was fired.</summary>
    Fault,

    /// <summary>A book snapshot was served by REST.</summary>
    Snapshot,

    /// <summary>A connection ended.</summary>
    Closed,
}

/// <summary>One thing that a live face did.</summary>
/// <param name="Time">The venue's true time.</param>
/// <param name="Venue">Which market.</param>
/// <param name="Event">What.</param>
/// <param name="Connection">Which connection; 0 for none.</param>
/// <param name="Stream">The stream, or the symbol of a snapshot; empty for none.</param>
/// <param name="Fault">The fault that was fired, if any.</param>
/// <param name="FirstId">First id concerned; -1 for none. Depth: update ids; trades: trade ids.</param>
/// <param name="LastId">Last id concerned; -1 for none.</param>
/// <param name="Frames">Frames sent on an ended stream.</param>
/// <param name="Detail">For people.</param>
public sealed record LiveEntry(
    Timestamp Time, Venue Venue, VenueEvent Event, int Connection, string Stream, FaultKind? Fault, long FirstId, long LastId, long Frames, string Detail)
{
    /// <summary>One line of JSON without its end.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteString("time", Time.ToString());
        w.WriteString("venue", Venue.ToString());
        w.WriteString("event", Event.ToString());
        if (Connection > 0) w.WriteNumber("connection", Connection);
        if (Stream.Length > 0) w.WriteString("stream", Stream);
        if (Fault is { } fault) w.WriteString("fault", fault.ToString());
        if (FirstId >= 0) w.WriteNumber("first_id", FirstId);
        if (LastId >= 0) w.WriteNumber("last_id", LastId);
        if (Event == VenueEvent.Unsubscribed) w.WriteNumber("frames", Frames);
        if (Detail.Length > 0) w.WriteString("detail", Detail);
        w.WriteEndObject();
    }));
}

/// <summary>What the live faces did: connections, streams, snapshots, faults, and where clients broke the rules. Not for several threads at once.</summary>
public sealed class LiveLedger
{
    private const int Kept = 100_000;

    private readonly Queue<LiveEntry> entries = [];
    private readonly Dictionary<FaultKind, int> faults = [];

    /// <summary>Called with each entry as it is made.</summary>
    public Action<LiveEntry>? Written { get; set; }

    /// <summary>The latest entries, oldest first, at most a hundred thousand.</summary>
    public IReadOnlyCollection<LiveEntry> Entries => entries;

    /// <summary>How often each fault was fired.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults => faults;

    /// <summary>How often a client broke a rule.</summary>
    public int Violations { get; private set; }

    /// <summary>Frames put on the wire.</summary>
    public long Frames { get; internal set; }

    internal void Add(LiveEntry entry)
    {
        if (entry.Fault is { } fault) faults[fault] = faults.GetValueOrDefault(fault) + 1;
        if (entry.Event == VenueEvent.Violation) Violations++;
        entries.Enqueue(entry);
        if (entries.Count > Kept) entries.Dequeue();
        Written?.Invoke(entry);
    }
}
