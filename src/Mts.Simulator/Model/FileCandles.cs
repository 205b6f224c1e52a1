using System.Globalization;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Simulator.Model;

/// <summary>Bars from files <c>SYMBOL-interval.csv</c> (timestamp,open,high,low,close,volume): served as they are, longer intervals added up from the finest file.</summary>
internal sealed class FileCandles : ICandles
{
    /// <summary>Follows the symbol of a perpetual's file; a file without it stands for every market of its symbol.</summary>
    public const string Perpetual = "-PERP";

    private readonly long stepMs;
    private readonly Dictionary<long, Candle> bars = [];
    private readonly long[] times;

    private FileCandles(string name, long stepMs, IReadOnlyList<Row> rows)
    {
        IsPerpetual = name.EndsWith(Perpetual, StringComparison.Ordinal);
        Symbol = IsPerpetual ? name[..^Perpetual.Length] : name;
        this.stepMs = stepMs;
        PriceDecimals = rows.Max(r => Decimals(r.Open, r.High, r.Low, r.Close));
        LotDecimals = rows.Max(r => Decimals(r.Volume));
        foreach (var row in rows) bars[row.Ms] = ToCandle(row);
        times = [.. bars.Keys.Order()];
    }

    public string Symbol { get; }

    public int PriceDecimals { get; }

    public int LotDecimals { get; }

    public bool IsPerpetual { get; }

    public long FirstMs => times[0];

    public long LastMs => times[^1];

    /// <summary>Reads every file of the folder whose name is a symbol and an interval; of several intervals the finest counts.</summary>
    /// <exception cref="ConfigurationException">The folder does not exist or holds no such file.</exception>
    /// <exception cref="DataValidationException">A row is not a bar.</exception>
    public static IReadOnlyDictionary<string, FileCandles> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder)) throw new ConfigurationException($"the simulator's data folder '{folder}' does not exist.");
        var found = new Dictionary<string, (long Ms, string File)>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var dash = name.LastIndexOf('-');
            if (dash <= 0 || Span.Parse(name[(dash + 1)..]) is not { Ms: > 0 } span) continue;
            if (!Mts.Core.Market.Symbol.TryParse(name[..dash], out var market)) continue;
            var symbol = market.IsPerpetual ? market.Compact + Perpetual : market.Compact;
            if (!found.TryGetValue(symbol, out var known) || span.Ms < known.Ms) found[symbol] = (span.Ms, file);
        }

        if (found.Count == 0) throw new ConfigurationException($"'{folder}' holds no file named like BTCUSDT-1d.csv for the simulator to serve.");
        return found.ToDictionary(f => f.Key, f => new FileCandles(f.Key, f.Value.Ms, ReadRows(f.Value.File)));
    }

    public Candle? Bar(Span span, long openMs, long nowMs)
    {
        if (span.Ms != 0 && span.Ms < stepMs) return null;
        Candle? sum = null;
        // A row is served when it has ended; what it said half-way through, the file does not know.
        var end = Math.Min(span.Next(openMs), nowMs);
        for (var at = openMs; at + stepMs <= end; at += stepMs)
        {
            if (bars.TryGetValue(at, out var bar)) sum = sum is { } before ? before.Then(bar) : bar with { OpenMs = openMs };
        }

        return sum;
    }

    public double? PriceAt(long ms)
    {
        var index = Array.BinarySearch(times, ms);
        if (index < 0) index = ~index - 1;
        if (index < 0) return null;
        var bar = bars[times[index]];
        return ms < bar.OpenMs + stepMs ? bar.Open : bar.Close;
    }

    private static List<Row> ReadRows(string file)
    {
        var rows = new List<Row>();
        foreach (var line in File.ReadLines(file))
        {
            if (string.IsNullOrWhiteSpace(line) || char.IsAsciiLetter(line[0])) continue;
            rows.Add(Parse(line) ?? throw new DataValidationException($"{file}: '{line}' is not timestamp,open,high,low,close,volume."));
        }

        return rows.Count > 0 ? rows : throw new DataValidationException($"{file} holds no bars.");
    }

    private static Row? Parse(string line)
    {
        var cells = line.Split(',');
        if (cells.Length < 6 || !Timestamp.TryParse(cells[0], out var time)) return null;
        Span<decimal> numbers = stackalloc decimal[5];
        for (var i = 0; i < 5; i++)
        {
            if (!decimal.TryParse(cells[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) return null;
        }

        return new Row(time.UnixMilliseconds, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    // The file knows neither turnover nor trades nor takers: the mean price, one trade per row and half of each stand for them.
    private Candle ToCandle(Row row)
    {
        var (open, high, low, close) = (Units(row.Open, PriceDecimals), Units(row.High, PriceDecimals), Units(row.Low, PriceDecimals), Units(row.Close, PriceDecimals));
        var volume = Units(row.Volume, LotDecimals);
        var quote = (Int128)volume * (open + high + low + close) / 4;
        return new Candle(row.Ms, open, high, low, close, volume, quote, 1, volume / 2, quote / 2);
    }

    private static long Units(decimal value, int decimals)
    {
        for (var i = 0; i < decimals; i++) value *= 10;
        return (long)Math.Round(value);
    }

    private static int Decimals(params ReadOnlySpan<decimal> values)
    {
        var most = 0;
        foreach (var value in values) most = Math.Max(most, (value / 1.000000000000000000000000000m).Scale);
        return Math.Min(most, 8);
    }

    private readonly record struct Row(long Ms, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
}
