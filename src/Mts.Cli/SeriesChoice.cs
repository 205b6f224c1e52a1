namespace Mts.Cli;

/// <summary>Chooses the stored series that a command means; says what there is and how to fetch more when none fits.</summary>
internal static class SeriesChoice
{
    /// <summary>The first fitting series in the order of the sources.</summary>
    /// <exception cref="BacktestDataException">There is none.</exception>
    public static SeriesKey One(IBarStore store, Session session, string text, string? venue, Interval interval) =>
        Markets.Stored(store, session.Assets, session.Settings.Sources.Order, text, venue, interval) is [var first, ..]
            ? first.Key
            : throw Missing(store, session, text, venue, interval);

    public static BacktestDataException Missing(IBarStore store, Session session, string text, string? venue, Interval interval)
    {
        var (asset, market) = Markets.Known(session.Assets, text);
        var ticker = asset?.Ticker ?? market!.Value.Base;
        var there = store.ListSeries().Where(s => string.Equals(s.Key.Symbol.Base, ticker, StringComparison.OrdinalIgnoreCase)).Select(s => $"{s.Key} ({s.First} to {s.Last})").ToList();
        var at = venue is null ? "" : $" of {venue}";
        var has = there.Count == 0 ? "nothing is stored for it" : $"there is {string.Join(", ", there.Take(6))}";
        var source = venue is not null && Sources.BarSources.Contains(venue, StringComparer.Ordinal) ? $" --source {venue}" : "";
        return new BacktestDataException($"no {interval} bars{at} for {text}; {has}. Fetch them with `mts collect --symbols {text} --interval {interval} --days N{source}`, or import a file with `mts data import`.");
    }
}
