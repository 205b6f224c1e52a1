using System.Text.Json;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Cli.Live;

/// <summary>Takes the place of a session's journal: keeps nothing, and picks out what the strategy said.</summary>
internal sealed class SignalJournal(IReadOnlyList<RunInstrument> instruments) : ISessionJournal
{
    public List<Signal> Signals { get; } = [];

    public List<string> Notes { get; } = [];

    public void Append(SessionRecordKind kind, ReadOnlySpan<byte> payload)
    {
        if (kind is not (SessionRecordKind.Signal or SessionRecordKind.Note)) return;
        var reader = new Utf8JsonReader(payload);
        using var document = JsonDocument.ParseValue(ref reader);
        if (kind == SessionRecordKind.Note) Notes.Add(document.RootElement.GetProperty("text").GetString()!);
        else Signals.Add(Read(document.RootElement));
    }

    public void Commit()
    {
        // Nothing is kept: after a restart the store warms the strategies up again.
    }

    public void Dispose()
    {
        // There is no file.
    }

    private Signal Read(JsonElement json)
    {
        var instrument = json.GetProperty("instrument").GetInt32();
        return new Signal
        {
            Asset = instruments[instrument].Asset,
            Instrument = instrument,
            Direction = Enum.Parse<Direction>(json.GetProperty("direction").GetString()!, ignoreCase: true),
            Strength = json.GetProperty("strength").GetDouble(),
            Confidence = json.GetProperty("confidence").GetDouble(),
            PositionSize = json.GetProperty("size").GetDouble(),
            Stop = Maybe(json, "stop"),
            Target = Maybe(json, "target"),
            Horizon = Maybe(json, "horizon_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Strategy = json.GetProperty("strategy").GetString()!,
            Time = Timestamp.Parse(json.GetProperty("time").GetString()),
            Price = json.GetProperty("price").GetDouble(),
            Reason = json.GetProperty("why").GetString()!,
        };
    }

    private static double? Maybe(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
