using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Searches;

/// <summary>The lines of the ledger; one that is not whole reads as null.</summary>
internal static class TrialLines
{
    public static void WriteBatch(ArrayBufferWriter<byte> buffer, TrialScope scope, TrialBatch batch, Timestamp time)
    {
        using (var w = new Utf8JsonWriter(buffer))
        {
            w.WriteStartObject();
            w.WriteString("strategy", scope.Strategy);
            w.WriteStartArray("series");
            foreach (var series in scope.Series) w.WriteStringValue(series);
            w.WriteEndArray();
            w.WriteString("search", batch.Search);
            w.WriteString("method", batch.Method);
            w.WriteString("objective", batch.Objective);
            w.WriteString("start", batch.Start.ToString());
            w.WriteString("end", batch.End.ToString());
            w.WriteString("written", time.ToString());
            w.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    public static void Write(ArrayBufferWriter<byte> buffer, TrialNote trial)
    {
        using (var w = new Utf8JsonWriter(buffer))
        {
            w.WriteStartArray();
            w.WriteStringValue(trial.Id.ToString("x16", CultureInfo.InvariantCulture));
            Number(w, trial.Sharpe);
            Number(w, trial.Objective);
            w.WriteEndArray();
        }

        buffer.Write("\n"u8);
    }

    public static NotedTrials? ReadBatch(string line)
    {
        if (!line.StartsWith('{') || Parse(line) is not { } document) return null;
        using (document)
        {
            var root = document.RootElement;
            return new NotedTrials(
                new TrialScope(Text("strategy"), [.. root.GetProperty("series").EnumerateArray().Select(s => s.GetString()!)]),
                new TrialBatch(Text("search"), Text("method"), Text("objective"), Timestamp.Parse(Text("start")), Timestamp.Parse(Text("end"))),
                Timestamp.Parse(Text("written")), []);

            string Text(string name) => root.GetProperty(name).GetString()!;
        }
    }

    public static TrialNote? Read(string line, TrialBatch batch)
    {
        if (!line.StartsWith('[') || Parse(line) is not { } document) return null;
        using (document)
        {
            var values = document.RootElement;
            return values.GetArrayLength() == 3 && ulong.TryParse(values[0].GetString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id)
                ? new TrialNote(id, batch.Search, batch.Start, batch.End, Number(values[1]), Number(values[2]))
                : null;
        }
    }

    private static JsonDocument? Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static void Number(Utf8JsonWriter w, double? value)
    {
        if (value is { } v && double.IsFinite(v)) w.WriteNumberValue(v);
        else w.WriteNullValue();
    }
}
