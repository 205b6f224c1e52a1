using System.Text.Json;

namespace Mts.Cli.Configuration;

/// <summary>Reads <c>config/assets.json</c>: an array of assets, ids and tickers unique.</summary>
internal static class AssetFile
{
    private static readonly string[] Known = ["id", "ticker", "name", "coingecko", "binance", "bybit", "primary"];

    /// <exception cref="SettingsException">Lists everything that is wrong.</exception>
    public static AssetCatalog Load(string folder)
    {
        var path = Path.Combine(folder, "assets.json");
        var shown = Path.Combine(Path.GetFileName(folder), "assets.json");
        var problems = new List<string>();
        var assets = new List<Asset>();
        if (JsonFile.TryRead(path, problems, JsonValueKind.Array) is { } array)
        {
            foreach (var entry in array.EnumerateArray())
            {
                if (Read(entry, $"{shown}[{assets.Count}]", problems) is { } asset) assets.Add(asset);
            }
        }

        problems.AddRange(Twice(assets, a => a.Id, shown).Concat(Twice(assets, a => a.Ticker, shown)));
        return problems.Count == 0 ? new AssetCatalog(assets) : throw new SettingsException(problems);
    }

    private static Asset? Read(JsonElement entry, string place, List<string> problems)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{place}: an object with {string.Join(", ", Known)} belongs here.");
            return null;
        }

        var before = problems.Count;
        foreach (var property in entry.EnumerateObject())
        {
            if (!Known.Contains(property.Name, StringComparer.Ordinal)) problems.Add($"{place}.{property.Name} is unknown; allowed are {string.Join(", ", Known)}.");
            else if (property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) problems.Add($"{place}.{property.Name}: a text belongs here.");
        }

        foreach (var needed in Known.Take(4))
        {
            if (!entry.TryGetProperty(needed, out var value) || value.ValueKind != JsonValueKind.String || value.GetString() is null or "") problems.Add($"{place}.{needed} is missing.");
        }

        foreach (var venue in new[] { "binance", "bybit" })
        {
            if (problems.Count == before && Text(entry, venue) is { } market && !Symbol.TryParse(market, out _)) problems.Add($"{place}.{venue}: '{market}' is not a market.");
        }

        if (problems.Count > before) return null;
        return new Asset(
            Text(entry, "id")!, Text(entry, "ticker")!, Text(entry, "name")!, Text(entry, "coingecko")!, Text(entry, "binance"), Text(entry, "bybit"), Text(entry, "primary"));
    }

    private static IEnumerable<string> Twice(IEnumerable<Asset> assets, Func<Asset, string> name, string shown) =>
        assets.GroupBy(name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => $"{shown}: '{g.Key}' stands there {g.Count()} times.");

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
