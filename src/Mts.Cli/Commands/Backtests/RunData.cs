using Mts.Core.Quality;
using Mts.Engine;
using Mts.Storage.Files.Import;
using Mts.Storage.Files.Trades;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Backtests;

/// <summary>Loads what a run reads: from the store, or from a file.</summary>
internal static class RunData
{
    /// <param name="session">Where the store lies.</param>
    /// <param name="store">Open for reading.</param>
    /// <param name="symbols">Assets or markets.</param>
    /// <param name="venue">Null for the first source that has the range.</param>
    /// <param name="interval">Of the bars.</param>
    /// <param name="range">As asked.</param>
    /// <param name="warmUp">Bars before the start.</param>
    /// <param name="macro">Macro series that the strategies need.</param>
    /// <exception cref="BacktestDataException">There is no such series; the message says what there is and how to fetch it.</exception>
    public static BacktestInputs FromStore(
        Session session, SqliteStore store, IReadOnlyList<string> symbols, string? venue, Interval interval, RunRange range, int warmUp, IReadOnlyList<string> macro)
    {
        var chosen = symbols.Select(s => Choose(session, store, s, venue, interval, range)).Distinct().ToList();
        var whole = chosen.ConvertAll(c => store.ReadColumns(c.Key, range.Start is { } s ? Before(s, interval, warmUp) : Timestamp.MinValue, LastOpen(range.End, interval)));
        var missing = whole.Find(w => w.Length == 0);
        if (missing is not null) throw NothingThere(store, missing.Key, range);
        var (start, end) = range.Resolve(whole);
        var data = chosen.Select((c, i) => new InstrumentData(c.Asset, Cut(whole[i], Before(start, interval, warmUp), end), Funding(store, c.Key, end))).ToList();
        return new BacktestInputs { Instruments = data, Macro = Macro(store, macro, end), Start = start, End = end };
    }

    /// <returns>The inputs, and what the reader of the result should know of the file.</returns>
    public static (BacktestInputs Inputs, IReadOnlyList<string> Warnings, IReadOnlyList<SeriesQuality> Quality) FromFile(
        Session session, string path, BarImportOptions options, RunRange range, int warmUp, IReadOnlyList<string> macro, bool allowGaps)
    {
        var (series, told) = TradeBarFile.IsOne(path) ? (TradeBarFile.Read(path, options.Venue ?? "file", options.Symbol ?? Named(path)), null) : Read(path, options);
        var from = range.Start is { } s ? Before(series, s, warmUp) : Timestamp.MinValue;
        var cut = Cut(series, from, range.End ?? Timestamp.MaxValue);
        if (cut.Length == 0) throw new BacktestDataException($"{path} has bars from {series[0].OpenTime} to {series.CloseTime(series.Length - 1)}, none in the range asked for.");
        if (!allowGaps) RefuseHoles(told, cut);
        var (start, end) = range.Resolve([cut]);
        var asset = session.Assets.All.FirstOrDefault(a => a.Ticker == series.Key.Symbol.Base)?.Id ?? series.Key.Symbol.Base.ToLowerInvariant();
        var inputs = new BacktestInputs { Instruments = [new InstrumentData(asset, cut)], Macro = MacroBesideFile(session, macro, end), Start = start, End = end };
        IReadOnlyList<SeriesQuality> quality = [RunQuality.OfFile(told, Path.GetFileName(path), cut, start, end)];
        return (inputs, told is null ? [] : [.. WarningsOf(told, cut[^1].OpenTime == series[^1].OpenTime).Select(w => $"{told.Files[0].Name}: {w}")], quality);
    }

    // What an import would tell of the file matters to a result on it as well.
    private static IEnumerable<string> WarningsOf(ImportReport report, bool isLastUsed)
    {
        if (report.Truncated) yield return "the file breaks off; the rows before the cut were read";
        if (report.Rejected.Count > 0) yield return $"rows were refused: {Refused(report)}";
        if (report.Conflicts > 0) yield return $"{report.Conflicts} rows contradict another one of their time";
        if (isLastUsed && report.LastBar == "unproven") yield return "nothing proves that its last bar had closed; --as-of says when the file was taken";
    }

    /// <exception cref="BacktestDataException">Rows were refused, and bars are missing.</exception>
    private static void RefuseHoles(ImportReport? report, BarSeries cut)
    {
        if (report is not { Rejected.Count: > 0 } || cut.Key.Interval == Interval.Irregular || Holes.Find(cut.OpenTimes, cut.Key.Interval).Sum(h => h.Bars) is not (> 0 and var missing)) return;
        var first = report.RejectedRows is [var row, ..] ? $"; the first is line {row.Line}: '{row.Text}'" : "";
        throw new BacktestDataException($"{report.Files[0].Name}: {missing} bars are missing, and rows were refused: {Refused(report)}{first}. Mend the file, choose another range, or run over it with --allow-gaps.");
    }

