using System.Runtime.CompilerServices;
using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files.Import.Dialects;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Reads the rows of one file into columns; the dialect is told by the first row that one recognises, and again by every later header.</summary>
internal sealed class BarRowReader(MarketFile file, BarColumns columns, RowTally tally)
{
    private const int MostLinesBefore = 20;
    private BarLayout? layout;
    private int[] ends = [];
    private bool isInOrder;
    private UsualRows? usual;
    private int linesBefore;
    private byte[]? symbol;

    /// <summary>The market that a column names, as it is written there.</summary>
    public ReadOnlySpan<byte> Symbol => symbol;

    /// <summary>Of the last dialect; null where the file holds no row of any.</summary>
    public BarLayout? Layout => layout;

    /// <summary>Close time minus open time of the first row that has both, rounded up; 0 where none has.</summary>
    public long FirstLength { get; private set; }

    public void Read()
    {
        columns.StartFile(ExpectedRows());
        TableRows.Read(file, tally, Row, Rows);
        if (layout is null) throw Unrecognised("holds no row of market data");
    }

    // A quarter more than the first rows promise: memory that nobody touches costs nothing, and columns that are too short are copied.
    private long ExpectedRows()
    {
        var start = file.Lines.Peek();
        var rows = start.Count((byte)'\n');
        return rows == 0 ? 0 : (file.ExpectedLength * rows / start.LastIndexOf((byte)'\n') * 5 / 4) + 16;
    }

    private int Rows(ReadOnlySpan<byte> text, int number, out int rows)
    {
        rows = 0;
        if (usual is null) return 0;
        var bytes = usual.Read(text, number, out rows);
        tally.RowsRead += rows;
        tally.Count(TimeUnit.Text, rows);
        return bytes;
    }

    private void Row(ReadOnlySpan<byte> line, int number)
    {
        if (layout is null && !Recognise(line, number)) return;
        if (isInOrder && TryParseInOrder(line, number))
        {
            tally.RowsRead++;
            return;
        }

        var reason = Parse(line, number);
        if (reason is not null && !char.IsAsciiDigit((char)line[0]) && IsNewHeader(line)) return;
        tally.RowsRead++;
        if (reason is not null) tally.Reject(file.Name, number, reason, Fields.Text(line));
    }

    /// <returns>True where the row is data.</returns>
    private bool Recognise(ReadOnlySpan<byte> line, int number)
    {
        var sample = RowSample.Of(Fields.Texts(line), file.EntryName, file.Name);
        if (BarDialects.Recognise(sample) is { } found)
        {
            Use(found);
            return !sample.IsHeader;
        }

        if (sample.IsHeader) throw Unrecognised($"has the columns {string.Join(", ", sample.Cells)}, which no bar file has (a time, open, high, low, close)");
        if (++linesBefore > MostLinesBefore) throw Unrecognised($"is no bar file: its rows look like '{Fields.Text(line)}'");
        if (sample.Cells.Length == 1) return false;
        tally.RowsRead++;
        tally.Reject(file.Name, number, "unparsable", Fields.Text(line));
        return false;
    }

    private bool IsNewHeader(ReadOnlySpan<byte> line)
    {
        var sample = RowSample.Of(Fields.Texts(line), file.EntryName, file.Name);
        if (!sample.IsHeader || BarDialects.Recognise(sample) is not { } found) return false;
        Use(found);
        return true;
    }

    private void Use(BarLayout found)
    {
        layout = found;
        ends = new int[found.Columns];
        isInOrder = found.IsInOrder;
        usual = found is { IsInOrder: true, Columns: 6 } && UsualNumber.IsSupported ? new UsualRows(columns) : null;
        tally.Met(found.Dialect);
    }

