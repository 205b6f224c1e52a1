namespace Mts.Simulator.Model;

/// <summary>Which coin is listed where, and under which name.</summary>
internal static class Listings
{
    private static readonly long firstPerpetual = new DateTimeOffset(2019, 9, 8, 17, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long firstBybitLinear = new DateTimeOffset(2020, 3, 15, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long firstBybitSpot = new DateTimeOffset(2021, 7, 5, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static Listing? Of(Coin coin, Venue venue, int index)
    {
        if (coin.Ticker == "USDT") return null;
        return venue switch
        {
            Venue.BinanceSpot when coin.HasBinanceSpot => Spot(coin, venue, coin.ListedMs, coin.SpotLot, index),
            Venue.BybitSpot => Spot(coin, venue, Math.Max(coin.ListedMs, firstBybitSpot), Math.Min(coin.SpotLot + 1, 6), index),
            Venue.BinanceUsdm when coin.HasPerpetual => Perpetual(coin, venue, firstPerpetual, index),
            Venue.BybitLinear when coin.HasPerpetual => Perpetual(coin, venue, firstBybitLinear, index),
            _ => null,
        };
    }

    /// <summary>The listing of a file: steps as fine as its numbers are.</summary>
    public static Listing OfFile(FileCandles file, Venue venue, int index, Listing? like)
    {
        var name = like?.BaseName ?? BaseOf(file.Symbol);
        var coin = like?.Coin ?? new Coin(name.ToLowerInvariant(), name, name, "2017-01-01T00", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        return new Listing(venue, file.Symbol, coin, name, file.PriceDecimals, file.LotDecimals, file.FirstMs, index);
    }

    private static Listing Spot(Coin coin, Venue venue, long listedMs, int lot, int index) =>
        new(venue, coin.Ticker + "USDT", coin, coin.Ticker, coin.SpotPrice, lot, listedMs, index);

    private static Listing Perpetual(Coin coin, Venue venue, long first, int index)
    {
        var name = coin.PerpMultiplier == 1 ? coin.Ticker : venue == Venue.BybitLinear && coin.Ticker == "SHIB" ? "SHIB1000" : $"{coin.PerpMultiplier}{coin.Ticker}";
        return new Listing(venue, name + "USDT", coin, name, coin.PerpPrice, coin.PerpLot, Math.Max(coin.ListedMs, first), index);
    }

    private static string BaseOf(string symbol)
    {
        foreach (var quote in (ReadOnlySpan<string>)["USDT", "USDC", "USD", "BTC", "EUR"])
        {
            if (symbol.Length > quote.Length && symbol.EndsWith(quote, StringComparison.Ordinal)) return symbol[..^quote.Length];
        }

        return symbol;
    }
}
