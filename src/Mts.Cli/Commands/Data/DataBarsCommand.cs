using System.CommandLine;
using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Import;
using Mts.Cli.Output;
using Mts.Core.Quality;
using Mts.Storage.Files.Trades;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data bars</c>: makes tick, volume, value or Renko bars of recorded trades.</summary>
internal static class DataBarsCommand
{
    public static Command Create(CliHost host)
    {
        var from = Flags.Names("--from", "Files of trades of one market: Binance's archives, freqtrade's JSON, CSV with a time, price and quantity.", "FILE");
        var recorded = new Option<string?>("--recorded") { Description = "A market whose trades `mts stream` has recorded, in place of files: BTC/USDT.", HelpName = "MARKET" };
        var venue = new Option<string>("--venue") { Description = "Whose, with --recorded.", DefaultValueFactory = _ => "binance", HelpName = "NAME" };
        var kind = new Option<string>("--kind") { Description = "What fills a bar: tick (trades), volume (base units), value (quote units), renko (a move of the price).", HelpName = "KIND", Required = true }
            .AcceptOnlyFromAmong([.. Enum.GetNames<TradeBarKind>().Select(k => k.ToLowerInvariant())]);
        var size = new Option<string>("--size") { Description = "How much of it.", HelpName = "N", Required = true };
        var file = new Option<string>("--out") { Description = "The file to write; `mts backtest --data` runs on it.", HelpName = "FILE.csv", Required = true };
        var command = new Command("bars", "Makes bars of recorded trades.") { from, recorded, venue, kind, size, file };
        command.Validators.Add(result =>
        {
            if (result.GetResult(from) is null == result.GetResult(recorded) is null) result.AddError("give either --from FILE or --recorded MARKET.");
        });
        return command.Runs(host, (session, arguments, cancellationToken) =>
        {
            var builder = new TradeBarBuilder(Enum.Parse<TradeBarKind>(arguments.GetRequiredValue(kind), ignoreCase: true), SizeOf(arguments.GetRequiredValue(size)));
            var path = Path.GetFullPath(arguments.GetRequiredValue(file), host.CurrentDirectory);
            var (trades, missing) = arguments.GetValue(recorded) is { } market
                ? Recorded(session, arguments.GetValue(venue)!.ToLowerInvariant(), market, cancellationToken)
                : (TradeFileReader.Read(ImportFiles.Existing(session, arguments.GetValue(from)!)), []);
            foreach (var what in missing) session.Output.Note($"warning: {what}.");
            var bars = new List<TradeBar>();
            foreach (var trade in trades.Trades)
            {
                if (builder.TryAdd(trade, out var bar)) bars.Add(bar);
            }

            if (bars.Count == 0) throw new BacktestDataException($"{trades.Trades.Count} trades make no whole bar of that size; choose a smaller --size.");
            TradeBarFile.Write(path, bars);
            session.Metrics.Add("bars", bars.Count);
            Show(session, trades, bars, builder.Waiting, path);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static (TradeFile Trades, IReadOnlyList<string> Missing) Recorded(Session session, string venue, string market, CancellationToken cancellationToken) =>
        RecordedTrades.Read(session.DataDirectory, venue, Markets.At(session.Assets, venue, market), cancellationToken);

    private static void Show(Session session, TradeFile trades, List<TradeBar> bars, long waiting, string path)
    {
        if (trades.Refused > 0) session.Output.Note($"warning: {trades.Refused} rows are no trades and were left out; the first is {trades.FirstRefused}.");
        if (trades.Duplicates > 0) session.Output.Note($"warning: {trades.Duplicates} rows repeat a trade and were left out.");
        if (!trades.IsSorted) session.Output.Note("warning: the trades were not in order of time; they were sorted.");
        session.Output.Line($"{Figures.Count(trades.Trades.Count)} trades make {Figures.Count(bars.Count)} bars from {bars[0].Bar.OpenTime} to {bars[^1].CloseTime} in {path}; the last {Figures.Count(waiting)} trades make no whole bar.");
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("trades", trades.Trades.Count);
            w.WriteNumber("duplicates", trades.Duplicates);
            w.WriteNumber("refused", trades.Refused);
            w.WriteBoolean("sorted", !trades.IsSorted);
            w.WriteNumber("bars", bars.Count);
            w.WriteNumber("trades_left", waiting);
            w.WriteString("first", bars[0].Bar.OpenTime.ToString());
            w.WriteString("last", bars[^1].CloseTime.ToString());
            w.WriteString("file", path);
            w.WriteEndObject();
        });
    }

    private static decimal SizeOf(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) ? size : throw new UsageException($"--size: '{text}' is not a number.");
}
