using System.IO.Compression;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Storage.Files;

/// <summary>Bars as a CSV file that imports back equal: ISO open times, shortest round-trip numbers; no volume column where the series has none.</summary>
public static class CsvExport
{
    /// <param name="series">The bars.</param>
    /// <param name="path">Ends in <c>.csv</c> or <c>.csv.gz</c>; replaced when it is complete.</param>
    /// <exception cref="ConfigurationException">The name has another ending.</exception>
    public static void Write(BarSeries series, string path)
    {
        var zipped = path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);
        if (!zipped && !path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"'{path}' must end in .csv or .csv.gz.");
        Durable.Write(path, file =>
        {
            if (!zipped)
            {
                Write(series, file);
                return;
            }

            using var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            Write(series, gzip);
        });
    }

    public static void Write(BarSeries series, Stream stream)
    {
        var csv = new CsvWriter(stream);
        csv.Add("timestamp").Add("open").Add("high").Add("low").Add("close");
        if (series.HasVolume) csv.Add("volume");
        csv.EndLine();
        for (var i = 0; i < series.Length; i++)
        {
            csv.Add(new Timestamp(series.OpenTimes[i])).Add(series.Opens[i]).Add(series.Highs[i]).Add(series.Lows[i]).Add(series.Closes[i]);
            if (series.HasVolume) csv.Add(series.Volumes[i]);
            csv.EndLine();
        }

        csv.Flush();
    }
}
