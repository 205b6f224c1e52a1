using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Mts.UnitTests.Adapters;

/// <summary>What a service really answered once.</summary>
/// <param name="Url">The request.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">As received.</param>
/// <param name="Headers">Those that were kept, found in any case.</param>
internal sealed record Recording(string Url, int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The Date header; null where it was not kept.</summary>
    public DateTimeOffset? Date => Headers.TryGetValue("Date", out var date) && DateTimeOffset.TryParse(date, out var time) ? time : null;

    public string Path => Url.Length == 0 ? "" : new Uri(Url).AbsolutePath;

    /// <summary>A parameter of the request; empty where it was not given.</summary>
    public string Query(string name) => HttpUtility.ParseQueryString(new Uri(Url).Query)[name] ?? "";
}

/// <summary>The folder that <c>MTS_RECORDINGS</c> names; without it the test is skipped.</summary>
internal static class Recordings
{
    /// <summary>The exchanges of a file, plain or gzip.</summary>
    public static IReadOnlyList<Recording> Read(string file) => [.. Lines(file).Select(Parse)];

    /// <summary>The <c>data</c> of those lines of a session that are wanted; plain, gzip or zstd.</summary>
    public static IReadOnlyList<(JsonElement Line, byte[] Data)> Messages(string file, Func<JsonElement, bool> wanted) =>
        [.. Lines(file).Where(wanted).Select(line => (line, Encoding.UTF8.GetBytes(line.GetProperty("data").GetString()!)))];

    /// <summary>The lines of a file as they are; plain, gzip or zstd.</summary>
    public static IReadOnlyList<string> Texts(string file)
    {
        var folder = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "MTS_RECORDINGS names no folder");
        using var reader = new StreamReader(Open(Path.Combine(folder!, file)));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        lines.ShouldNotBeEmpty();
        return lines;
    }

    private static List<JsonElement> Lines(string file)
    {
        var lines = new List<JsonElement>();
        foreach (var line in Texts(file))
        {
            using var document = JsonDocument.Parse(line);
            lines.Add(document.RootElement.Clone());
        }

        return lines;
    }

    private static Recording Parse(JsonElement line)
    {
        var response = line.GetProperty("response");
        return new Recording(
            line.GetProperty("request").GetProperty("url").GetString()!,
            response.GetProperty("status").GetInt32(),
            Encoding.UTF8.GetBytes(response.GetProperty("body").GetString()!),
            response.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }

    private static Stream Open(string path) => Path.GetExtension(path) switch
    {
        ".gz" => new GZipStream(File.OpenRead(path), CompressionMode.Decompress),
        ".zst" => Unpack(path),
        _ => File.OpenRead(path),
    };

    private static MemoryStream Unpack(string path)
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
            Assert.Skip("zstd, which unpacks this recording, is not installed");
            throw;
        }
    }
}
