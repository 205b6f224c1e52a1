namespace Mts.Storage.Files.Import.Text;

/// <param name="line">Without its line end; valid during the call only.</param>
/// <param name="number">Counted from 1.</param>
internal delegate void RowAction(ReadOnlySpan<byte> line, int number);

/// <param name="text">What is in memory, from the start of a row.</param>
/// <param name="number">Of that row, counted from 1.</param>
/// <param name="rows">Rows that were read.</param>
/// <returns>Their bytes, line ends included.</returns>
internal delegate int RowsAction(ReadOnlySpan<byte> text, int number, out int rows);

/// <summary>Hands out a file's rows, the last one only where it is whole.</summary>
internal static class TableRows
{
    /// <param name="file">Open.</param>
    /// <param name="tally">Is told how the file ends.</param>
    /// <param name="action">Reads one row.</param>
    /// <param name="many">Is asked before each row whether it reads some at once; null for nobody.</param>
    public static void Read(MarketFile file, RowTally tally, RowAction action, RowsAction? many = null)
    {
        var lines = file.Lines;
        byte[]? last = null;
        while (last is null)
        {
            if (many is not null) lines.Skip(many(lines.Buffered, lines.LineNumber + 1, out var rows), rows);
            if (!lines.TryRead(out var line)) break;
            if (lines.IsTerminated) action(line, lines.LineNumber);
            else last = line.ToArray();
        }

        tally.Read(file.Finish());
        tally.IsTruncated |= file.IsTruncated;
        if (last is null) return;
        if (file.IsProvenWhole || LooksWhole(last, lines.Before))
        {
            action(last, lines.LineNumber);
            return;
        }

        tally.RowsRead++;
        tally.IsTruncated = true;
        tally.Reject(file.Name, lines.LineNumber, "unterminated_row", Fields.Text(last));
    }

    /// <summary>The rows by number, for the few that are shown.</summary>
    public static Dictionary<int, string> Texts(string path, IReadOnlySet<int> numbers)
    {
        using var file = MarketFile.Open(path);
        var texts = new Dictionary<int, string>();
        while (texts.Count < numbers.Count && file.Lines.TryRead(out var line))
        {
            if (numbers.Contains(file.Lines.LineNumber)) texts[file.Lines.LineNumber] = Fields.Text(line);
        }

        return texts;
    }

    // A number that was cut has fewer decimals than the others have at most; one without decimals tells nothing, unless it is the same again.
    private static bool LooksWhole(ReadOnlySpan<byte> row, ReadOnlySpan<byte> before)
    {
        var last = LastField(row);
        var most = 0;
        var previous = ReadOnlySpan<byte>.Empty;
        foreach (var range in before.Split((byte)'\n'))
        {
            var line = before[range].TrimEnd((byte)'\r');
            if (line.Count((byte)',') != row.Count((byte)',')) continue;
            previous = LastField(line);
            most = Math.Max(most, Decimals(previous));
        }

        return !last.IsEmpty && (last.SequenceEqual(previous) || (most > 0 && Decimals(last) == most));
    }

    private static ReadOnlySpan<byte> LastField(ReadOnlySpan<byte> line) => line[(line.LastIndexOf((byte)',') + 1)..];

    private static int Decimals(ReadOnlySpan<byte> field) => field.LastIndexOf((byte)'.') is >= 0 and var point ? field.Length - point - 1 : 0;
}
