using System.Globalization;
using System.IO.Compression;
using Mts.Core.Market;

namespace Mts.UnitTests.Engine;

/// <summary>Real bars from the folder that MTS_DATA names; a test that needs them is skipped without it.</summary>
internal static class MarketFile
{
    public static BarSeries Read(string file)
    {
        var root = Environment.GetEnvironmentVariable("MTS_DATA");
        if (string.IsNullOrEmpty(root)) Assert.Skip("MTS_DATA names no folder with market data.");
        using var raw = File.OpenRead(Path.Combine(root, "market", "binance_spot_api", file));
        using var text = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw);
        var bars = new List<Bar>();
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var n = fields[1..].Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
            bars.Add(new Bar(Timestamp.Parse(fields[0]), n[0], n[1], n[2], n[3], n[4]));
        }

        var parts = file.Split('_', '.');
        bars.RemoveAt(bars.Count - 1); // not finished when it was taken
        return BarSeries.From(new SeriesKey("binance", Symbol.Parse(parts[0]), Interval.Parse(parts[1])), hasVolume: true, bars);
    }
}
