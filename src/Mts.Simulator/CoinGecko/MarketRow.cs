using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.CoinGecko;

/// <summary>One row of coins/markets.</summary>
internal sealed class MarketRow
{
    private readonly long nowMs;
    private readonly double price;
    private readonly double before;
    private readonly (double Price, long Ms) highest;
    private readonly (double Price, long Ms) lowest;
    private readonly (double High, double Low) day;

    public MarketRow(Coin coin, string currency, VendorPrices prices, long nowMs)
    {
        Coin = coin;
        this.nowMs = nowMs;
        HasPrice = prices.Price(coin, currency, nowMs) is not null;
        if (!HasPrice) return;
        price = prices.Price(coin, currency, nowMs) ?? 0;
        before = prices.Price(coin, currency, nowMs - Clock.Day) ?? price;
        Volume = prices.TrailingVolume(coin, currency, nowMs);
        var span = new Span(Clock.Day);
        (highest, lowest, day) = ((price, nowMs), (price, nowMs), (price, price));
        for (var open = span.Floor(prices.FirstMs(coin)); open <= nowMs; open += Clock.Day)
        {
            if (prices.Bar(coin, currency, span, open, nowMs) is not { } bar) continue;
            if (bar.High > highest.Price) highest = (bar.High, open);
            if (bar.Low < lowest.Price) lowest = (bar.Low, open);
            if (open + Clock.Day > nowMs) day = (Math.Max(bar.High, before), Math.Min(bar.Low, before));
        }
    }

    public Coin Coin { get; }

    public bool HasPrice { get; }

    public double MarketCap => price * Coin.Supply * 1e6;

    public double Volume { get; }

    public void Write(Utf8JsonWriter w, int rank)
    {
        var capBefore = before * Coin.Supply * 1e6;
        w.WriteStartObject();
        w.WriteString("id", Coin.Id);
        w.WriteString("symbol", Coin.Ticker.ToLowerInvariant());
        w.WriteString("name", Coin.Name);
        w.WriteString("image", $"https://coin-images.coingecko.com/coins/images/{rank}/large/{Coin.Id}.png?1696501400");
        Number(w, "current_price", Rounding.Price(price, null));
        Number(w, "market_cap", Math.Round(MarketCap));
        w.WriteNumber("market_cap_rank", rank);
        Number(w, "fully_diluted_valuation", Math.Round(price * (Coin.MaxSupply ?? Coin.Supply) * 1e6));
        Number(w, "total_volume", Math.Round(Volume));
        Number(w, "high_24h", Rounding.Price(day.High, null));
        Number(w, "low_24h", Rounding.Price(day.Low, null));
        Number(w, "price_change_24h", price - before);
        Number(w, "price_change_percentage_24h", Math.Round(100 * ((price / before) - 1), 5));
        Number(w, "market_cap_change_24h", MarketCap - capBefore);
        Number(w, "market_cap_change_percentage_24h", Math.Round(100 * ((price / before) - 1), 5));
        Float(w, "circulating_supply", Coin.Supply * 1e6);
        Float(w, "total_supply", (Coin.MaxSupply ?? Coin.Supply) * 1e6);
        if (Coin.MaxSupply is { } most) Float(w, "max_supply", most * 1e6);
        else w.WriteNull("max_supply");
        Number(w, "ath", Rounding.Price(highest.Price, null));
        Number(w, "ath_change_percentage", Math.Round(100 * ((price / highest.Price) - 1), 5));
        w.WriteString("ath_date", Iso(highest.Ms));
        Number(w, "atl", Rounding.Significant(lowest.Price, 6));
        Number(w, "atl_change_percentage", Math.Round(100 * ((price / lowest.Price) - 1), 5));
        w.WriteString("atl_date", Iso(lowest.Ms));
        w.WriteNull("roi");
        w.WriteString("last_updated", Iso(nowMs - 17_000));
        w.WriteEndObject();
    }

    private static string Iso(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private static void Number(Utf8JsonWriter w, string name, double value)
    {
        w.WritePropertyName(name);
        w.Number(value);
    }

    private static void Float(Utf8JsonWriter w, string name, double value)
    {
        w.WritePropertyName(name);
        w.RubyFloat(value);
    }
}
