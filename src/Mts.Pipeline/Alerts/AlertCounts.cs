using System.Diagnostics.Metrics;
using Mts.Core.Alerts;

namespace Mts.Pipeline.Alerts;

/// <summary>What became of alerts since the start; also the instrument <c>mts.alerts</c> of the meter <c>Mts.Alerts</c>, by outcome and channel.</summary>
public sealed class AlertCounts
{
    private static readonly Meter Meter = new("Mts.Alerts");
    private static readonly Counter<long> All = Meter.CreateCounter<long>("mts.alerts", description: "Alerts by outcome; those of channels by channel.");

    private readonly Lock sync = new();
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>How often, by <c>granted</c>, <c>told_before</c>, <c>cooling_down</c>, <c>quiet</c>, <c>lost</c> and <c>{channel}.sent|failed|dropped</c>.</summary>
    public IReadOnlyDictionary<string, long> Snapshot()
    {
        lock (sync) return new SortedDictionary<string, long>(counts, StringComparer.Ordinal);
    }

    public long this[string outcome]
    {
        get
        {
            lock (sync) return counts.GetValueOrDefault(outcome);
        }
    }

    internal void Add(string outcome)
    {
        All.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        Count(outcome);
    }

    internal void Add(string channel, DeliveryState state)
    {
        var outcome = state.ToString().ToLowerInvariant();
        All.Add(1, new("outcome", outcome), new("channel", channel));
        Count($"{channel}.{outcome}");
    }

    private void Count(string name)
    {
        lock (sync) counts[name] = counts.GetValueOrDefault(name) + 1;
    }
}
