using Mts.Cli.CommandLine;
using Mts.Core.Market;
using Mts.Engine;
using Mts.Storage.Files.Import;

namespace Mts.Cli.Commands.Backtests;

/// <summary>Reads bars of mark prices, at which venues look for liquidations.</summary>
internal static class MarkFiles
{
    /// <param name="session">Where files are looked for.</param>
    /// <param name="given"><c>BTC/USDT:USDT=FILE</c>, or a file alone where the run has one perpetual.</param>
    /// <param name="inputs">Of the run.</param>
    /// <param name="length">Of the bars on which orders are resolved.</param>
    /// <exception cref="UsageException">A file is not there, or of no perpetual of the run.</exception>
    /// <exception cref="BacktestDataException">It has no bars in the range.</exception>
    public static BacktestInputs With(Session session, IReadOnlyList<string> given, BacktestInputs inputs, Interval length)
    {
        if (given.Count == 0) return inputs;
        var data = inputs.Instruments.ToList();
        foreach (var text in given)
        {
            var (symbol, file) = Split(text);
            var fitting = data.FindAll(d => d.Series.Key.Symbol.IsPerpetual && (symbol is null || d.Series.Key.Symbol.ToString() == symbol));
            if (fitting is not [var instrument])
                throw new UsageException($"--mark '{text}': {(symbol is null ? $"the run has {fitting.Count} perpetuals; write MARKET=FILE" : $"there is no perpetual {symbol} in the run")}.");
            data[data.IndexOf(instrument)] = instrument with { Marks = Read(session, file, instrument.Series.Key with { Interval = length }, inputs) };
        }

        return inputs with { Instruments = data };
    }

    private static BarSeries Read(Session session, string file, SeriesKey key, BacktestInputs inputs)
    {
        var path = Import.ImportFiles.Existing(session, [file])[0];
        var options = new BarImportOptions { Now = Timestamp.Now(session.Clock), Interval = key.Interval, Venue = key.Venue, Symbol = key.Symbol, HashesFiles = false };
        var marks = BarFileReader.Read([path], options).Series.Slice(inputs.Start, inputs.End);
        return marks.Length > 0 ? marks : throw new BacktestDataException($"{path} has no mark prices of {key.Symbol} from {inputs.Start} to {inputs.End}.");
    }

    private static (string? Symbol, string File) Split(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && Symbol.TryParse(text[..equals], out var symbol) ? (symbol.ToString(), text[(equals + 1)..]) : (null, text);
    }
}
