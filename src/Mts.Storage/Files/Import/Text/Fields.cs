using System.Text;

namespace Mts.Storage.Files.Import.Text;

/// <summary>Cuts a row at its commas; the ends are kept from row to row in one array.</summary>
internal static class Fields
{
    /// <returns>The number of fields, or <c>ends.Length + 1</c> where there are more than fit.</returns>
    public static int Split(ReadOnlySpan<byte> line, Span<int> ends)
    {
        if (line.Contains((byte)'"')) return SplitQuoted(line, ends);
        var start = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            var length = line[start..].IndexOf((byte)',');
            if (length < 0)
            {
                ends[i] = line.Length;
                return i + 1;
            }

            ends[i] = start + length;
            start = ends[i] + 1;
        }

        return ends.Length + 1;
    }

    // A comma between quotes belongs to the field (RFC 4180); a doubled quote closes and opens again.
    private static int SplitQuoted(ReadOnlySpan<byte> line, Span<int> ends)
    {
        var (count, isQuoted) = (0, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') isQuoted = !isQuoted;
            if (line[i] != ',' || isQuoted) continue;
            if (count == ends.Length) return ends.Length + 1;
            ends[count++] = i;
        }

        if (count == ends.Length) return ends.Length + 1;
        ends[count] = line.Length;
        return count + 1;
    }

    public static ReadOnlySpan<byte> At(ReadOnlySpan<byte> line, ReadOnlySpan<int> ends, int index) =>
        index == 0 ? line[..ends[0]] : line[(ends[index - 1] + 1)..ends[index]];

    /// <summary>Without blanks around it and without the quotes around those.</summary>
    public static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> field)
    {
        field = field.Trim(" \t"u8);
        return field is [(byte)'"', .., (byte)'"'] ? field[1..^1].Trim(" \t"u8) : field;
    }

    public static string[] Texts(ReadOnlySpan<byte> line)
    {
        Span<int> ends = stackalloc int[64];
        var count = Math.Min(Split(line, ends), ends.Length);
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = Encoding.UTF8.GetString(Clean(At(line, ends, i)));
        return texts;
    }

    public static string Text(ReadOnlySpan<byte> line) => line.Length <= 200 ? Encoding.UTF8.GetString(line) : Encoding.UTF8.GetString(line[..200]) + "…";
}
