using System.Globalization;
using System.IO.Compression;
using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Trades;

/// <summary>Reads trades: Binance's archives of trades and aggregated trades, freqtrade's JSON, and CSV whose header names a time, a price and a quantity; plain or packed with gzip or zip.</summary>
public static class TradeFileReader
{
    /// <param name="paths">Files of one market; together they are one stream of trades.</param>
    /// <exception cref="DataValidationException">A file is missing, damaged, no file of trades, or none of its rows is a trade.</exception>
    public static TradeFile Read(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0) throw new ConfigurationException("no file of trades; name at least one.");
        var rows = new TradeRows();
        foreach (var path in paths)
        {
            if (JsonOf(path) is { } json) TradeJson.Read(json, Path.GetFileName(path), rows);
            else ReadTable(path, rows);
        }

        var file = rows.Finish();
        return file.Trades.Count > 0
            ? file
            : throw new DataValidationException($"{Path.GetFileName(paths[0])} holds no trade: {rows.Count} rows read{(file.FirstRefused is { } first ? $", the first one refused is {first}" : "")}.");
    }

    private static void ReadTable(string path, TradeRows rows)
    {
        using var file = MarketFile.Open(path);
        TradeLayout? layout = null;
        int[] ends = [];
        var tally = new RowTally();
        TableRows.Read(file, tally, (line, number) =>
        {
            if (layout is null)
            {
                if (TradeLayout.Of(Fields.Texts(line)) is not var (found, isHeader))
                    throw new DataValidationException($"{file.Name} is no file of trades: its first row is '{Fields.Text(line)}'. Trades are read from Binance's archives, freqtrade's JSON, and CSV with a time, price and quantity.");
                (layout, ends) = (found, new int[found.Columns]);
                if (isHeader) return;
            }

            if (!TryTake(line, layout, ends, rows)) rows.Refuse($"line {number}: '{Fields.Text(line)}'");
        });
        if (tally.IsTruncated) rows.Refuse($"the end of {file.Name}, which breaks off");
    }

    private static bool TryTake(ReadOnlySpan<byte> line, TradeLayout at, int[] ends, TradeRows rows)
    {
        if (Fields.Split(line, ends) != ends.Length) return false;
        if (!Utf8Time.TryParse(Fields.At(line, ends, at.Time), out var time, out _)) return false;
        if (!TryDecimal(Fields.At(line, ends, at.Price), out var price) || !TryDecimal(Fields.At(line, ends, at.Quantity), out var quantity)) return false;
        var count = 1L;
        if (at.FirstId >= 0 && at.LastId >= 0)
        {
            if (!TryLong(Fields.At(line, ends, at.FirstId), out var first) || !TryLong(Fields.At(line, ends, at.LastId), out var last) || last - first is < 0 or >= int.MaxValue) return false;
            count = last - first + 1;
        }

        return rows.TryAdd(at.Id < 0 ? default : Fields.Clean(Fields.At(line, ends, at.Id)), new PublicTrade(new Timestamp(time), price, quantity, (int)count));
    }

    // Null where the file is a table.
    private static byte[]? JsonOf(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            Span<byte> magic = stackalloc byte[2];
            var read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
            file.Position = 0;
            if (read == 2 && magic is [0x1F, 0x8B])
            {
                using var gzip = new GZipStream(file, CompressionMode.Decompress);
                return WholeIfJson(gzip);
            }

            return WholeIfJson(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DataValidationException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static byte[]? WholeIfJson(Stream stream)
    {
        Span<byte> start = stackalloc byte[64];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.TrimStart(" \t\r\n"u8) is not [(byte)'[', ..]) return null;
        using var all = new MemoryStream();
        all.Write(start);
        stream.CopyTo(all);
        return all.ToArray();
    }

    private static bool TryDecimal(ReadOnlySpan<byte> field, out decimal value) => decimal.TryParse(Fields.Clean(field), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryLong(ReadOnlySpan<byte> field, out long value) => long.TryParse(Fields.Clean(field), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
