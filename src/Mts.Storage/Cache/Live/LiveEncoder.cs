using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mts.Core.Ports;

namespace Mts.Storage.Cache.Live;

/// <summary>Turns a batch into entries and messages, in a buffer that the next batch uses again.</summary>
internal sealed class LiveEncoder(TimeProvider clock) : IDisposable
{
    private readonly ArrayBufferWriter<byte> buffer = new(64 << 10);
    private readonly Utf8JsonWriter writer = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private readonly List<(string Key, Range Place, TimeSpan Lifetime)> values = [];
    private readonly List<(string Channel, Range Place)> events = [];

    /// <returns>Valid until the next call.</returns>
    public (List<CacheEntry> Entries, List<EventMessage> Messages) Encode(LiveBatch batch)
    {
        buffer.ResetWrittenCount();
        values.Clear();
        events.Clear();
        var now = clock.GetUtcNow();
        foreach (var moment in batch.Moments) Add(CacheKeys.At(moment.Key, moment.Time), Place(moment), moment.Expires - now);
        foreach (var (value, write, tell) in batch.Newest)
        {
            var place = Place(value);
            if (write) Add(value.Key, place, value.Expires - now);
            if (tell) events.Add((CacheKeys.Channel(value.Key), place));
        }

        foreach (var value in batch.Events) events.Add((value.Key, Place(value)));
        var bytes = buffer.WrittenMemory;
        return ([.. values.Select(v => new CacheEntry(v.Key, bytes[v.Place], v.Lifetime))], [.. events.Select(e => new EventMessage(e.Channel, bytes[e.Place]))]);
    }

    public void Dispose() => writer.Dispose();

    // What waited longer than it may live is over.
    private void Add(string key, Range place, TimeSpan lifetime)
    {
        if (lifetime >= TimeSpan.FromMilliseconds(1)) values.Add((key, place, lifetime));
    }

    private Range Place(LiveValue value)
    {
        var start = buffer.WrittenCount;
        writer.Reset(buffer);
        value.Write(writer);
        writer.Flush();
        return start..buffer.WrittenCount;
    }
}
