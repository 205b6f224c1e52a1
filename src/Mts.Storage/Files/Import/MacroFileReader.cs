using System.Text;
using Mts.Core;
using Mts.Storage.Files.Import.Dialects;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Reads macro series: FRED's downloads, old and new, Cboe's index histories, Yahoo's dollar index, <c>date,value</c>, and the layout of <c>data/raw/macro</c>.</summary>
public static class MacroFileReader
{
    private static readonly string[] NoValue = ["", ".", "NA", "N/A", "#N/A", "ND", "NAN", "NULL"];

    /// <exception cref="DataValidationException">The file is missing, damaged, no macro file, or of another series than asked for.</exception>
    /// <exception cref="ConfigurationException">The series is unknown, or neither options nor file tell it.</exception>
    public static MacroImport Read(string path, MacroImportOptions options)
    {
        using var file = MarketFile.Open(path);
        var tally = new RowTally();
        var reader = new FileRows(file, tally, options);
        TableRows.Read(file, tally, reader.Row);
        return reader.Build();
    }

    internal static DateOnly? Day(ReadOnlySpan<byte> field)
    {
        var text = Encoding.UTF8.GetString(Fields.Clean(field));
        if (text.Length > 10 && text[10] is ' ' or 'T') text = text[..10];
        return DateOnly.TryParseExact(text, ["yyyy-MM-dd", "MM/dd/yyyy", "M/d/yyyy"], out var day) ? day : null;
    }

    internal static bool IsFlag(ReadOnlySpan<byte> field) => Fields.Clean(field) is [(byte)'1' or (byte)'T' or (byte)'t', ..];

    private sealed class FileRows(MarketFile file, RowTally tally, MacroImportOptions options)
    {
        private RowSample? header;
        private MacroLayout? layout;
        private MacroRows? rows;
        private int[] ends = [];

        public void Row(ReadOnlySpan<byte> line, int number)
        {
            if (header is null)
            {
                header = RowSample.Of(Fields.Texts(line), file.EntryName, file.Name);
                if (!header.Value.IsHeader) throw NoMacro();
                return;
            }

            if (layout is null) Start(Fields.Texts(line));
            tally.RowsRead++;
            var reason = Fields.Split(line, ends) == ends.Length ? Parse(line, layout!) : "wrong_column_count";
            if (reason is not null) tally.Reject(file.Name, number, reason, Fields.Text(line));
        }

        public MacroImport Build()
        {
            if (rows is null) throw NoMacro();
            var import = rows.Build(tally);
            return import.Observations.Count > 0
                ? import
                : throw new DataValidationException($"{file.Name} holds no observation: {tally.RowsRead} rows read, all refused ({string.Join(", ", tally.Rejected.Keys)}).");
        }

        private void Start(string[] firstRow)
        {
            layout = MacroDialects.Recognise(header!.Value, firstRow, options.Series) ?? throw NoMacro();
            ends = new int[layout.Columns];
            rows = new MacroRows(layout.Series, options.AsOf.Date);
            tally.Met(layout.Dialect);
        }

        private string? Parse(ReadOnlySpan<byte> line, MacroLayout at)
        {
            if (Day(Fields.At(line, ends, 0)) is not { } day) return "unparsable";
            var text = Encoding.UTF8.GetString(Fields.Clean(Fields.At(line, ends, at.Value)));
            double? value = null;
            if (!NoValue.Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                if (!Utf8Number.TryParse(Encoding.UTF8.GetBytes(text), out var number)) return "unparsable";
                value = number;
            }

            if (at.Dialect == OriginalData.Dialect && OriginalData.IsHandMade(at.Series.Id, day, value)) return "hand_made";
            var isInterpolated = at.Interpolated >= 0 && IsFlag(Fields.At(line, ends, at.Interpolated));
            var isForwardFilled = at.ForwardFilled >= 0 && IsFlag(Fields.At(line, ends, at.ForwardFilled));
            return rows!.Add(day, value, isInterpolated, isForwardFilled);
        }

        private DataValidationException NoMacro() =>
            new($"{file.Name} is no macro file: its first row is '{string.Join(',', header?.Cells ?? [])}'; a date and a value are needed, under the header of FRED, Cboe or Yahoo, or 'date,value'.");
    }
}
