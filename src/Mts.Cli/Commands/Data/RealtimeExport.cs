using System.Text.Encodings.Web;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;

namespace Mts.Cli.Commands.Data;

/// <summary>What the live feeds left, as JSON lines, oldest first.</summary>
internal static class RealtimeExport
{
    public static readonly IReadOnlyList<string> Kinds = [.. Enum.GetValues<RealtimeKind>().Select(NameOf)];

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>dead-letters</c> for <see cref="RealtimeKind.DeadLetters"/>.</summary>
    public static string NameOf(RealtimeKind kind) => string.Concat(kind.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <exception cref="BacktestDataException">There is nothing of it.</exception>
    public static void Write(Session session, IRealtimeStore store, string name, RealtimeRange asked, string? symbol, string path)
    {
        if (!path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"--kind {name} is written as JSON lines; name a file that ends in .jsonl.");
        var kind = Enum.GetValues<RealtimeKind>().Single(k => NameOf(k) == name);
        var market = symbol is null ? null : Markets.Known(session.Assets, symbol) is var (asset, exact) ? exact ?? Spot(asset, asked.Venue) : null;
        var recorded = store.ListRealtime();
        var there = recorded.Where(r => r.Kind == kind).ToList();
        // Where feeds were recorded and nothing went wrong, an empty file is the answer.
        var isNone = there.Count == 0 && recorded.Count > 0 && kind is RealtimeKind.Gaps or RealtimeKind.DeadLetters or RealtimeKind.Opportunities;
        if (there.Count == 0 && !isNone) throw new BacktestDataException($"there are no {name} yet; `mts stream` records them, `mts data status` shows what there is.");
        var range = isNone ? null : asked with { Symbol = market, From = Timestamp.Later(asked.From ?? Timestamp.MinValue, there.Min(r => r.First)), Until = Timestamp.Earlier(asked.Until ?? Timestamp.MaxValue, there.Max(r => r.Last) + TimeSpan.FromMicroseconds(1)) };
        var rows = 0L;
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            foreach (var row in range is null ? [] : Read(store, kind, range))
            {
                using (var json = new Utf8JsonWriter(file, Readable)) row(json);
                file.WriteByte((byte)'\n');
                rows++;
            }
        }

        File.Move(fresh, path, overwrite: true);
        session.Output.Line($"{name}: {Figures.Count(rows)} rows in {path}");
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteString("kind", name);
            w.WriteNumber("rows", rows);
            w.WriteString("file", path);
            w.WriteEndObject();
        });
    }

    /// <summary>An hour at a time, so that months of books need no memory.</summary>
    private static IEnumerable<Action<Utf8JsonWriter>> Read(IRealtimeStore store, RealtimeKind kind, RealtimeRange range)
    {
        if (kind == RealtimeKind.Accounts) return store.ReadAccounts(null).Select(a => new Action<Utf8JsonWriter>(w => LedgerJson.Write(w, a)));
        return Windows(range).SelectMany(r => Rows(store, kind, r));
    }

    private static IEnumerable<RealtimeRange> Windows(RealtimeRange range)
    {
        for (var from = range.From!.Value; from < range.Until; from += Window) yield return range with { From = from, Until = Timestamp.Earlier(from + Window, range.Until!.Value) };
    }

    private static IEnumerable<Action<Utf8JsonWriter>> Rows(IRealtimeStore store, RealtimeKind kind, RealtimeRange range) => kind switch
    {
        RealtimeKind.Books => Each(store.ReadBooks(range), RealtimeJson.Write),
        RealtimeKind.Spreads => Each(store.ReadSpreads(range), RealtimeJson.Write),
        RealtimeKind.Funding => Each(store.ReadFundingQuotes(range), RealtimeJson.Write),
        RealtimeKind.CrossSpreads => Each(store.ReadCrossSpreads(range), RealtimeJson.Write),
        RealtimeKind.Opportunities => Each(store.ReadOpportunities(range), RealtimeJson.Write),
        RealtimeKind.Gaps => Each(store.ReadGaps(range), LedgerJson.Write),
        RealtimeKind.DeadLetters => Each(store.ReadDeadLetters(range), LedgerJson.Write),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static IEnumerable<Action<Utf8JsonWriter>> Each<T>(IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write) =>
        rows.Select(row => new Action<Utf8JsonWriter>(w => write(w, row)));

    private static Symbol? Spot(Asset? asset, string? venue) => asset?.MarketAt(venue ?? "binance");
}
