using System.CommandLine;
using Microsoft.Extensions.Logging;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Pipeline.History;

namespace Mts.Cli.Commands.Collection;

/// <summary><c>mts collect-funding</c>: brings the settled funding rates of perpetuals up to date.</summary>
internal static class CollectFundingCommand
{
    public static Command Create(CliHost host)
    {
        var symbols = Flags.Names("--symbols", "Assets or perpetuals: bitcoin, BTC/USDT:USDT.", "NAME");
        var source = new Option<string>("--source") { Description = "binance or bybit.", DefaultValueFactory = _ => "binance", HelpName = "NAME" };
        source.AcceptOnlyFromAmong([.. Sources.FundingSources]);
        var range = new CollectionRange(30);
        var command = new Command("collect-funding", "Collects settled funding rates of perpetuals.") { symbols, source };
        range.AddTo(command);
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var venue = arguments.GetValue(source)!;
            var (from, until) = range.Of(arguments, session.Clock);
            var names = arguments.GetValue(symbols) is { Length: > 0 } given
                ? given
                : [.. session.Settings.Sources.Symbols.Where(n => session.Assets.Find(n).Asset.MarketAt(venue) is not null)];
            var markets = names.Select(n => Markets.PerpetualAt(session.Assets, venue, n)).Distinct().ToList();
            using var sources = new Sources(session);
            using var store = session.OpenWriter("collect-funding");
            using var progress = new ProgressLine(host);
            var collector = new FundingCollector(sources.Funding(venue), store, session.Loggers.CreateLogger("Mts.Pipeline.Collect"));
            var reports = new List<CollectionReport>();
            foreach (var market in markets)
            {
                progress.Report(new CollectionProgress($"{venue} {market} funding", (double)reports.Count / markets.Count, reports.Sum(r => r.Fetched)));
                reports.Add(await collector.CollectAsync(market, from, until, cancellationToken));
            }

            progress.Dispose();
            session.MirrorAsCsv(store);
            return CollectionResult.Show(session, reports);
        });
    }
}
