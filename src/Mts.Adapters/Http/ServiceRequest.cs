namespace Mts.Adapters.Http;

/// <summary>One read of a REST service.</summary>
/// <param name="Path">Below the base address, with a leading slash.</param>
/// <param name="Query">Names and values, not yet escaped; no secrets.</param>
/// <param name="Weight">Cost in the service's own unit, at least 0.</param>
/// <param name="ExtraBudget">A further budget of the service that this request costs 1 of; null for none.</param>
public sealed record ServiceRequest(
    string Path, IReadOnlyList<(string Name, string Value)> Query, int Weight = 1, string? ExtraBudget = null)
{
    /// <summary>Path and query as shown in messages, logs and provenance.</summary>
    public override string ToString() => Path + QueryText(Query);

    internal static string QueryText(IEnumerable<(string Name, string Value)> query)
    {
        var text = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Name)}={Uri.EscapeDataString(q.Value)}"));
        return text.Length == 0 ? "" : "?" + text;
    }
}
