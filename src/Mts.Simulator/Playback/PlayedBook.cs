using System.Text.Json;
using Mts.Simulator.Http;

namespace Mts.Simulator.Playback;

/// <summary>The book that a recording implies: its snapshot, and the diffs played since. Numbers stay the recorded texts.</summary>
internal sealed class PlayedBook
{
    private readonly SortedDictionary<decimal, (string Price, string Size)> bids = new(Comparer<decimal>.Create(static (a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<decimal, (string Price, string Size)> asks = [];
    private readonly List<byte[]> early = [];

    /// <summary>The update id of the book; -1 before there is one.</summary>
    public long Id { get; private set; } = -1;

    public long Sequence { get; private set; }

    public long TimeMs { get; private set; }

    /// <summary>Takes a snapshot of either venue, or a diff. A recorded snapshot is mostly older than the last diffs before it; those wait for it.</summary>
    public void Apply(ReadOnlySpan<byte> payload)
    {
        using var document = JsonDocument.Parse(payload.ToArray());
        var root = document.RootElement;
        if (root.TryGetProperty("lastUpdateId", out var last))
        {
            if (last.GetInt64() < Id) return;
            Replace(root.GetProperty("bids"), root.GetProperty("asks"), last.GetInt64());
            if (root.TryGetProperty("E", out var time)) TimeMs = time.GetInt64();
            foreach (var diff in early) Apply(diff);
            early.Clear();
        }
        else if (root.TryGetProperty("topic", out _))
        {
            var data = root.GetProperty("data");
            (Sequence, TimeMs) = (data.GetProperty("seq").GetInt64(), root.GetProperty("ts").GetInt64());
            if (root.GetProperty("type").GetString() == "snapshot") Replace(data.GetProperty("b"), data.GetProperty("a"), data.GetProperty("u").GetInt64());
            else Merge(data.GetProperty("b"), data.GetProperty("a"), data.GetProperty("u").GetInt64());
        }
        else if (Id < 0)
        {
            early.Add(payload.ToArray());
        }
        else if (root.GetProperty("u").GetInt64() is var u && u > Id)
        {
            Merge(root.GetProperty("b"), root.GetProperty("a"), u);
            TimeMs = root.GetProperty("E").GetInt64();
        }
    }

    /// <summary>As Binance's REST shows it.</summary>
    public byte[] ToBinance(int limit, bool isSpot) => Json.Of(w =>
    {
        w.WriteStartObject();
        w.WriteNumber("lastUpdateId", Id);
        if (!isSpot) w.WriteNumber("E", TimeMs);
        if (!isSpot) w.WriteNumber("T", TimeMs);
        Levels(w, "bids", bids.Values.Take(limit));
        Levels(w, "asks", asks.Values.Take(limit));
        w.WriteEndObject();
    });

    /// <summary>The body of Bybit's REST answer, and of a snapshot on a stream.</summary>
    public void WriteBybit(Utf8JsonWriter w, string symbol, int limit)
    {
        w.WriteString("s", symbol);
        Levels(w, "b", bids.Values.Take(limit));
        Levels(w, "a", asks.Values.Take(limit));
        w.WriteNumber("u", Id);
        w.WriteNumber("seq", Sequence);
    }

    private void Replace(JsonElement newBids, JsonElement newAsks, long id)
    {
        bids.Clear();
        asks.Clear();
        Merge(newBids, newAsks, id);
    }

    private void Merge(JsonElement newBids, JsonElement newAsks, long id)
    {
        Merge(bids, newBids);
        Merge(asks, newAsks);
        Id = id;
    }

    private static void Merge(SortedDictionary<decimal, (string Price, string Size)> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var (price, size) = (level[0].GetString()!, level[1].GetString()!);
            if (decimal.Parse(size) == 0) side.Remove(decimal.Parse(price));
            else side[decimal.Parse(price)] = (price, size);
        }
    }

    private static void Levels(Utf8JsonWriter w, string name, IEnumerable<(string Price, string Size)> levels)
    {
        w.WriteStartArray(name);
        foreach (var (price, size) in levels)
        {
            w.WriteStartArray();
            w.WriteStringValue(price);
            w.WriteStringValue(size);
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }
}