    // The usual rows in one pass over their bytes; all others take the long way, which knows why.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryParseInOrder(ReadOnlySpan<byte> line, int number)
    {
        var at = layout!;
        var position = line.IndexOf((byte)',');
        if (position < 0 || !Utf8Time.TryParse(line[..position], out var time, out var unit)) return false;
        position++;
        if (!Utf8Number.TryTake(line, ref position, out var open) || !Utf8Number.TryTake(line, ref position, out var high)) return false;
        if (!Utf8Number.TryTake(line, ref position, out var low) || !Utf8Number.TryTake(line, ref position, out var close)) return false;
        if (!Utf8Number.TryTake(line, ref position, out var volume)) return false;
        var hasTradeCount = false;
        if (at.Columns == 6)
        {
            if (position != line.Length + 1) return false;
        }
        else
        {
            if (position > line.Length || (at.CloseTime >= 0 && FirstLength == 0)) return false;
            var rest = line[position..];
            var more = ends.AsSpan(0, at.Columns - 6);
            if (Fields.Split(rest, more) != more.Length) return false;
            hasTradeCount = at.TradeCount >= 0 && Fields.At(rest, more, at.TradeCount - 6) is [>= (byte)'0' and <= (byte)'9', ..];
        }

        tally.Count(unit);
        columns.Add(number, time, open, high, low, close, volume, hasTradeCount);
        return true;
    }

    private string? Parse(ReadOnlySpan<byte> line, int number)
    {
        var at = layout!;
        if (Fields.Split(line, ends) != ends.Length) return "wrong_column_count";
        if (!TryParseTime(Fields.At(line, ends, at.Time), out var time, out var unit)) return "unparsable";
        if (!Utf8Number.TryParse(Fields.At(line, ends, at.Open), out var open)) return "unparsable";
        if (!Utf8Number.TryParse(Fields.At(line, ends, at.High), out var high)) return "unparsable";
        if (!Utf8Number.TryParse(Fields.At(line, ends, at.Low), out var low)) return "unparsable";
        if (!Utf8Number.TryParse(Fields.At(line, ends, at.Close), out var close)) return "unparsable";
        var volume = double.NaN;
        if (at.Volume >= 0)
        {
            var field = Fields.At(line, ends, at.Volume);
            if (!field.IsEmpty && !Utf8Number.TryParse(field, out volume)) return "unparsable";
        }

        if (at.Symbol >= 0 && !IsSameSymbol(Fields.At(line, ends, at.Symbol))) return "other_symbol";
        if (at.Date >= 0 && Utf8Time.TryParse(Fields.At(line, ends, at.Date), out var date, out _) && date != time) tally.DateDisagreements++;
        if (at.CloseTime >= 0 && FirstLength == 0) FirstLength = LengthTo(Fields.At(line, ends, at.CloseTime), time);
        var hasTradeCount = at.TradeCount >= 0 && Fields.At(line, ends, at.TradeCount) is [>= (byte)'0' and <= (byte)'9', ..];
        tally.Count(unit);
        columns.Add(number, time, open, high, low, close, volume, hasTradeCount);
        return null;
    }

    private bool TryParseTime(ReadOnlySpan<byte> field, out long micros, out TimeUnit unit)
    {
        if (layout!.Midnight is not { } midnight) return Utf8Time.TryParse(field, out micros, out unit);
        unit = TimeUnit.Milliseconds;
        var isTime = Utf8Number.TryParseDigits(field, out var milliseconds) && milliseconds * 1_000 < Timestamp.MicrosPerDay;
        micros = midnight + (milliseconds * 1_000);
        return isTime;
    }

    private bool IsSameSymbol(ReadOnlySpan<byte> field)
    {
        symbol ??= Fields.Clean(field).ToArray();
        return field.SequenceEqual(symbol) || Fields.Clean(field).SequenceEqual(symbol);
    }

    // Close times are the last millisecond or microsecond of the bar.
    private static long LengthTo(ReadOnlySpan<byte> field, long openTime)
    {
        if (!Utf8Time.TryParse(field, out var closeTime, out var unit)) return 0;
        return closeTime - openTime + (unit == TimeUnit.Microseconds ? 1 : 1_000);
    }

    private DataValidationException Unrecognised(string what) =>
        new($"{file.Name} {what}. Bars are read from Binance's archive, CryptoDataDownload, LEAN trade files, and CSV with a time, open, high, low, close and volume.");
}
