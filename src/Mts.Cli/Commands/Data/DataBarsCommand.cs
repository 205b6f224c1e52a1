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
        from.Required = true;
        var kind = new Option<string>("--kind") { Description = "What fills a bar: tick (trades), volume (base units), value (quote units), renko (a move of the price).", HelpName = "KIND", Required = true }
            .AcceptOnlyFromAmong([.. Enum.GetNames<TradeBarKind>().Select(k => k.ToLowerInvariant())]);
        var size = new Option<string>("--size") { Description = "How much of it.", HelpName = "N", Required = true };
        var file = new Option<string>("--out") { Description = "The file to write; `mts backtest --data` runs on it.", HelpName = "FILE.csv", Required = true };
        var command = new Command("bars", "Makes bars of recorded trades.") { from, kind, size, file };
        return command.Runs(host, (session, arguments) =>
        {
            var paths = ImportFiles.Existing(session, arguments.GetRequiredValue(from));
            var builder = new TradeBarBuilder(Enum.Parse<TradeBarKind>(arguments.GetRequiredValue(kind), ignoreCase: true), SizeOf(arguments.GetRequiredValue(size)));
            var path = Path.GetFullPath(arguments.GetRequiredValue(file), host.CurrentDirectory);
            var trades = TradeFileReader.Read(paths);
            var bars = new List<TradeBar>();
            foreach (var trade in trades.Trades)
            {
                if (builder.TryAdd(trade, out var bar)) bars.Add(bar);
            }

            if (bars.Count == 0) throw new BacktestDataException($"{trades.Trades.Count} trades make no whole bar of that size; choose a smaller --size.");
            TradeBarFile.Write(path, bars);
            session.Metrics.Add("bars", bars.Count);
            Show(session, trades, bars, builder.Waiting, path);
            return ExitCode.Done;
        });
    }

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
