namespace Mts.Simulator.Http;

/// <summary>What a service sees of one GET request.</summary>
/// <param name="Path">Starts with a slash, without the query.</param>
/// <param name="Query">The raw query, without the question mark.</param>
/// <param name="NowMs">The simulator's time of receipt.</param>
internal sealed record SimRequest(string Path, string Query, long NowMs)
{
    /// <summary>The request's headers.</summary>
    public Func<string, string?> Header { get; init; } = static _ => null;

    /// <summary>Who asks; limits count per client.</summary>
    public string Client { get; init; } = "local";

    public Parameters Parameters { get; } = new(Query);
}

/// <summary>Query parameters in the order sent; names are case-sensitive.</summary>
internal sealed class Parameters
{
    private readonly List<(string Name, string Value)> pairs = [];

    public Parameters(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            pairs.Add((Decode(name), equals < 0 ? "" : Decode(part[(equals + 1)..])));
        }
    }

    public IEnumerable<string> Names => pairs.Select(p => p.Name);

    public int Count => pairs.Count;

    /// <summary>The value, or null where it was not sent or is empty.</summary>
    public string? this[string name] => pairs.Find(p => p.Name == name).Value is { Length: > 0 } value ? value : null;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
