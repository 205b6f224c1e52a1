using System.Text.Json;
using Mts.Core.Market;

namespace Mts.Storage.Cache.Live;

/// <summary>Something to be written, in the words of whoever handed it in; it becomes JSON on the writer's task.</summary>
/// <param name="Key">Of the newest value; of an event without value its channel.</param>
/// <param name="Time">The moment it describes.</param>
/// <param name="Expires">When its lifetime ends, by the machine's clock.</param>
/// <param name="Write">Writes it.</param>
internal sealed record LiveValue(string Key, Timestamp Time, DateTimeOffset Expires, Action<Utf8JsonWriter> Write);

/// <summary>The newest value of a key and what is still to be done with it.</summary>
internal sealed class NewestValue(LiveValue value)
{
    public LiveValue Value { get; set; } = value;

    /// <summary>To be set in the cache.</summary>
    public bool IsUnwritten { get; set; } = true;

    /// <summary>To be told to listeners.</summary>
    public bool IsUntold { get; set; }

    /// <summary>Stands in the list of those with something to be done.</summary>
    public bool IsListed { get; set; }
}

/// <summary>What one exchange writes.</summary>
/// <param name="Newest">Newest values as they were when taken; <c>Write</c> and <c>Tell</c> say what for.</param>
/// <param name="Moments">Values of single moments.</param>
/// <param name="Events">Events without a newest value of their own.</param>
internal sealed record LiveBatch(IReadOnlyList<(LiveValue Value, bool Write, bool Tell)> Newest, IReadOnlyList<LiveValue> Moments, IReadOnlyList<LiveValue> Events)
{
    public static LiveBatch Empty { get; } = new([], [], []);

    public bool IsEmpty => Newest.Count == 0 && Moments.Count == 0 && Events.Count == 0;
}
