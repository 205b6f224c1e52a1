using Mts.Core.Analysis;
using Mts.Core.Quality;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Analysis;

/// <summary>What analyses read: macro series and daily closes, as they were known at a moment.</summary>
internal sealed class AnalysisData(Session session, SqliteStore store, Timestamp asOf)
{
    /// <summary>A daily series whose newest value is older is named as stale: a holiday and a weekend are no more than this.</summary>
    public const int StaleDays = 8;

    public Timestamp AsOf { get; } = asOf;

    public IReadOnlyList<MacroObservation> Macro(MacroSeries series) => store.ReadMacro(series.Id, DateOnly.MinValue, AsOf.Date);

    /// <summary>Null where no daily bars and no finer ones that make days are stored.</summary>
    public DailySeries? Closes(string symbol) => Series(symbol) is { } bars ? DailySeries.Closes(bars, AsOf) : null;

    /// <summary>Assets or markets given, or those of <c>sources.symbols</c> that are stored.</summary>
    /// <exception cref="BacktestDataException">One that was named is not stored, or none is.</exception>
    public IReadOnlyList<(string Name, DailySeries Closes)> Markets(string[] given)
    {
        var names = given.Length > 0 ? given : [.. session.Settings.Sources.Symbols];
        var found = new List<(string, DailySeries)>();
        foreach (var name in names)
        {
            if (Closes(name) is { Length: > 0 } closes) found.Add((Ticker(name), closes));
            else if (given.Length > 0) throw SeriesChoice.Missing(store, session, name, null, Interval.Day);
        }

        return found.Count > 0 ? found : throw new BacktestDataException("none of the assets of sources.symbols has daily bars; `mts collect --days 365` fetches them.");
    }

    /// <summary>Series named by id or alias, or those of <c>ALL</c> that are stored.</summary>
    /// <exception cref="BacktestDataException">Nothing is stored of one that was named, or of any.</exception>
    public IReadOnlyList<MacroSeries> MacroSeriesOf(string[] given)
    {
        var stored = store.ListMacro().Select(m => m.SeriesId).ToHashSet(StringComparer.Ordinal);
        var all = given.Length == 0 || given.Contains("ALL", StringComparer.OrdinalIgnoreCase);
        var wanted = all ? [.. MacroCatalog.All.Where(s => stored.Contains(s.Id))] : given.Select(MacroCatalog.Find).Distinct().ToList();
        var missing = wanted.Find(s => !stored.Contains(s.Id));
        if (missing is not null) throw new BacktestDataException($"nothing is stored of {missing.Id}; `mts collect-macro --macro-indicators {missing.Id} --days 365` fetches it.");
        return wanted.Count > 0 ? wanted : throw new BacktestDataException("no macro series is stored; `mts collect-macro --days 365` fetches them.");
    }

    public string Title(string symbol) => Cli.Markets.Known(session.Assets, symbol).Asset?.Name ?? symbol;

    private string Ticker(string symbol) => Cli.Markets.Known(session.Assets, symbol) is { Market: null, Asset: { } asset } ? asset.Ticker : symbol;

    private BarSeries? Series(string symbol)
    {
        foreach (var interval in new[] { Interval.Day, Interval.Hour, Interval.Minute })
        {
            if (Cli.Markets.Stored(store, session.Assets, session.Settings.Sources.Order, symbol, null, interval) is not [var first, ..]) continue;
            var bars = store.ReadBars(first.Key, Timestamp.MinValue, Timestamp.MaxValue);
            return interval == Interval.Day ? bars : Resampler.Resample(bars, Interval.Day).Series;
        }

        return null;
    }
}
