using System.Globalization;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Realtime;

/// <summary>
/// Where live rows are kept: the present UTC day under <c>realtime</c>, finished days under <c>raw</c>, in the folders of the brief and under
/// the names of the first system. Bars of both times stay in the folder of their venue.
/// </summary>
internal sealed class RealtimePaths(string dataDir)
{
    public string Realtime { get; } = Path.Combine(dataDir, "realtime");

    public string Raw { get; } = Path.Combine(dataDir, "raw");

    public string Gaps => Path.Combine(Realtime, "gaps.jsonl");

    public string DeadLetters => Path.Combine(Realtime, "dead-letters.jsonl");

    public string Accounts => Path.Combine(Realtime, "accounts.json");

    public static string? FolderOf(RealtimeKind kind) => kind switch
    {
        RealtimeKind.Books => "orderbooks",
        RealtimeKind.Spreads or RealtimeKind.CrossSpreads or RealtimeKind.Opportunities => "spreads",
        RealtimeKind.Funding => "funding",
        _ => null,
    };

    /// <summary>What the names of a kind's files have in the middle.</summary>
    public static string WordOf(RealtimeKind kind) => kind switch
    {
        RealtimeKind.Books => "_orderbook_",
        RealtimeKind.Spreads => "_spreads_",
        RealtimeKind.CrossSpreads => "cross-spreads_",
        RealtimeKind.Opportunities => "opportunities_",
        RealtimeKind.Funding => "_funding_",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public string Of(RealtimeKind kind, string venue, Symbol symbol, DateOnly day, DateOnly today) => InFolder(kind, $"{venue}_{Name(symbol)}{WordOf(kind)}{Text(day)}.csv", day, today);

    public string Of(RealtimeKind kind, DateOnly day, DateOnly today) => InFolder(kind, $"{WordOf(kind)}{Text(day)}.csv", day, today);

    public string Bars(SeriesKey key, DateOnly day) => Path.Combine(Realtime, key.Venue, $"{key.Venue}_{Name(key.Symbol)}_bars_{key.Interval}_{Text(day)}.csv");

    /// <summary>Files of a kind under both folders, with their days.</summary>
    public IEnumerable<(string Path, DateOnly Day)> FilesOf(RealtimeKind kind)
    {
        foreach (var root in (string[])[Realtime, Raw])
        {
            var folder = Path.Combine(root, FolderOf(kind)!);
            if (!Directory.Exists(folder)) continue;
            foreach (var path in Directory.EnumerateFiles(folder, $"*{WordOf(kind)}*.csv").Order(StringComparer.Ordinal))
            {
                if (DayOf(path) is { } day) yield return (path, day);
            }
        }
    }

    /// <summary>Where a file of a finished day belongs.</summary>
    public string Finished(string path) => Path.Combine(Raw, Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path));

    public bool IsFinished(string path) => path.StartsWith(Raw + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string InFolder(RealtimeKind kind, string name, DateOnly day, DateOnly today) => Path.Combine(day < today ? Raw : Realtime, FolderOf(kind)!, name);

    // A venue spells its spot market and its perpetual alike.
    private static string Name(Symbol symbol) => symbol.IsPerpetual ? symbol.Compact + "-PERP" : symbol.Compact;

    private static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return DateOnly.TryParseExact(name[(name.LastIndexOf('_') + 1)..], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
