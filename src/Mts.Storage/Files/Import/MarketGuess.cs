using System.Text;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Storage.Files.Import;

/// <summary>Which market the files are of: as the user says, else as a column says, else as their names say.</summary>
internal sealed class MarketGuess(BarImportOptions options)
{
    private static readonly string[] Venues = ["binance", "bybit", "coinbase", "kraken", "bitstamp", "bitfinex", "gemini", "okx", "kucoin", "coingecko"];
    private static readonly char[] Separators = ['_', '-', '.', ' '];
    private Symbol? symbol = options.Symbol;
    private string? venue = options.Venue;

    /// <summary>The first file, for messages.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Length of a bar as the files state it, microseconds; 0 where they do not.</summary>
    public long Length { get; private set; }

    /// <summary>True where all files are of a dialect that is written when its bars have closed.</summary>
    public bool HasCloseTimes { get; private set; } = true;

    public void Add(string path, string entryName, BarRowReader reader)
    {
        var name = Path.GetFileName(path);
        if (FileName.Length == 0) FileName = name;
        var words = Words(name, entryName);
        HasCloseTimes &= reader.Layout?.CloseTime >= 0;
        venue ??= reader.Layout?.Venue ?? VenueIn(words);
        if (Length == 0) Length = reader.FirstLength > 0 ? reader.FirstLength : LengthIn(words);
        if (FoundSymbol(reader, words) is not { } found) return;
        var isStated = !reader.Symbol.IsEmpty;
        if (symbol is { } known && (known.Base, known.Quote) != (found.Base, found.Quote) && (isStated || options.Symbol is null))
            throw new DataValidationException($"{name} is of {found}, not of {known}; import each market by itself, with its own --symbol.");
        symbol ??= found;
    }

    public SeriesKey Key(Interval interval) =>
        symbol is { } known
            ? new SeriesKey(venue ?? "file", known, interval)
            : throw new ConfigurationException($"{FileName} does not say which market it is of; give --symbol, for instance --symbol BTC/USDT.");

    /// <summary>What the files' names say.</summary>
    public static (string? Venue, Symbol? Symbol) FromNames(IReadOnlyList<string> paths)
    {
        var words = Words([.. paths.Select(Path.GetFileName).OfType<string>()]);
        return (VenueIn(words), SymbolIn(words));
    }

    private static List<string> Words(params string[] names) => [.. names.SelectMany(n => n.Split(Separators))];

    private static string? VenueIn(IReadOnlyList<string> words) => Array.Find(Venues, v => words.Contains(v, StringComparer.OrdinalIgnoreCase));

    private static Symbol? FoundSymbol(BarRowReader reader, IReadOnlyList<string> words)
    {
        if (reader.Symbol.IsEmpty) return SymbolIn(words);
        return Symbol.TryParse(Encoding.UTF8.GetString(reader.Symbol), out var stated) ? stated : null;
    }

    private static Symbol? SymbolIn(IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (Symbol.TryParse(word, out var found)) return found;
        }

        return null;
    }

    private static long LengthIn(IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (Interval.TryParse(word == "d" ? "1d" : word, out var interval)) return interval.Micros;
        }

        return 0;
    }
}
