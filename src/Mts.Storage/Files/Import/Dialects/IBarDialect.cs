using Mts.Core;

namespace Mts.Storage.Files.Import.Dialects;

/// <summary>One way of writing bars as text; knows it by its content.</summary>
internal interface IBarDialect
{
    /// <returns>Where the values stand, or null for a file of another dialect.</returns>
    /// <exception cref="DataValidationException">The dialect is recognised and cannot be read.</exception>
    BarLayout? Recognise(in RowSample sample);
}

/// <summary>The first row by which a dialect is recognised.</summary>
/// <param name="Cells">Its fields, without blanks and quotes.</param>
/// <param name="Names">The same as names (lower-case letters and digits only) where it is a header; else empty.</param>
/// <param name="FileName">Of the file, or of the file inside a zip.</param>
/// <param name="OuterName">Of the zip.</param>
internal readonly record struct RowSample(string[] Cells, string[] Names, string FileName, string OuterName)
{
    public bool IsHeader => Names.Length > 0;

    public static RowSample Of(string[] cells, string fileName, string outerName) =>
        new(cells, IsHeaderRow(cells) ? [.. cells.Select(Name)] : [], fileName, outerName);

    /// <summary>The column of the first of the names that there is, or -1.</summary>
    public int Column(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Array.IndexOf(Names, name) is >= 0 and var index) return index;
        }

        return -1;
    }

    private static bool IsHeaderRow(string[] cells) => cells.Length > 1 && Array.TrueForAll(cells, c => c.Length == 0 || char.IsAsciiLetter(c[0]) || c[0] == '_');

    private static string Name(string cell) => string.Concat(cell.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
