using System.Text.Json;
using Mts.Engine.Guards;

namespace Mts.Engine.Analytics;

/// <summary>What the guards and the quality of its data say of a run that is kept; null where its document does not say.</summary>
public sealed record StoredVerdicts
{
    /// <summary>By guard, in the order of the document; empty where nobody has looked.</summary>
    public required IReadOnlyList<(string Name, GuardVerdict Verdict)> ByGuard { get; init; }

    /// <summary>False where the result must not be believed.</summary>
    public required bool? IsSound { get; init; }

    /// <summary>The worst of its series.</summary>
    public required GuardVerdict? Data { get; init; }

    /// <summary>All guards in one word: a failed warm-up is a note, and a guard that had nothing to judge by counts for nothing beside look-ahead.</summary>
    public GuardVerdict? Guards => IsSound switch
    {
        null => null,
        false => GuardVerdict.Fail,
        true when ByGuard.Any(IsNoted) => GuardVerdict.Note,
        true => Of("look_ahead") ?? GuardVerdict.Unknown,
    };

    /// <summary>Of one guard by its name.</summary>
    public GuardVerdict? Of(string guard) => ByGuard.Where(g => g.Name == guard).Select(g => (GuardVerdict?)g.Verdict).FirstOrDefault();

    /// <summary>The guards for a cell of a table, with those that it is about.</summary>
    public string GuardsInWords => Guards switch
    {
        GuardVerdict.Fail => $"FAILED: {Names(g => g.Verdict == GuardVerdict.Fail)}",
        GuardVerdict.Note => $"noted: {Names(IsNoted)}",
        var verdict => Word(verdict),
    };

    public string DataInWords => Data switch
    {
        GuardVerdict.Fail => "BAD",
        GuardVerdict.Note => "incomplete",
        var verdict => Word(verdict),
    };

    internal static StoredVerdicts Of(JsonElement root)
    {
        var guards = Member(root, "guards", JsonValueKind.Object);
        var quality = Member(root, "quality", JsonValueKind.Array);
        return new StoredVerdicts
        {
            IsSound = guards?.GetProperty("sound").GetBoolean(),
            ByGuard = guards is { } g ? [.. g.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Object).Select(m => (m.Name, Read(m.Value.GetProperty("verdict"))))] : [],
            Data = quality is { } q && q.GetArrayLength() > 0 && q.EnumerateArray().All(s => s.TryGetProperty("verdict", out _)) ? q.EnumerateArray().Max(s => Read(s.GetProperty("verdict"))) : null,
        };
    }

    private static JsonElement? Member(JsonElement root, string name, JsonValueKind kind) => root.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    private static GuardVerdict Read(JsonElement verdict) => Enum.TryParse<GuardVerdict>(verdict.GetString(), ignoreCase: true, out var read)
        ? read
        : throw new FormatException($"'{verdict}' is no verdict of a guard.");

    private static bool IsNoted((string Name, GuardVerdict Verdict) guard) => guard.Verdict is GuardVerdict.Note or GuardVerdict.Fail;

    private static string Word(GuardVerdict? verdict) => verdict == GuardVerdict.Pass ? "passed" : "unknown";

    private string Names(Func<(string Name, GuardVerdict Verdict), bool> which) => string.Join(", ", ByGuard.Where(which).Select(g => g.Name.Replace('_', ' ')));
}
