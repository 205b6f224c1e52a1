using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Realtime;

/// <summary>The ledgers as JSON lines: a gap is a line when it opens and another when it is closed; the newest accounts are one document.</summary>
internal static class LedgerFiles
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Lines<T>(IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        using var memory = new MemoryStream();
        using var json = new Utf8JsonWriter(memory, Readable);
        foreach (var row in rows)
        {
            write(json, row);
            json.Flush();
            memory.WriteByte((byte)'\n');
            json.Reset();
        }

        return memory.ToArray();
    }

    public static void WriteAccounts(string path, IEnumerable<AccountRow> accounts) => Durable.Write(path, file =>
    {
        using var json = new Utf8JsonWriter(file, Readable with { Indented = true });
        json.WriteStartArray();
        foreach (var account in accounts) LedgerJson.Write(json, account);
        json.WriteEndArray();
    });

    /// <summary>Writes the file anew without its oldest lines.</summary>
    /// <param name="path">A file of JSON lines.</param>
    /// <param name="timeOf">The member that holds the time of a line.</param>
    /// <param name="before">Lines before it go; null keeps all.</param>
    /// <param name="bytes">The newest lines that fit stay; null keeps all.</param>
    /// <returns>Lines that went.</returns>
    public static int Trim(string path, string timeOf, Timestamp? before, long? bytes)
    {
        if (!File.Exists(path)) return 0;
        var lines = File.ReadAllLines(path);
        var kept = new List<string>();
        var size = 0L;
        for (var i = lines.Length - 1; i >= 0; i--)
        {
            size += Encoding.UTF8.GetByteCount(lines[i]) + 1;
            if (size > bytes) break;
            if (before is null || TimeOf(lines[i], timeOf) is not { } time || time >= before) kept.Add(lines[i]);
        }

        if (kept.Count == lines.Length) return 0;
        kept.Reverse();
        Durable.Write(path, file => file.Write(Encoding.UTF8.GetBytes(string.Concat(kept.Select(l => l + "\n")))));
        return lines.Length - kept.Count;
    }

    private static Timestamp? TimeOf(string line, string member)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement is { ValueKind: JsonValueKind.Object } row && row.TryGetProperty(member, out var value) && Timestamp.TryParse(value.ToString(), out var time) ? time : null;
        }
        catch (JsonException)
        {
            // A line of somebody else's is kept.
            return null;
        }
    }
}
