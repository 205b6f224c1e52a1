using System.Globalization;
using System.Text.Json;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Storage.Files.Recordings;

/// <summary>
/// Lines of JSON: <c>t</c> is header, http, connect, send or recv. The requests stand before all else and are put back among the frames
/// by time; frames keep the order of the file.
/// </summary>
internal sealed class SessionLines(RecordedLines lines, RecordedConnections connections) : IRecordedFile
{
    private readonly Queue<RecordedInput> fetched = new();
    private RecordedInput? next;
    private bool isSorted;
    private byte[] text = new byte[1 << 16];

    public bool TryRead(out RecordedInput input)
    {
        if (!isSorted) TakeRequests();
        next ??= ReadLine();
        if (fetched.TryPeek(out var request) && (next is not { } frame || request.Time <= frame.Time))
        {
            input = fetched.Dequeue();
            return true;
        }

        input = next.GetValueOrDefault();
        var isThere = next is not null;
        next = null;
        return isThere;
    }

    public void Dispose() => lines.Dispose();

    private void TakeRequests()
    {
        var found = new List<RecordedInput>();
        while ((next = ReadLine()) is { Kind: FeedInputKind.Fetched } request) found.Add(request with { Bytes = request.Bytes.ToArray() });
        foreach (var request in found.OrderBy(r => r.Time)) fetched.Enqueue(request);
        isSorted = true;
    }

    // Null at the end of the file.
    private RecordedInput? ReadLine()
    {
        while (lines.TryRead(out var line))
        {
            try
            {
                if (Read(line.Span) is { } input) return input;
            }
            catch (Exception broken) when (broken is JsonException or InvalidOperationException)
            {
                throw lines.Wrong($"is not sound JSON: {broken.Message}", broken);
            }
        }

        return null;
    }

    private RecordedInput? Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var (kind, connection, address) = ((string?)null, (string?)null, (string?)null);
        Timestamp? time = null;
        var length = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw lines.Wrong("is no JSON object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueTextEquals("data"u8) ? "data" : reader.GetString();
            reader.Read();
            switch (name)
            {
                case "t":
                    kind = reader.GetString();
                    break;
                case "conn":
                    connection = reader.GetString();
                    break;
                case "url" or "addr":
                    address = reader.GetString();
                    break;
                case "ts" when reader.TokenType != JsonTokenType.Null:
                    time = Time(reader.ValueSpan);
                    break;
                case "data":
                    length = Unescape(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        while (reader.Read())
        {
            // Whatever follows the object throws.
        }

        if (kind == "header") return null;
        if (kind is null) throw lines.Wrong("has no 't'; this is no recorded session.");
        if (time is not { } at) throw lines.Wrong("has no 'ts'.");
        return Input(kind, connection ?? "", address, at, text.AsMemory(0, length));
    }

    private RecordedInput Input(string kind, string name, string? address, Timestamp time, ReadOnlyMemory<byte> bytes)
    {
        if (kind == "http") return new RecordedInput(FeedInputKind.Fetched, 0, 1, time, address, bytes);
        var (number, epoch, url) = kind == "connect" ? connections.Open(name, address) : connections.Of(name);
        var what = kind switch
        {
            "connect" => FeedInputKind.Opened,
            "send" => FeedInputKind.Sent,
            "recv" => FeedInputKind.Frame,
            _ => throw lines.Wrong($"has the unknown kind '{kind}'."),
        };
        return new RecordedInput(what, number, epoch, time, address ?? url, bytes);
    }

    private int Unescape(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) throw lines.Wrong("has a 'data' that is no text.");
        var most = reader.ValueSpan.Length;
        if (text.Length < most) text = new byte[most * 2];
        return reader.CopyString(text);
    }

    // The unit is told by the size of the whole part; the fraction is of that unit.
    private Timestamp Time(ReadOnlySpan<byte> number)
    {
        if (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 9_000_000_000_000_000_000m)
            throw lines.Wrong("has a 'ts' that is no time.");
        var perUnit = value switch { < 100_000_000_000 => 1_000_000m, < 100_000_000_000_000 => 1_000m, < 100_000_000_000_000_000 => 1m, _ => 0.001m };
        var micros = decimal.Floor(value * perUnit);
        return micros <= Timestamp.MaxValue.Micros ? new Timestamp((long)micros) : throw lines.Wrong("has a 'ts' that is no time.");
    }
}
