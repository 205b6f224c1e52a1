using System.Globalization;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>The names of Binance's streams.</summary>
internal static class BinanceStreams
{
    private const long Ms = 1_000;

    /// <summary>The channel of a stream, or null where there is none: such names are acknowledged all the same.</summary>
    public static Channel? Find(SimulatedVenue venue, string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || name[..at] is not { } symbol || symbol.Any(char.IsAsciiLetterUpper)) return null;
        if (venue.Player is { } player) return player.ChannelOf(name);
        if (Maker(venue.Venue, name, name[(at + 1)..]) is not { } make || venue.InstrumentOf(symbol.ToUpperInvariant()) is not { } instrument) return null;
        return venue.Channels.FindOrMake(name, instrument, () => make(instrument.Market));
    }

    /// <summary>Which address of the futures delivers a stream.</summary>
    public static Route RouteOf(string name)
    {
        var kind = name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return kind.StartsWith("depth", StringComparison.Ordinal) || kind is "bookTicker" or "trade" ? Route.Public : Route.Market;
    }

    private static Func<LiveMarket, Channel>? Maker(Venue venue, string name, string kind)
    {
        var isSpot = venue == Venue.BinanceSpot;
        if (kind.StartsWith("kline_", StringComparison.Ordinal))
        {
            var interval = kind[6..];
            return Span.Parse(interval) is { } span && span.Ms != Clock.Second ? m => new BinanceKlineChannel(name, m, isSpot ? 2_000 * Ms : 250 * Ms, span, interval) : null;
        }

        if (kind.StartsWith("depth", StringComparison.Ordinal)) return Depth(isSpot, name, kind[5..]);
        return kind switch
        {
            "trade" => m => new BinanceTradeChannel(name, m, isAggregated: false),
            "aggTrade" => m => new BinanceTradeChannel(name, m, isAggregated: true),
            "bookTicker" => m => new BinanceQuoteChannel(name, m),
            "markPrice" when !isSpot => m => new BinanceMarkChannel(name, m, 3_000 * Ms),
            "markPrice@1s" when !isSpot => m => new BinanceMarkChannel(name, m, 1_000 * Ms),
            "forceOrder" when !isSpot => m => new BinanceForceOrderChannel(name, m),
            _ => null,
        };
    }

    private static Func<LiveMarket, Channel>? Depth(bool isSpot, string name, string rest)
    {
        var parts = rest.Split('@');
        long? period = (isSpot, parts.Length > 1 ? parts[1] : "") switch
        {
            (true, "") => 1_000 * Ms,
            (false, "") => 250 * Ms,
            (_, "100ms") => 100 * Ms,
            (false, "0ms") => 0,
            (false, "250ms") => 250 * Ms,
            (false, "500ms") => 500 * Ms,
            _ => null,
        };
        if (period is not { } every || parts.Length > 2) return null;
        if (parts[0].Length == 0) return m => new BinanceDepthChannel(name, m, every);
        return parts[0] is "5" or "10" or "20" ? m => new BinancePartialChannel(name, m, every, int.Parse(parts[0], CultureInfo.InvariantCulture)) : null;
    }
}
