using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Mts.Core;
using Mts.Simulator.Model;

namespace Mts.Simulator.Playback;

/// <summary>One message of a recording.</summary>
/// <param name="Micros">When it was received, Unix microseconds.</param>
/// <param name="Venue">Which market it belongs to.</param>
/// <param name="Stream">The stream or topic; for an answer over REST its path and query.</param>
/// <param name="Payload">The bytes inside the envelope of combined streams, or the whole message where there is none.</param>
/// <param name="IsRest">An answer over REST.</param>
internal sealed record RecordedMessage(long Micros, Venue Venue, string Stream, byte[] Payload, bool IsRest);

/// <summary>Reads recordings: lines of a receive time and a raw message, or lines of JSON with connects, messages and answers; plain, .gz or .zst.</summary>
internal static class RecordingFile
{
    /// <summary>All messages of several files, in the order of their receive times.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read, or holds nothing that can be played.</exception>
    public static IReadOnlyList<RecordedMessage> Read(IReadOnlyList<string> files)
    {
        var all = new List<RecordedMessage>();
        foreach (var file in files)
        {
            var before = all.Count;
            try
            {
                Read(file, all);
            }
            catch (Exception e) when (e is IOException or InvalidDataException or JsonException or FormatException or KeyNotFoundException or UnauthorizedAccessException)
            {
                throw new ConfigurationException($"the recording '{file}' cannot be read: {e.Message}", e);
            }

            if (all.Count == before) throw new ConfigurationException($"the recording '{file}' holds no message that can be played.");
        }

        // Stable: what came at the same time stays in the order of the file.
        return [.. all.OrderBy(m => m.Micros)];
    }

    private static void Read(string file, List<RecordedMessage> all)
    {
        if (!File.Exists(file)) throw new FileNotFoundException("there is no such file.");
        using var lines = Open(file);
        var isJson = lines.Peek() == '{';
        if (isJson) CaptureLines.Read(lines, all);
        else TimedLines.Read(lines, all);
    }

    private static StreamReader Open(string file)
    {
        if (file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        if (!file.EndsWith(".zst", StringComparison.OrdinalIgnoreCase)) return new StreamReader(file);
        try
        {
            using var zstd = Process.Start(new ProcessStartInfo("zstd", ["-dc", "--", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var plain = new MemoryStream();
            zstd.StandardOutput.BaseStream.CopyTo(plain);
            zstd.WaitForExit();
            if (zstd.ExitCode != 0) throw new InvalidDataException($"zstd ended with {zstd.ExitCode}.");
            plain.Position = 0;
            return new StreamReader(plain);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidDataException("it is compressed with zstd, and the program zstd is not installed.", e);
        }
    }
}

/// <summary>Lines of <c>TIME MESSAGE</c>, time in nano- or microseconds; a REST snapshot stands without envelope.</summary>
internal static class TimedLines
{
    public static void Read(TextReader lines, List<RecordedMessage> all)
    {
        var read = new List<(long Micros, string Stream, string Payload)>();
        var isFutures = false;
        string? symbol = null;
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0 || !long.TryParse(line.AsSpan(0, space), out var time)) throw new FormatException($"'{line[..Math.Min(40, line.Length)]}' is not a time and a message.");
            var (stream, payload) = Unwrap(line[(space + 1)..]);
            read.Add((time > 100_000_000_000_000_000 ? time / 1_000 : time, stream, payload));
            if (stream.Contains("@depth", StringComparison.Ordinal)) isFutures |= payload.Contains("\"pu\":", StringComparison.Ordinal);
            if (stream.Length > 0) symbol ??= stream[..stream.IndexOf('@', StringComparison.Ordinal)].ToUpperInvariant();
        }

        var venue = isFutures ? Venue.BinanceUsdm : Venue.BinanceSpot;
        var depth = $"{(isFutures ? "/fapi/v1" : "/api/v3")}/depth?symbol={symbol}&limit=1000";
        foreach (var (micros, stream, payload) in read)
        {
            all.Add(new RecordedMessage(micros, venue, stream.Length == 0 ? depth : stream, System.Text.Encoding.UTF8.GetBytes(payload), stream.Length == 0));
        }
    }

    /// <summary>The stream and the bytes inside a combined envelope; an empty stream where there is none.</summary>
    public static (string Stream, string Payload) Unwrap(string message)
    {
        const string Opening = "{\"stream\":\"";
        const string Data = "\",\"data\":";
        if (!message.StartsWith(Opening, StringComparison.Ordinal)) return ("", message);
        var end = message.IndexOf(Data, StringComparison.Ordinal);
        return end < 0 ? ("", message) : (message[Opening.Length..end], message[(end + Data.Length)..message.LastIndexOf('}')]);
    }
}

/// <summary>Lines of JSON: t is header, http, connect, send or recv.</summary>
internal static class CaptureLines
{
    public static void Read(TextReader lines, List<RecordedMessage> all)
    {
        var venues = new Dictionary<string, Venue>(StringComparer.Ordinal);
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            var kind = entry.GetProperty("t").GetString();
            if (kind == "connect" && VenueOf(entry.GetProperty("addr").GetString()!) is { } venue) venues[entry.GetProperty("conn").GetString()!] = venue;
            if (kind == "recv" && venues.TryGetValue(entry.GetProperty("conn").GetString()!, out var from)) Message(entry, from, all);
            if (kind == "http" && VenueOf(entry.GetProperty("url").GetString()!) is { } asked) Answer(entry, asked, all);
        }
    }

    private static void Message(JsonElement entry, Venue venue, List<RecordedMessage> all)
    {
        var text = entry.GetProperty("data").GetString()!;
        var (stream, payload) = TimedLines.Unwrap(text);
        if (stream.Length == 0)
        {
            using var message = JsonDocument.Parse(text);
            if (!message.RootElement.TryGetProperty("topic", out var topic)) return;
            (stream, payload) = (topic.GetString()!, text);
        }

        all.Add(new RecordedMessage(Micros(entry), venue, stream, System.Text.Encoding.UTF8.GetBytes(payload), false));
    }

    private static void Answer(JsonElement entry, Venue venue, List<RecordedMessage> all)
    {
        var url = new Uri(entry.GetProperty("url").GetString()!);
        all.Add(new RecordedMessage(Micros(entry), venue, url.PathAndQuery.Replace("?&", "?", StringComparison.Ordinal), System.Text.Encoding.UTF8.GetBytes(entry.GetProperty("data").GetString()!), true));
    }

    private static long Micros(JsonElement entry) => (long)Math.Round(entry.GetProperty("ts").GetDecimal() * 1_000_000);

    private static Venue? VenueOf(string address) => new Uri(address) switch
    {
        { Host: var host, AbsolutePath: var path } when host.Contains("bybit", StringComparison.Ordinal) =>
            path.EndsWith("/spot", StringComparison.Ordinal) || address.Contains("category=spot", StringComparison.Ordinal) ? Venue.BybitSpot : Venue.BybitLinear,
        { Host: var host } when host.StartsWith("fstream.", StringComparison.Ordinal) || host.StartsWith("fapi.", StringComparison.Ordinal) => Venue.BinanceUsdm,
        { Host: var host } when host.Contains("binance", StringComparison.Ordinal) => Venue.BinanceSpot,
        _ => null,
    };
}
