namespace Mts.Core.Market;

/// <summary>The assets of <c>config/assets.json</c>, found by id, ticker or market.</summary>
public sealed class AssetCatalog(IReadOnlyList<Asset> assets)
{
    public IReadOnlyList<Asset> All { get; } = assets;

    /// <summary>Understands <c>bitcoin</c>, <c>BTC</c>, <c>BTC/USDT</c>, <c>BTCUSDT</c> and <c>BTC/USDT:USDT</c>.</summary>
    /// <returns>The asset and, where the text named one, its market.</returns>
    /// <exception cref="ConfigurationException">Nothing has that name; the message gives the nearest ones.</exception>
    public (Asset Asset, Symbol? Market) Find(string text)
    {
        foreach (var asset in All)
        {
            if (Is(asset.Id, text) || Is(asset.Ticker, text) || Is(asset.Name, text)) return (asset, null);
        }

        if (Symbol.TryParse(text, out var symbol) && All.FirstOrDefault(a => Is(a.Ticker, symbol.Base)) is { } owner) return (owner, symbol);
        var near = NearestNames.To(text, All.SelectMany(a => new[] { a.Id, a.Ticker }));
        throw new ConfigurationException($"unknown asset '{text}'{NearestNames.Suggest(near)}; `mts symbols` lists all, config/assets.json adds one.");
    }

    /// <returns>The id of the asset of that id, ticker or name; the text itself where there is none.</returns>
    public string IdOf(string text) => All.FirstOrDefault(a => Is(a.Id, text) || Is(a.Ticker, text) || Is(a.Name, text))?.Id ?? text;

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
