using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Feeds;

namespace Mts.Cli.Live;

/// <summary>The venues that can be followed in real time; a new one is a line here.</summary>
internal static class VenueProtocols
{
    public static IReadOnlyList<string> Venues { get; } = ["binance", "bybit"];

    /// <param name="venue">Lower case.</param>
    /// <param name="market">Spot or perpetual.</param>
    /// <param name="depth">Levels a side of the book stream, where the venue offers several.</param>
    /// <exception cref="ConfigurationException">Unknown venue.</exception>
    public static IVenueProtocol Of(string venue, MarketKind market, int depth) => (venue, market) switch
    {
        ("binance", MarketKind.Spot) => new BinanceSpotStream(new BinanceStreamSettings()),
        ("binance", MarketKind.Perpetual) => new BinanceUsdmStream(new BinanceStreamSettings()),
        ("bybit", _) => new BybitStream(market, new BybitStreamSettings { BookDepth = depth }),
        _ => throw new ConfigurationException($"unknown venue '{venue}'{NearestNames.Suggest(NearestNames.To(venue, Venues))}; allowed are {string.Join(", ", Venues)}."),
    };

    /// <summary>Reads <c>spot</c> and <c>perp</c>.</summary>
    /// <exception cref="ConfigurationException">Anything else.</exception>
    public static MarketKind Market(string text) => text switch
    {
        MarketKindText.Spot => MarketKind.Spot,
        MarketKindText.Perpetual => MarketKind.Perpetual,
        _ => throw new ConfigurationException($"unknown market '{text}'; allowed are spot, perp."),
    };
}
