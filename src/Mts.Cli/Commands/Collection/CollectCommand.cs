using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;

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
            var markets = Collections.MarketsOf(session, venue, arguments.GetValue(symbols) ?? []);
            using var sources = new Sources(session);
            using var store = session.OpenWriter("collect");
            using var progress = new ProgressLine(host);
            var reports = await Collections.BarsAsync(session, sources, store, venue, markets, length, from, until, progress, cancellationToken);
            progress.Dispose();
            session.MirrorAsCsv(store);
            return CollectionResult.Show(session, reports);
        });
    }
}
