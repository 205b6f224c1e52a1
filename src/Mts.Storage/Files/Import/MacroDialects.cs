using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files.Import.Dialects;

namespace Mts.Storage.Files.Import;

/// <summary>Where the values of a macro row stand.</summary>
/// <param name="Dialect">The dialect's name in reports.</param>
/// <param name="Columns">Fields that every row has.</param>
/// <param name="Value">Column of the value; the day stands in the first.</param>
/// <param name="Series">What the value is.</param>
/// <param name="Interpolated">Column of the flag, or -1.</param>
/// <param name="ForwardFilled">Column of the flag, or -1.</param>
internal sealed record MacroLayout(string Dialect, int Columns, int Value, MacroSeries Series, int Interpolated = -1, int ForwardFilled = -1);

/// <summary>The macro dialects there are, told by the header.</summary>
internal static class MacroDialects
{
    /// <summary>The US Dollar Index of ICE; the alias DXY of the catalogue means FRED's broad index, which has another level.</summary>
    private const string IceDollarIndex = "DX-Y.NYB";

    private static readonly char[] Separators = ['_', '-', '.', ' '];

    /// <param name="sample">The header.</param>
    /// <param name="firstRow">The row after it.</param>
    /// <param name="asked">The series that the user names, if any.</param>
    public static MacroLayout? Recognise(in RowSample sample, string[] firstRow, string? asked)
    {
        if (!sample.IsHeader || sample.Names[0] is not ("date" or "observationdate")) return null;
        var (names, cells) = (sample.Names, sample.Cells);
        if (sample.Column("seriesid") is > 0 and var id && sample.Column("value") is > 0 and var stated && firstRow.Length == cells.Length)
            return new MacroLayout("mts-original", names.Length, stated, Agreed(firstRow[id], asked), sample.Column("isinterpolated"), sample.Column("isforwardfilled"));
        if (names is ["date", "open", "high", "low", "close"])
            return new MacroLayout("cboe", 5, 4, asked is not null ? MacroCatalog.Find(asked) : ByName(sample, w => w is "VIX" or "VIXCLS" ? "VIXCLS" : w));
        if (names is [_, "value"])
            return new MacroLayout("date-value", 2, 1, asked is not null ? MacroCatalog.Find(asked) : ByName(sample, w => w));
        if (names is ["date", "dxy"]) return new MacroLayout("yahoo", 2, 1, Agreed(IceDollarIndex, asked));
        if (cells.Length == 2) return new MacroLayout("fred", 2, 1, Agreed(cells[1], asked));
        return asked is null ? null : OneOfMany(cells, asked);
    }

    private static MacroLayout? OneOfMany(string[] cells, string asked)
    {
        var series = MacroCatalog.Find(asked);
        var column = Array.FindIndex(cells, c => c.Equals(series.Id, StringComparison.OrdinalIgnoreCase));
        return column > 0 ? new MacroLayout("fred", cells.Length, column, series) : null;
    }

    private static MacroSeries Agreed(string stated, string? asked)
    {
        var series = MacroCatalog.Find(stated);
        if (asked is not null && MacroCatalog.Find(asked) is var other && other.Id != series.Id)
            throw new DataValidationException($"the file holds {series.Id} ({series.Title}), not {other.Id} ({other.Title}).");
        return series;
    }

    private static MacroSeries ByName(in RowSample sample, Func<string, string> translated)
    {
        foreach (var word in sample.FileName.Split(Separators))
        {
            if (MacroCatalog.TryFind(translated(word.ToUpperInvariant())) is { } series) return series;
        }

        throw new ConfigurationException($"{sample.OuterName} does not say which series it holds; give --series, for instance --series VIXCLS.");
    }
}
