using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Mts.UnitTests.Adapters;

/// <summary>Answers that the services really gave, where <c>MTS_RECORDINGS</c> names a folder with them; other tests are skipped.</summary>
internal static class Recordings
{
    /// <summary>One recorded answer; the name it was asked by is the address without its host.</summary>
    public sealed record Exchange(Uri Address, int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
    {
        public string Query(string name) => System.Web.HttpUtility.ParseQueryString(Address.Query)[name] ?? "";
    }

    /// <summary>The lines of a file of exchanges, plain or gzip.</summary>
    public static List<Exchange> Exchanges(string name) => [.. Lines(name).Select(line =>
    {
        var (request, response) = (line.GetProperty("request"), line.GetProperty("response"));
        var url = request.GetProperty("url").GetString()!;
        return new Exchange(
            new Uri(url.Length == 0 ? "https://unknown.example/" : url), response.GetProperty("status").GetInt32(), Encoding.UTF8.GetBytes(response.GetProperty("body").GetString()!),
            response.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    })];

    /// <summary>The <c>data</c> of lines whose other fields say <paramref name="wanted"/>.</summary>
    public static List<(JsonElement Line, byte[] Data)> Messages(string name, Func<JsonElement, bool> wanted) =>
        [.. Lines(name).Where(wanted).Select(line => (line, Encoding.UTF8.GetBytes(line.GetProperty("data").GetString()!)))];

    private static List<JsonElement> Lines(string name)
    {
        var folder = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("MTS_RECORDINGS names no folder of recordings.");
        using var reader = new StreamReader(Open(Path.Combine(folder, name)));
        var lines = new List<JsonElement>();
        while (reader.ReadLine() is { } line) lines.Add(JsonDocument.Parse(line).RootElement);
        lines.ShouldNotBeEmpty();
        return lines;
    }

    private static Stream Open(string path) => Path.GetExtension(path) switch
    {
        ".gz" => new GZipStream(File.OpenRead(path), CompressionMode.Decompress),
        ".zst" => Unpacked(path),
        _ => File.OpenRead(path),
    };

    private static MemoryStream Unpacked(string path)
    {
        try
        {
            using var unpacker = Process.Start(new ProcessStartInfo("zstd", ["-dcq", path]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var content = new MemoryStream();
            unpacker.StandardOutput.BaseStream.CopyTo(content);
            unpacker.WaitForExit();
            content.Position = 0;
            return content;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("zstd, which unpacks this recording, is not installed.");
            throw;
        }
    }
}
