using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>Makes the plan of a session out of what people ask for.</summary>
internal static class StreamPlans
{
    /// <param name="assets">Names of assets and markets.</param>
    /// <param name="venues">Lower case.</param>
    /// <param name="markets">Spot, perpetual, or both.</param>
    /// <param name="symbols">Assets or markets.</param>
    /// <param name="symbolsFrom">The option or setting that names them.</param>
    /// <param name="channels">What to follow.</param>
    /// <param name="depth">Levels a side of the book stream, where the venue offers several.</param>
    /// <param name="options">How patient the feeds are.</param>
    /// <param name="seed">Spreads the waits.</param>
    /// <exception cref="ConfigurationException">An unknown venue, asset or market.</exception>
    public static StreamPlan Of(
        AssetCatalog assets, IReadOnlyList<string> venues, IReadOnlyList<MarketKind> markets, IReadOnlyList<string> symbols, string symbolsFrom, IReadOnlyList<Channel> channels, int depth, FeedOptions options, int seed)
    {
        var feeds = new List<FeedPlan>();
        foreach (var venue in venues.Distinct(StringComparer.Ordinal))
        {
            foreach (var market in markets.Distinct())
            {
                var protocol = VenueProtocols.Of(venue, market, depth);
                var names = symbols.Select(s => SymbolAt(assets, venue, market, s, symbolsFrom)).OfType<Symbol>().Select(s => s.ToString()).Distinct(StringComparer.Ordinal).ToList();
                var followed = channels.Where(protocol.Channels.Contains).Select(c => c.ToString().ToLowerInvariant()).ToList();
                if (names.Count > 0 && followed.Count > 0) feeds.Add(new FeedPlan(venue, market.ToText(), names, followed, depth));
            }
        }

        if (feeds.Count == 0) throw new ConfigurationException("there is nothing to follow: name at least one venue, one symbol that fits the markets, and one channel that they have (mark and liquidation are of perpetuals).");
        return new StreamPlan { Seed = seed, Feeds = feeds, Options = options };
    }

    // A pair or an asset is followed in every market that is asked for, a perpetual that is written out only there. A pair need not be of a known asset: the
    // venues are asked for it before anything begins.
    private static Symbol? SymbolAt(AssetCatalog assets, string venue, MarketKind market, string text, string from)
    {
        var symbol = Markets.Named(from, () => Markets.Known(assets, text) is (null, { } unknown) ? unknown : Markets.At(assets, venue, text));
        if (market == MarketKind.Perpetual && !symbol.IsPerpetual) symbol = symbol with { Settle = symbol.Quote };
        return symbol.IsPerpetual == (market == MarketKind.Perpetual) ? symbol : null;
    }
}
