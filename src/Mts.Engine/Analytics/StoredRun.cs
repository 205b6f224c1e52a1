using System.Globalization;
using System.Text.Json;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Analytics;

/// <summary>A result read back from its document.</summary>
public sealed record StoredRun
{
    public required string Id { get; init; }

    /// <summary>Names of the strategies, joined.</summary>
    public required string Strategies { get; init; }

    /// <summary>Its markets, joined.</summary>
    public required string Markets { get; init; }

    public required int Seed { get; init; }

    /// <summary>Everything that went in, one text for each: <c>strategies.0.parameters.fast</c> is <c>10</c>.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Inputs { get; init; }

    /// <summary>By name, in the order of the document.</summary>
    public required IReadOnlyList<KeyValuePair<string, double?>> Metrics { get; init; }

    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    public required IReadOnlyList<StoredTrade> Trades { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required StoredVerdicts Verdicts { get; init; }

    /// <param name="json">As <c>mts backtest --json</c> prints it.</param>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <exception cref="ConfigurationException">It is not a result of a backtest.</exception>
    public static StoredRun Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Of(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ConfigurationException($"{name} is not a result of `mts backtest --json`: {e.Message}");
        }
    }

    public double? Metric(string name) => Metrics.FirstOrDefault(m => m.Key == name).Value;

    public string? Input(string name) => Inputs.FirstOrDefault(i => i.Key == name).Value;

    private static StoredRun Of(JsonElement root)
    {
        var run = root.GetProperty("run");
        var inputs = new List<KeyValuePair<string, string>>();
        Flatten(run, "", inputs);
        return new StoredRun
        {
            Id = run.GetProperty("id").GetString()!,
            Strategies = string.Join(" + ", run.GetProperty("strategies").EnumerateArray().Select(s => s.GetProperty("name").GetString())),
            Markets = string.Join(", ", run.GetProperty("series").EnumerateArray().Select(s => s.GetProperty("symbol").GetString())),
            Seed = run.TryGetProperty("seed", out var seed) ? seed.GetInt32() : 0,
            Inputs = inputs,
            Metrics = [.. root.GetProperty("metrics").EnumerateObject().Where(m => m.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Null)
                .Select(m => KeyValuePair.Create(m.Name, m.Value.ValueKind == JsonValueKind.Null ? (double?)null : m.Value.GetDouble()))],
            Equity = [.. root.GetProperty("equity").EnumerateArray().Select(p => new EquityPoint(Timestamp.Parse(p[0].GetString()), p[1].GetDouble()))],
            Trades = [.. root.GetProperty("trades").EnumerateArray().Select(StoredTrade.Of)],
            Warnings = [.. root.GetProperty("warnings").EnumerateArray().Select(t => t.GetString()!)],
            Verdicts = StoredVerdicts.Of(root),
        };
    }

    private static void Flatten(JsonElement element, string path, List<KeyValuePair<string, string>> into)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject()) Flatten(member.Value, Join(member.Name), into);
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index()) Flatten(item, Join(index.ToString(CultureInfo.InvariantCulture)), into);
                break;
            default:
                into.Add(KeyValuePair.Create(path, element.ValueKind == JsonValueKind.Null ? "none" : element.ToString()));
                break;
        }

        string Join(string name) => path.Length == 0 ? name : $"{path}.{name}";
    }
}

/// <param name="Symbol">The market.</param>
/// <param name="Side"><c>long</c> or <c>short</c>.</param>
/// <param name="EntryTime">When it was opened.</param>
/// <param name="ExitTime">When it was closed.</param>
/// <param name="Pnl">After costs.</param>
/// <param name="Reason">Why it was closed.</param>
public sealed record StoredTrade(string Symbol, string Side, Timestamp EntryTime, Timestamp ExitTime, double Pnl, string Reason)
{
    internal static StoredTrade Of(JsonElement t) => new(
        t.GetProperty("symbol").GetString()!, t.GetProperty("side").GetString()!, Timestamp.Parse(t.GetProperty("entry_time").GetString()),
        Timestamp.Parse(t.GetProperty("exit_time").GetString()), t.GetProperty("pnl").GetDouble(), t.GetProperty("reason").GetString()!);
}
