using Microsoft.Extensions.Logging;
using Mts.Pipeline.History;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Collection;

/// <summary>Brings series of the store up to date, for the verbs and for schedules.</summary>
internal static class Collections
{
    /// <param name="session">Settings, clock and log.</param>
    /// <param name="sources">The services.</param>
    /// <param name="store">Where it goes.</param>
    /// <param name="venue">The source.</param>
    /// <param name="markets">Markets, with their asset where it is known.</param>
    /// <param name="interval">Length of the bars.</param>
    /// <param name="from">First moment.</param>
    /// <param name="until">Its end, excluded.</param>
    /// <param name="progress">Shown to who waits.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <exception cref="ConfigurationException">The source has no such bars.</exception>
    public static async Task<IReadOnlyList<CollectionReport>> BarsAsync(
        Session session, Sources sources, SqliteStore store, string venue, IReadOnlyList<(Asset? Asset, Symbol Market)> markets, Interval interval, Timestamp from, Timestamp until,
        IProgress<CollectionProgress>? progress, CancellationToken cancellationToken)
    {
        var history = sources.Bars(venue);
        if (!history.Intervals.Contains(interval)) throw new ConfigurationException($"{venue} has no {interval} bars; it has {string.Join(' ', history.Intervals)}.");
        var reports = new List<CollectionReport>();
        var bars = new BarCollector(history, store, session.Clock, session.Loggers.CreateLogger("Mts.Pipeline.Collect"));
        foreach (var (asset, market) in markets)
        {
            reports.Add(await bars.CollectAsync(market, interval, from, until, progress, cancellationToken));
            // What lies before the vendor's candles is there as points only.
            if (venue == "coingecko" && asset is not null)
                reports.Add(await new PointCollector(sources.Points, store).CollectAsync(asset, from, until, cancellationToken));
        }

        return reports;
    }

    /// <inheritdoc cref="BarsAsync"/>
    public static async Task<IReadOnlyList<CollectionReport>> MacroAsync(
        Session session, Sources sources, SqliteStore store, IReadOnlyList<MacroSeries> series, Timestamp from, Timestamp until, MacroFill fill,
        IProgress<CollectionProgress>? progress, CancellationToken cancellationToken)
    {
        var collector = new MacroCollector(sources.Macro, store, session.Loggers.CreateLogger("Mts.Pipeline.Collect"));
        var reports = new List<CollectionReport>();
        foreach (var one in series)
        {
            progress?.Report(new CollectionProgress(one.Id, (double)reports.Count / series.Count, reports.Sum(r => r.Fetched)));
            reports.Add(await collector.CollectAsync(one, from.Date, new Timestamp(until.Micros - 1).Date, fill, cancellationToken));
        }

        return reports;
    }

    /// <summary>The markets that are meant, those of sources.symbols where none are named.</summary>
    public static IReadOnlyList<(Asset? Asset, Symbol Market)> MarketsOf(Session session, string venue, IReadOnlyList<string> names)
    {
        if (names.Count > 0) return [.. names.Select(n => (Markets.Known(session.Assets, n).Asset, Markets.At(session.Assets, venue, n))).Distinct()];
        var assets = session.Settings.Sources.Symbols.Select(n => session.Assets.Find(n).Asset);
        return [.. assets.Where(a => a.MarketAt(venue) is not null).Select(a => ((Asset?)a, a.MarketAt(venue)!.Value))];
    }

    /// <summary>The macro series that are meant, the standard ones where none are named.</summary>
    public static IReadOnlyList<MacroSeries> SeriesOf(IReadOnlyList<string> names) =>
    [
        .. (names.Count == 0 ? ["ALL"] : names)
            .SelectMany(n => string.Equals(n, "ALL", StringComparison.OrdinalIgnoreCase) ? MacroCatalog.Standard.Select(MacroCatalog.Find) : [MacroCatalog.Find(n)]).Distinct(),
    ];
}
