using System.IO.Compression;
using System.Text.Json;

namespace Mts.UnitTests.Adapters;

/// <summary>What a service really answered once.</summary>
/// <param name="Url">The request.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">As received.</param>
/// <param name="Date">The answer's Date header; null where it was not kept.</param>
internal sealed record RecordedAnswer(string Url, int Status, byte[] Body, DateTimeOffset? Date);

/// <summary>The folder that <c>MTS_RECORDINGS</c> names; without it the test is skipped.</summary>
internal static class RecordedAnswers
{
    public static IReadOnlyList<RecordedAnswer> Read(string file)
    {
        var folder = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "MTS_RECORDINGS names no folder");
        using var stream = File.OpenRead(Path.Combine(folder!, file));
        using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        using var reader = new StreamReader(plain);
        var recordings = new List<RecordedAnswer>();
        while (reader.ReadLine() is { } line) recordings.Add(Parse(line));
        recordings.ShouldNotBeEmpty();
        return recordings;
    }

    private static RecordedAnswer Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var response = document.RootElement.GetProperty("response");
        var headers = response.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new RecordedAnswer(
            document.RootElement.GetProperty("request").GetProperty("url").GetString()!,
            response.GetProperty("status").GetInt32(),
            System.Text.Encoding.UTF8.GetBytes(response.GetProperty("body").GetString()!),
            headers.TryGetValue("Date", out var date) && DateTimeOffset.TryParse(date, out var time) ? time : null);
    }
}
