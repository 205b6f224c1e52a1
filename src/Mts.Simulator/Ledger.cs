using Mts.Simulator.Faults;
using Mts.Simulator.Http;

namespace Mts.Simulator;

/// <summary>One request that the simulator answered, or spoilt.</summary>
/// <param name="Time">The simulator's time.</param>
/// <param name="Service">Which service.</param>
/// <param name="Path">Path and query; keys are left out.</param>
/// <param name="Status">HTTP status; 0 for a connection that was reset.</param>
/// <param name="Fault">The fault that was fired, if any.</param>
/// <param name="Bytes">Length of the whole body, sent or not.</param>
public sealed record LedgerEntry(DateTimeOffset Time, string Service, string Path, int Status, FaultKind? Fault, int Bytes);

/// <summary>What the simulator served and which faults it fired.</summary>
public sealed class Ledger(Action<string>? line = null)
{
    private const int Kept = 20_000;

    private readonly Lock gate = new();
    private readonly Queue<LedgerEntry> entries = [];
    private readonly Dictionary<FaultKind, int> faults = [];
    private readonly Dictionary<(string, int), int> statuses = [];

    /// <summary>Requests since the start.</summary>
    public int Requests { get; private set; }

    /// <summary>The latest requests, oldest first, at most twenty thousand.</summary>
    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (gate) return [.. entries];
        }
    }

    /// <summary>How often each fault was fired since the start.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults
    {
        get
        {
            lock (gate) return new Dictionary<FaultKind, int>(faults);
        }
    }

    internal void Add(LedgerEntry entry)
    {
        lock (gate)
        {
            Requests++;
            if (entry.Fault is { } fault) faults[fault] = faults.GetValueOrDefault(fault) + 1;
            statuses[(entry.Service, entry.Status)] = statuses.GetValueOrDefault((entry.Service, entry.Status)) + 1;
            entries.Enqueue(entry);
            if (entries.Count > Kept) entries.Dequeue();
        }

        line?.Invoke(System.Text.Encoding.UTF8.GetString(Json.Of(w => Write(w, entry))));
    }

    internal byte[] ToJson() => Json.Of(w =>
    {
        lock (gate)
        {
            w.WriteStartObject();
            w.WriteNumber("requests", Requests);
            w.WriteStartObject("faults");
            foreach (var (kind, count) in faults.OrderBy(f => f.Key)) w.WriteNumber(kind.ToString(), count);
            w.WriteEndObject();
            w.WriteStartObject("statuses");
            foreach (var group in statuses.GroupBy(s => s.Key.Item1).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                w.WriteStartObject(group.Key);
                foreach (var ((_, status), count) in group.OrderBy(s => s.Key.Item2)) w.WriteNumber(status.ToString(), count);
                w.WriteEndObject();
            }

            w.WriteEndObject();
            w.WriteStartArray("entries");
            foreach (var entry in entries) Write(w, entry);

            w.WriteEndArray();
            w.WriteEndObject();
        }
    });

    private static void Write(System.Text.Json.Utf8JsonWriter w, LedgerEntry entry)
    {
        w.WriteStartObject();
        w.WriteString("time", entry.Time);
        w.WriteString("service", entry.Service);
        w.WriteString("path", entry.Path);
        w.WriteNumber("status", entry.Status);
        w.WriteString("fault", entry.Fault?.ToString());
        w.WriteNumber("bytes", entry.Bytes);
        w.WriteEndObject();
    }
}
