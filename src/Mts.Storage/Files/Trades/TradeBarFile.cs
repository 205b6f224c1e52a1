using System.Globalization;
using System.Text;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.Storage.Files.Trades;

/// <summary>Bars of trades as CSV: <c>open_time,close_time,open,high,low,close,volume,trades,quote_volume,bricks,level</c>, the last two empty but for Renko.</summary>
public static class TradeBarFile
{
    private const string Header = "open_time,close_time,open,high,low,close,volume,trades,quote_volume,bricks,level";
    private const int ColumnsRead = 7;

    /// <param name="path">Replaced when it is complete.</param>
    /// <param name="bars">Oldest first.</param>
    /// <exception cref="ConfigurationException">The name does not end in <c>.csv</c>.</exception>
    public static void Write(string path, IReadOnlyList<TradeBar> bars)
    {
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) throw new ConfigurationException($"'{path}' must end in .csv.");
        Durable.Write(path, file =>
        {
            var csv = new CsvWriter(file);
            foreach (var name in Header.Split(',')) csv.Add(name);
            csv.EndLine();
            foreach (var bar in bars) Write(csv, bar);
            csv.Flush();
        });
    }

    /// <summary>Whether a file begins as such a file does.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            var start = new char[Header.Length];
            return reader.ReadBlock(start) == start.Length && Header.AsSpan().SequenceEqual(start);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <exception cref="DataValidationException">A row breaks the rules of bars; the message names it.</exception>
    public static BarSeries Read(string path, string venue, Symbol symbol)
    {
        var (bars, closes) = (new BarSeriesBuilder(), new List<long>());
        foreach (var (line, number) in File.ReadLines(path).Select((l, i) => (l, i + 1)).Skip(1).Where(l => l.l.Length > 0))
        {
            if (!TryRead(line, closes, bars)) throw new DataValidationException($"{Path.GetFileName(path)} line {number} is no bar of trades that follows the one before it: '{line}'. `mts data bars` writes such files.");
        }

        if (bars.Count == 0) throw new DataValidationException($"{Path.GetFileName(path)} holds no bar.");
        return bars.Build(new SeriesKey(venue, symbol, Interval.Irregular), closes.ToArray(), hasVolume: true);
    }

    private static bool TryRead(string line, List<long> closes, BarSeriesBuilder bars)
    {
        var cells = line.Split(',');
        if (cells.Length < ColumnsRead || !Timestamp.TryParse(cells[0], out var open) || !Timestamp.TryParse(cells[1], out var close)) return false;
        Span<double> values = stackalloc double[5];
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(cells[i + 2], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])) return false;
        }

        if (close < open || (closes.Count > 0 && open.Micros <= closes[^1])) return false;
        var bar = new Bar(open, values[0], values[1], values[2], values[3], values[4]);
        if (BarRules.Broken(bar, Interval.Irregular, Timestamp.MaxValue, hasVolume: true) is not null) return false;
        bars.Add(bar);
        closes.Add(close.Micros);
        return true;
    }

    private static void Write(CsvWriter csv, in TradeBar bar)
    {
        var b = bar.Bar;
        csv.Add(b.OpenTime).Add(bar.CloseTime).Add(b.Open).Add(b.High).Add(b.Low).Add(b.Close).Add(b.Volume);
        csv.Add(bar.Trades).Add((double)bar.QuoteVolume);
        if (bar.Bricks is { } bricks) csv.Add(bricks).Add((double)bar.Level!.Value);
        else csv.Add(default(double?)).Add(default(double?));
        csv.EndLine();
    }
}
