using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files.Import.Dialects;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Reads funding of perpetuals: LEAN's <c>yyyyMMdd HH:mm:ss,rate</c>, freqtrade's bars whose open is the rate, Binance's archive, and CSV with
/// <c>timestamp,funding_rate[,predicted_rate,funding_time]</c>. A row with a later funding time is a quote, not a payment.</summary>
public static class FundingFileReader
{
    /// <param name="paths">Files of one market.</param>
    /// <param name="asOf">Settlements after this have not happened; they count as incomplete.</param>
    /// <exception cref="DataValidationException">A file is missing, damaged, no funding file, or none of its rows is funding.</exception>
    public static FundingImport Read(IReadOnlyList<string> paths, Timestamp asOf)
    {
        if (paths.Count == 0) throw new ConfigurationException("no file to import; name at least one.");
        var (tally, rows) = (new RowTally(), new List<FundingRow>());
        foreach (var path in paths)
        {
            using var file = MarketFile.Open(path);
            Read(file, tally, rows);
        }

        var (venue, symbol) = MarketGuess.FromNames(paths);
        var import = FundingRows.Assemble(venue, Perpetual(symbol, paths[0]), rows, tally, asOf);
        return import.Report.Accepted + import.Report.Incomplete > 0
            ? import
            : throw new DataValidationException($"{Path.GetFileName(paths[0])} holds no funding: {tally.RowsRead} rows read, all refused.");
    }

    // Only perpetuals have funding; the coin-margined ones settle in what is traded.
    private static Symbol? Perpetual(Symbol? market, string path)
    {
        if (market is not { } symbol) return null;
        return symbol with { Settle = Path.GetFileName(path).Contains("coinm", StringComparison.OrdinalIgnoreCase) ? symbol.Base : symbol.Quote };
    }

    private static void Read(MarketFile file, RowTally tally, List<FundingRow> rows)
    {
        FundingLayout? layout = null;
        int[] ends = [];
        TableRows.Read(file, tally, Row);
        if (layout is null) throw new DataValidationException($"{file.Name} holds no row of funding.");

        void Row(ReadOnlySpan<byte> line, int number)
        {
            if (layout is null || char.IsAsciiLetter((char)line[0]))
            {
                var sample = RowSample.Of(Fields.Texts(line), file.EntryName, file.Name);
                var found = FundingDialects.Recognise(sample);
                if (found is null && layout is null)
                    throw new DataValidationException($"{file.Name} is no funding file: its first row is '{Fields.Text(line)}'; a time and a funding rate are needed.");
                if (found is not null)
                {
                    (layout, ends) = (found, new int[found.Columns]);
                    tally.Met(found.Dialect);
                    if (sample.IsHeader) return;
                }
            }

            tally.RowsRead++;
            if (Parse(line, layout!, ends, tally, rows) is { } reason) tally.Reject(file.Name, number, reason, Fields.Text(line));
        }
    }

    private static string? Parse(
        ReadOnlySpan<byte> line, FundingLayout at, int[] ends, RowTally tally, List<FundingRow> rows)
    {
        if (Fields.Split(line, ends) != ends.Length) return "wrong_column_count";
        if (!Utf8Time.TryParse(Fields.At(line, ends, at.Time), out var time, out var unit)) return "unparsable";
        if (!Utf8Number.TryParse(Fields.At(line, ends, at.Rate), out var rate)) return "unparsable";
        if (FundingRows.Broken(rate) is { } reason) return reason;
        Timestamp? settlesAt = null;
        if (at.SettlesAt >= 0)
        {
            if (!Utf8Time.TryParse(Fields.At(line, ends, at.SettlesAt), out var settlement, out _)) return "unparsable";
            settlesAt = new Timestamp(settlement);
        }

        tally.Count(unit);
        rows.Add(new FundingRow(new Timestamp(time), rate, settlesAt));
        return null;
    }
}
