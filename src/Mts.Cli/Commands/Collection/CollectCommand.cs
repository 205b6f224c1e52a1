using System.CommandLine;
using Microsoft.Extensions.Logging;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Pipeline.History;

namespace Mts.Cli.Commands.Collection;

/// <summary><c>mts collect</c>: brings the stored bars up to date.</summary>
internal static class CollectCommand
{
    public static Command Create(CliHost host)
    {
        var symbols = Flags.Names("--symbols", "Assets or markets: bitcoin, ETH, SOL/USDT, BTC/USDT:USDT.", "NAME");
        var source = new Option<string?>("--source") { Description = "binance, bybit or coingecko; the first of sources.order unless given.", HelpName = "NAME" };
        source.AcceptOnlyFromAmong([.. Sources.BarSources]);
        var interval = Flags.BarLength("Length of the bars, 1d unless given.");
        var range = new CollectionRange(1);
        var command = new Command("collect", "Collects bars: what is missing in the range, holes included.") { symbols, source, interval };
        range.AddTo(command);
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var venue = arguments.GetValue(source) ?? session.Settings.Sources.Order[0];
            var (from, until) = range.Of(arguments, session.Clock);
            var length = arguments.GetValue(interval) ?? Interval.Day;
            var markets = MarketsOf(session, venue, arguments.GetValue(symbols) ?? []);
            using var sources = new Sources(session);
            var history = sources.Bars(venue);
            if (!history.Intervals.Contains(length)) throw new ConfigurationException($"{venue} has no {length} bars; it has {string.Join(' ', history.Intervals)}.");
            using var store = session.OpenWriter("collect");
            using var progress = new ProgressLine(host);
            var reports = new List<CollectionReport>();
            var bars = new BarCollector(history, store, session.Clock, session.Loggers.CreateLogger("Mts.Pipeline.Collect"));
            foreach (var (asset, market) in markets)
            {
                reports.Add(await bars.CollectAsync(market, length, from, until, progress, cancellationToken));
                // What lies before the vendor's candles is there as points only.
                if (venue == "coingecko" && asset is not null)
                    reports.Add(await new PointCollector(sources.Points, store).CollectAsync(asset, from, until, cancellationToken));
            }

            progress.Dispose();
            session.MirrorAsCsv(store);
            return CollectionResult.Show(session, reports);
        });
    }

    private static IReadOnlyList<(Asset? Asset, Symbol Market)> MarketsOf(Session session, string venue, string[] names)
    {
        if (names.Length > 0) return [.. names.Select(n => (Markets.Known(session.Assets, n).Asset, Markets.At(session.Assets, venue, n))).Distinct()];
        var assets = session.Settings.Sources.Symbols.Select(n => session.Assets.Find(n).Asset);
        return [.. assets.Where(a => a.MarketAt(venue) is not null).Select(a => ((Asset?)a, a.MarketAt(venue)!.Value))];
    }
}
