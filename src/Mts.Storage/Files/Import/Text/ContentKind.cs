using Mts.Core;

namespace Mts.Storage.Files.Import.Text;

/// <summary>Tells what a file is that is no table of text, so that the message can say so.</summary>
internal static class ContentKind
{
    /// <exception cref="DataValidationException">The content is empty, binary, JSON or a web page.</exception>
    public static void RefuseUnlessText(ReadOnlySpan<byte> start, string path)
    {
        if (Name(start) is { } what) throw MarketFile.Refused(path, what);
    }

    private static string? Name(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("SQLite format 3"u8)) return "is a SQLite database, not a table of text";
        if (start.StartsWith("PAR1"u8) || start.StartsWith("ARROW1"u8) || start.StartsWith("FEA1"u8)) return "is a Parquet or Arrow file; write it as CSV first";
        if (start is [0x28, 0xB5, 0x2F, 0xFD, ..]) return "is packed with zstd; unpack it first";
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return "is UTF-16 text; save it as UTF-8";
        if (start.ContainsAnyInRange((byte)0, (byte)8)) return "is binary, not market data";
        var text = start.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return "is empty";
        return text[0] switch
        {
            (byte)'<' => "is a web page or XML, not market data; the download probably failed",
            (byte)'[' => "is JSON: bars are read from CSV, and `mts data bars` makes them of lists of trades",
            (byte)'{' => "is JSON, not market data in CSV",
            _ => null,
        };
    }
}
