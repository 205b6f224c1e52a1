using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mts.UnitTests.Realtime;

/// <summary>
/// A second implementation: books of a recorded session in decimals and sorted dictionaries, without any code of the product and without its
/// rules, for the session has no gap. It knows the text of every book after every update.
/// </summary>
internal sealed partial class ReferenceSession
{
    private readonly Dictionary<string, Book> books = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Symbol, long Id), string> quotes = [];

    /// <summary>By symbol and update id.</summary>
    public Dictionary<(string Symbol, long Id), string> Texts { get; } = [];

    /// <summary>Best quotes that the venue gave for an update at which the book is known, and how many of them were equal.</summary>
    public (int Shared, int Equal) CompareQuotes()
    {
        var shared = quotes.Where(q => Texts.ContainsKey(q.Key)).ToList();
        return (shared.Count, shared.Count(q => Best(Texts[q.Key]) == q.Value));
    }

    /// <summary>The book after the newest update, in the words of the venue's own snapshot; null before the first one.</summary>
    public string? Snapshot(string symbol, bool isBybit)
    {
        if (!books.TryGetValue(symbol, out var book) || !book.HasSnapshot) return null;
        var (bids, asks) = (Levels(book.Bids), Levels(book.Asks));
        return isBybit
            ? $$"""{"topic":"orderbook.200.{{symbol}}","type":"snapshot","ts":1,"data":{"s":"{{symbol}}","b":{{bids}},"a":{{asks}},"u":{{book.Id}},"seq":{{book.Sequence}}},"cts":1}"""
            : $$"""{"lastUpdateId":{{book.Id}},"bids":{{bids}},"asks":{{asks}}}""";
    }

    public void Take(string? url, ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return;
        if (root.TryGetProperty("lastUpdateId", out var id)) TakeSnapshot(url, root, id.GetInt64());
        else if (root.TryGetProperty("topic", out var topic) && topic.GetString()!.StartsWith("orderbook.", StringComparison.Ordinal)) TakeBybit(root);
        else if (root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("u", out _)) TakeBinance(data);
    }

    private void TakeSnapshot(string? url, JsonElement root, long id)
    {
        var book = Of(url is null ? "BTCUSDT" : SymbolPattern().Match(url).Groups[1].Value.ToUpperInvariant());
        book.Replace(root.GetProperty("bids"), root.GetProperty("asks"), id);
        foreach (var held in book.Held.ToList()) Apply(book, held);
        book.Held.Clear();
    }

    private void TakeBinance(JsonElement data)
    {
        var book = Of(data.GetProperty("s").GetString()!);
        if (data.TryGetProperty("a", out var asks) && asks.ValueKind == JsonValueKind.Array)
        {
            var change = data.Clone();
            if (book.HasSnapshot) Apply(book, change);
            else book.Held.Add(change);
        }
        else if (data.TryGetProperty("B", out var bidSize))
        {
            quotes[(book.Symbol, data.GetProperty("u").GetInt64())] = $"{Plain(Number(data.GetProperty("b")))}:{Plain(Number(bidSize))}|{Plain(Number(asks))}:{Plain(Number(data.GetProperty("A")))}";
        }
    }

    private void Apply(Book book, JsonElement change)
    {
        var id = change.GetProperty("u").GetInt64();
        if (id < book.Id) return;
        book.Change(change.GetProperty("b"), change.GetProperty("a"), id);
        Texts[(book.Symbol, id)] = book.Text();
    }

    private void TakeBybit(JsonElement root)
    {
        var data = root.GetProperty("data");
        var book = Of(data.GetProperty("s").GetString()!);
        var id = data.GetProperty("u").GetInt64();
        if (root.GetProperty("type").GetString() == "snapshot") book.Replace(data.GetProperty("b"), data.GetProperty("a"), id);
        else book.Change(data.GetProperty("b"), data.GetProperty("a"), id);
        book.Sequence = data.GetProperty("seq").GetInt64();
        Texts[(book.Symbol, id)] = book.Text();
    }

    private Book Of(string symbol)
    {
        if (!books.TryGetValue(symbol, out var book)) books[symbol] = book = new Book(symbol);
        return book;
    }

    private static string Best(string text) => string.Join('|', text.Split('|').Select(side => side.Split(',')[0]));

    private static decimal Number(JsonElement field) => decimal.Parse(field.GetString()!, CultureInfo.InvariantCulture);

    private static string Plain(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);

    private static string Levels(SortedDictionary<decimal, decimal> side) => $"[{string.Join(',', side.Select(l => $"[\"{Plain(Math.Abs(l.Key))}\",\"{Plain(l.Value)}\"]"))}]";

    [GeneratedRegex("symbol=([A-Za-z0-9]+)", RegexOptions.None, 1000)]
    private static partial Regex SymbolPattern();

    /// <summary>Bids by the price below zero, so that the best comes first.</summary>
    private sealed class Book(string symbol)
    {
        public string Symbol => symbol;

        public SortedDictionary<decimal, decimal> Bids { get; } = [];

        public SortedDictionary<decimal, decimal> Asks { get; } = [];

        public List<JsonElement> Held { get; } = [];

        public bool HasSnapshot { get; private set; }

        public long Id { get; private set; }

        public long Sequence { get; set; }

        public void Replace(JsonElement bids, JsonElement asks, long id)
        {
            Bids.Clear();
            Asks.Clear();
            HasSnapshot = true;
            Change(bids, asks, id);
        }

        public void Change(JsonElement bids, JsonElement asks, long id)
        {
            Id = id;
            foreach (var level in bids.EnumerateArray()) Set(Bids, -Number(level[0]), Number(level[1]));
            foreach (var level in asks.EnumerateArray()) Set(Asks, Number(level[0]), Number(level[1]));
        }

        public string Text() => $"{Text(Bids)}|{Text(Asks)}";

        private static string Text(SortedDictionary<decimal, decimal> side) => string.Join(',', side.Take(20).Select(l => $"{Plain(Math.Abs(l.Key))}:{Plain(l.Value)}"));

        private static void Set(SortedDictionary<decimal, decimal> side, decimal price, decimal size)
        {
            if (size == 0) side.Remove(price);
            else side[price] = size;
        }
    }
}
