using System.IO.Compression;
using System.Text;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import;

namespace Mts.UnitTests.Storage.Import;

/// <summary>A folder of its own for a test, and the fixtures.</summary>
public sealed class ImportFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mts-import-").FullName;

    public static readonly Timestamp Now = Timestamp.Parse("2026-11-01T00:00:00Z");

    public static string Fixture(string name) => Path.Combine(Repository.Root, "tests", "fixtures", "files", name);

    /// <summary>The file under the folder that MTS_DATA names; the test is skipped without it.</summary>
    public static string Data(string path)
    {
        var root = Environment.GetEnvironmentVariable("MTS_DATA");
        if (string.IsNullOrEmpty(root)) Assert.Skip("MTS_DATA names no folder with market data.");
        return Path.Combine(root, path);
    }

    public static BarImport Bars(string path, string? asOf = null, string? interval = null, string? symbol = null) => BarFileReader.Read([path], Options(asOf, interval, symbol));

    public static BarImportOptions Options(string? asOf = null, string? interval = null, string? symbol = null) => new()
    {
        Now = Now,
        AsOf = asOf is null ? null : Timestamp.Parse(asOf),
        Interval = interval is null ? null : Interval.Parse(interval),
        Symbol = symbol is null ? null : Symbol.Parse(symbol),
    };

    public static void ShouldAddUp(ImportReport report) =>
        report.RowsRead.ShouldBe(report.Accepted + report.Duplicates + report.Conflicts + report.Rejected.Values.Sum() + report.Incomplete + report.Missing);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
