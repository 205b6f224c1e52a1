using System.Text;
using System.Text.RegularExpressions;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import.Dialects;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Reads what the first version of the system left behind: its database, dumps of its tables, and <c>{coin}_{year}.csv</c>.</summary>
public static partial class OriginalFileReader
{
    /// <summary>True for its database, for a dump of one of its tables, and for a coin's file of that name without bars in it: flat prices, or no volume.</summary>
    public static bool Recognises(string path)
    {
        if (!File.Exists(path)) return false;
        if (OriginalDatabase.IsDatabase(path)) return true;
        using var file = MarketFile.Open(path);
        if (!file.Lines.TryRead(out var line)) return false;
        var header = RowSample.Of(Fields.Texts(line), file.EntryName, file.Name);
        var table = Table(header);
        return table != OriginalTable.None && (table != OriginalTable.Coin || HoldsNoBars(file.Lines));
    }

    /// <exception cref="DataValidationException">The file cannot be read, or is none of the first version's.</exception>
    public static OriginalImport Read(string path, Timestamp asOf)
    {
        if (File.Exists(path) && OriginalDatabase.IsDatabase(path)) return OriginalDatabase.Read(path, asOf);
        using var file = MarketFile.Open(path);
        var (rows, tally) = (new List<(int Line, string Text)>(), new RowTally());
        RowSample? header = null;
        TableRows.Read(file, tally, (line, number) =>
        {
            if (header is null) header = RowSample.Of(Fields.Texts(line), file.EntryName, file.Name);
            else rows.Add((number, Encoding.UTF8.GetString(line)));
        });
        var table = header is { } first ? Table(first) : OriginalTable.None;
        if (header is not { } columns || table == OriginalTable.None)
            throw new DataValidationException($"{file.Name} is no file of the first version of the system.");
        var tables = new OriginalTables(tally.Files[0], tally.IsTruncated, asOf);
        foreach (var (line, text) in rows) Add(tables, table, columns, line, text);
        foreach (var half in tally.Sample) tables.Refuse(half);
        return tables.Build();
    }

    private static OriginalTable Table(in RowSample header)
    {
        if (header.Column("cryptocurrency") >= 0 && header.Column("timestamp") >= 0 && header.Column("close") >= 0) return OriginalTable.Prices;
        if (header.Column("indicator") >= 0 && header.Column("date") >= 0 && header.Column("value") >= 0) return OriginalTable.Macro;
        if (header.Column("exchange") >= 0 && header.Column("symbol") >= 0 && header.Column("fundingrate") >= 0 && header.Column("fundingtime") >= 0) return OriginalTable.Funding;
        var isCoin = header.Names is ["timestamp", "open", "high", "low", "close", "volume"] && CoinFile().IsMatch(header.FileName);
        return isCoin ? OriginalTable.Coin : OriginalTable.None;
    }

    private static bool HoldsNoBars(LineReader lines)
    {
        var (isFlat, hasVolume, rows) = (true, false, 0);
        while (lines.TryRead(out var line))
        {
            var cells = Fields.Texts(line);
            if (cells.Length != 6) continue;
            rows++;
            isFlat &= cells[1] == cells[2] && cells[2] == cells[3] && cells[3] == cells[4];
            hasVolume |= cells[5].AsSpan().ContainsAnyInRange('1', '9');
            if (!isFlat && hasVolume) return false;
        }

        return rows > 0;
    }

    private static void Add(OriginalTables tables, OriginalTable table, in RowSample header, int line, string text)
    {
        var cells = Fields.Texts(Encoding.UTF8.GetBytes(text));
        var row = new OriginalRow(header, cells, line, text);
        if (cells.Length != header.Cells.Length) tables.Refuse(row.Refused("wrong_column_count"));
        else if (!row.TryAdd(tables, table)) tables.Refuse(row.Refused("unparsable"));
    }

    [GeneratedRegex("^(?:backup_)?(?<coin>[a-z][a-z0-9-]*)_[0-9]{4}\\.csv$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    internal static partial Regex CoinFile();
}

internal enum OriginalTable
{
    None,
    Prices,
    Macro,
    Funding,
    Coin,
}