    private static string Refused(ImportReport report) => string.Join(", ", report.Rejected.Select(r => $"{r.Value} {r.Key}"));

    private static (BarSeries Series, ImportReport? Report) Read(string path, BarImportOptions options)
    {
        try
        {
            return Of(BarFileReader.Read([path], options));
        }
        catch (ConfigurationException) when (options.Symbol is null)
        {
            // A single unnamed file needs no market to be judged by; it goes by its file's name.
            return Of(BarFileReader.Read([path], options with { Symbol = Named(path) }));
        }

        static (BarSeries Series, ImportReport? Report) Of(BarImport import) => (import.Series, import.Report);
    }

    private static Symbol Named(string path)
    {
        var name = string.Concat(Path.GetFileName(path).Split('.')[0].Where(char.IsAsciiLetterOrDigit).Take(20)).ToUpperInvariant();
        return new Symbol(name.Length > 0 ? name : "FILE", "USD");
    }

    private static (string Asset, SeriesKey Key) Choose(Session session, SqliteStore store, string text, string? venue, Interval interval, RunRange range)
    {
        var fitting = Markets.Stored(store, session.Assets, session.Settings.Sources.Order, text, venue, interval);
        if (fitting.Count == 0) throw SeriesChoice.Missing(store, session, text, venue, interval);
        var series = fitting.FirstOrDefault(range.IsCoveredBy) ?? fitting.MaxBy(range.Covered)!;
        var asset = Markets.Known(session.Assets, text).Asset?.Id ?? series.Key.Symbol.Base.ToLowerInvariant();
        return (asset, series.Key);
    }

    private static BacktestDataException NothingThere(IBarStore store, SeriesKey key, RunRange range)
    {
        var info = store.ListSeries().First(s => s.Key == key);
        var asked = $"{range.Start?.ToString() ?? "its start"} to {range.End?.ToString() ?? "its end"}";
        var start = range.Start is { } from ? $" --start {from.Date:yyyy-MM-dd}" : "";
        var end = range.End is { } until ? $" --end {new Timestamp(until.Micros - 1).Date:yyyy-MM-dd}" : "";
        return new BacktestDataException($"{key} has no bars from {asked}; there is {info.First} to {info.Last}. `mts collect --symbols {key.Symbol} --interval {key.Interval}{start}{end}` fetches them.");
    }

    private static IReadOnlyList<FundingRate>? Funding(IFundingStore store, SeriesKey key, Timestamp end)
    {
        if (!key.Symbol.IsPerpetual) return null;
        var rates = store.ReadFunding(key.Venue, key.Symbol, Timestamp.MinValue, new Timestamp(end.Micros + 1));
        return rates.Count > 0 ? rates : null;
    }

    private static Dictionary<string, IReadOnlyList<MacroObservation>> Macro(IMacroStore store, IReadOnlyList<string> ids, Timestamp end) =>
        ids.ToDictionary(id => id, id => store.ReadMacro(id, DateOnly.MinValue, end.Date), StringComparer.Ordinal);

    internal static Dictionary<string, IReadOnlyList<MacroObservation>> MacroBesideFile(Session session, IReadOnlyList<string> ids, Timestamp end)
    {
        if (ids.Count == 0 || !SqliteStore.Exists(session.DataDirectory)) return [];
        using var store = session.OpenReader();
        return Macro(store, ids, end);
    }

    internal static BarSeries Cut(BarSeries series, Timestamp from, Timestamp end)
    {
        var (first, last) = (series.LowerBound(from), series.ClosedBy(end));
        return first == 0 && last == series.Length ? series : series.Slice(from, last > 0 ? new Timestamp(series.OpenTimes[last - 1] + 1) : Timestamp.MinValue);
    }

    // Irregular bars are counted, all others go by time, so that holes in a warm-up stay holes.
    internal static Timestamp Before(BarSeries series, Timestamp start, int bars)
    {
        if (series.Key.Interval != Interval.Irregular) return Before(start, series.Key.Interval, bars);
        return series.Length == 0 ? start : series[Math.Clamp(series.LowerBound(start) - bars, 0, series.Length - 1)].OpenTime;
    }

    private static Timestamp Before(Timestamp start, Interval interval, int bars) => new(start.Micros - (bars * interval.Micros));

    // A bar belongs to the range when it closes in it.
    private static Timestamp LastOpen(Timestamp? end, Interval interval) =>
        end is { } e && e.Micros < Timestamp.MaxValue.Micros ? new Timestamp(e.Micros - interval.Micros + 1) : Timestamp.MaxValue;
}
