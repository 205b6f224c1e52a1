using Mts.Simulator.Model;

namespace Mts.Simulator.CoinGecko;

/// <summary>The vendor's prices: the largest spot market's, turned into dollars and then into the currency asked for.</summary>
internal sealed class VendorPrices(Exchange exchange)
{
    // The vendor adds up many venues.
    private const double VenuesPerVenue = 3.2;

    public static IReadOnlyList<string> Currencies { get; } = ["btc", "eth", "bnb", "sol", "xrp", "usd", "eur", "cny"];

    public static IEnumerable<Coin> Listed(long nowMs) => Coins.All.Where(c => c.ListedMs <= nowMs);

    public static Coin? Find(string? id, long nowMs) => Listed(nowMs).FirstOrDefault(c => c.Id == id);

    /// <summary>First moment at which the vendor knows a price.</summary>
    public long FirstMs(Coin coin) => Source(coin)?.Candles.FirstMs ?? coin.ListedMs;

    /// <summary>The price at a moment, or null before the coin was listed.</summary>
    public double? Price(Coin coin, string currency, long ms) => Dollars(coin, ms) is { } usd && Divisor(currency, ms) is { } unit ? usd / unit : null;

    /// <summary>Open, high, low and close of a bucket in <paramref name="currency"/>, at what the currency was worth when it opened.</summary>
    public (double Open, double High, double Low, double Close)? Bar(Coin coin, string currency, Span span, long openMs, long nowMs)
    {
        if (Source(coin) is not { } market)
        {
            return Price(coin, currency, openMs) is { } open && Price(coin, currency, Math.Min(nowMs, span.Next(openMs) - 1)) is { } close
                ? (open, Math.Max(open, close), Math.Min(open, close), close)
                : null;
        }

        if (market.Candles.Bar(span, openMs, nowMs) is not { } bar || Divisor(currency, openMs) is not { } unit) return null;
        var rate = market.Listing.PriceUnit * TetherInDollars(openMs) / unit;
        return (bar.Open * rate, bar.High * rate, bar.Low * rate, bar.Close * rate);
    }

    /// <summary>Turnover of the 24 hours before a moment.</summary>
    public double TrailingVolume(Coin coin, string currency, long ms)
    {
        if (Source(coin) is not { } market) return (coin.Supply * 1e6 * 0.4) / (Divisor(currency, ms) ?? 1);
        var hour = Clock.FloorDiv(ms, Clock.Hour) * Clock.Hour;
        var bar = market.Candles.Bar(new Span(Clock.Day, hour % Clock.Day), hour - Clock.Day, hour);
        var dollars = bar is { } b ? (double)b.Quote * market.Listing.PriceUnit * market.Listing.LotUnit * VenuesPerVenue : 0;
        return dollars / (Divisor(currency, ms) ?? 1);
    }

    private Market? Source(Coin coin) =>
        exchange.Find(Venue.BinanceSpot, coin.Ticker + "USDT") ?? exchange.Find(Venue.BybitSpot, coin.Ticker + "USDT");

    private double? Dollars(Coin coin, long ms)
    {
        if (coin.Ticker == "USDT") return TetherInDollars(ms);
        return Source(coin)?.PriceAt(ms) is { } price ? price * TetherInDollars(ms) : null;
    }

    private double TetherInDollars(long ms)
    {
        var day = exchange.Paths["tether"][Clock.DayOf(ms)];
        var passed = (ms - (Clock.DayOf(ms) * Clock.Day)) / (double)Clock.Day;
        return day.Open + ((day.Close - day.Open) * passed);
    }

    /// <summary>What one unit of a currency is worth in dollars; null where it is unknown at that time.</summary>
    private double? Divisor(string currency, long ms) => currency switch
    {
        "usd" => 1,
        "eur" => Macro.MacroModel.DollarsPerEuro(exchange.Weather[Clock.DayOf(ms)]),
        "cny" => 1 / Macro.MacroModel.YuanPerDollar(exchange.Weather[Clock.DayOf(ms)]),
        _ => Coins.All.FirstOrDefault(c => string.Equals(c.Ticker, currency, StringComparison.OrdinalIgnoreCase)) is { } coin ? Dollars(coin, ms) : null,
    };
}
