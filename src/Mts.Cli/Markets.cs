namespace Mts.Cli;

/// <summary>Finds what people mean by <c>bitcoin</c>, <c>BTC</c> or <c>BTC/USDT</c>: an asset, its market at a venue, a stored series.</summary>
internal static class Markets
{
    /// <summary>The market of a venue that is asked for data.</summary>
    /// <exception cref="ConfigurationException">Unknown asset, or one that the venue does not list.</exception>
    public static Symbol At(AssetCatalog assets, string venue, string text)
    {
        var (asset, market) = assets.Find(text);
        return market ?? asset.MarketAt(venue) ?? throw new ConfigurationException(
            $"{venue} has no market for {asset.Id}; {Listing(asset)}, or write the market itself, like {asset.Ticker}/USDT.");
    }

    /// <summary>Finds a market, and says of one that is not there which option or setting asks for it.</summary>
    /// <exception cref="ConfigurationException">As <see cref="At"/>.</exception>
    public static T Named<T>(string from, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (ConfigurationException unknown)
        {
            throw new ConfigurationException($"{from}: {unknown.Message}", unknown);
        }
    }

    /// <summary>The perpetual of a venue.</summary>
    public static Symbol PerpetualAt(AssetCatalog assets, string venue, string text)
    {
        var symbol = At(assets, venue, text);
        return symbol.IsPerpetual ? symbol : symbol with { Settle = symbol.Quote };
    }

    /// <summary>Stored series that fit, those of the preferred venues first.</summary>
    public static IReadOnlyList<SeriesInfo> Stored(IBarStore store, AssetCatalog assets, IReadOnlyList<string> order, string text, string? venue, Interval interval)
    {
        var (asset, market) = Known(assets, text);
        return
        [
            .. store.ListSeries()
                .Where(s => s.Key.Interval == interval && (venue is null || s.Key.Venue == venue) && s.Bars > 0)
                .Where(s => market is { } exact ? s.Key.Symbol == exact : Is(asset!, s.Key))
                .OrderBy(s => Rank(order, s.Key.Venue)).ThenBy(s => s.Key.Symbol == asset?.MarketAt(s.Key.Venue) ? 0 : 1)
                .ThenBy(s => s.Key.Venue, StringComparer.Ordinal).ThenBy(s => s.Key.Symbol.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>A market that is written out may be of an asset that the catalogue does not know, as imported files are.</summary>
    public static (Asset? Asset, Symbol? Market) Known(AssetCatalog assets, string text)
    {
        if (Symbol.TryParse(text, out var symbol) && !assets.All.Any(a => string.Equals(a.Ticker, symbol.Base, StringComparison.OrdinalIgnoreCase))) return (null, symbol);
        return assets.Find(text);
    }

    private static bool Is(Asset asset, SeriesKey key) => !key.Symbol.IsPerpetual && string.Equals(key.Symbol.Base, asset.Ticker, StringComparison.OrdinalIgnoreCase);

    private static int Rank(IReadOnlyList<string> order, string venue)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] == venue) return i;
        }

        return order.Count;
    }

    private static string Listing(Asset asset)
    {
        var venues = new[] { "binance", "bybit", "coingecko" }.Where(v => asset.MarketAt(v) is not null);
        return $"take --source {string.Join(" or ", venues)}";
    }
}
