using System.Text.Json;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.CoinGecko;

/// <summary>Live prices and the lists of coins.</summary>
internal sealed class PriceEndpoints(VendorPrices prices)
{
    // A ticker belongs to many ids; these have no market data.
    private static readonly (string Id, string Symbol, string Name)[] namesakes =
    [
        ("batcat", "btc", "batcat"), ("bitcoin-wormhole", "btc", "Bitcoin (Wormhole)"), ("ethereum-wormhole", "eth", "Ethereum (Wormhole)"),
        ("solana-wormhole", "sol", "Solana (Wormhole)"), ("bridged-usdc", "usdc", "Bridged USDC"), ("dog-2", "doge", "Dog"),
    ];

    public static Reply Currencies() => CoinGeckoErrors.Ok(w =>
    {
        w.WriteStartArray();
        foreach (var currency in VendorPrices.Currencies) w.WriteStringValue(currency);
        w.WriteEndArray();
    });

    public Reply Simple(SimRequest request)
    {
        var parameters = request.Parameters;
        if ((parameters["ids"] ?? parameters["names"] ?? parameters["symbols"]) is null) throw CoinGeckoErrors.Missing("ids");
        var currencies = (parameters["vs_currencies"] ?? throw CoinGeckoErrors.Missing("vs_currencies")).Split(',');
        int? digits = parameters["precision"] switch { null => null, "full" => 15, var text when int.TryParse(text, out var d) => d, _ => throw CoinGeckoErrors.Invalid("precision") };
        return CoinGeckoErrors.Ok(w =>
        {
            w.WriteStartObject();
            foreach (var (id, coin) in Chosen(request))
            {
                w.WriteStartObject(id);
                if (coin is not null) SimpleRow(w, coin, currencies, digits, request);
                w.WriteEndObject();
            }

            w.WriteEndObject();
        });
    }

    public static Reply List(SimRequest request)
    {
        var withPlatform = request.Parameters["include_platform"] == "true";
        var rows = VendorPrices.Listed(request.NowMs).Select(c => (c.Id, Symbol: c.Ticker.ToLowerInvariant(), c.Name)).Concat(namesakes).OrderBy(c => c.Id, StringComparer.Ordinal);
        return CoinGeckoErrors.Ok(w =>
        {
            w.WriteStartArray();
            foreach (var (id, symbol, name) in rows)
            {
                w.WriteStartObject();
                w.WriteString("id", id);
                w.WriteString("symbol", symbol);
                w.WriteString("name", name);
                if (withPlatform)
                {
                    w.WriteStartObject("platforms");
                    w.WriteEndObject();
                }

                w.WriteEndObject();
            }

            w.WriteEndArray();
        });
    }

    public Reply Markets(SimRequest request)
    {
        var parameters = request.Parameters;
        var currency = parameters["vs_currency"] ?? throw CoinGeckoErrors.Missing("vs_currency");
        if (!VendorPrices.Currencies.Contains(currency)) throw new RefusalException(CoinGeckoErrors.Plain(422, "invalid vs_currency"));
        var size = Number(parameters["per_page"], 100, 250);
        var page = Number(parameters["page"], 1, int.MaxValue);
        var ranked = VendorPrices.Listed(request.NowMs).Select(c => new MarketRow(c, currency, prices, request.NowMs)).Where(r => r.HasPrice)
            .OrderByDescending(r => r.MarketCap).Select((row, index) => (row, Rank: index + 1)).ToList();
        var wanted = (parameters["ids"] ?? parameters["names"] ?? parameters["symbols"]) is null ? null : Chosen(request).Select(c => c.Id).ToHashSet();
        var rows = ranked.Where(r => wanted is null || wanted.Contains(r.row.Coin.Id));
        rows = parameters["order"] switch
        {
            null or "market_cap_desc" => rows,
            "market_cap_asc" => rows.Reverse(),
            "volume_desc" => rows.OrderByDescending(r => r.row.Volume),
            "volume_asc" => rows.OrderBy(r => r.row.Volume),
            "id_asc" => rows.OrderBy(r => r.row.Coin.Id, StringComparer.Ordinal),
            "id_desc" => rows.OrderByDescending(r => r.row.Coin.Id, StringComparer.Ordinal),
            _ => throw CoinGeckoErrors.Invalid("order"),
        };
        return CoinGeckoErrors.Ok(w =>
        {
            w.WriteStartArray();
            foreach (var (row, rank) in rows.Skip((int)Math.Min(int.MaxValue, ((long)page - 1) * size)).Take(size)) row.Write(w, rank);
            w.WriteEndArray();
        });
    }

    private void SimpleRow(Utf8JsonWriter w, Coin coin, string[] currencies, int? digits, SimRequest request)
    {
        var now = request.NowMs;
        foreach (var currency in currencies.Where(VendorPrices.Currencies.Contains))
        {
            if (prices.Price(coin, currency, now) is not { } price) continue;
            w.WritePropertyName(currency);
            w.Number(Rounding.Price(price, digits));
            Optional(w, request, "include_market_cap", $"{currency}_market_cap", price * coin.Supply * 1e6);
            Optional(w, request, "include_24hr_vol", $"{currency}_24h_vol", prices.TrailingVolume(coin, currency, now));
            if (prices.Price(coin, currency, now - Clock.Day) is { } before) Optional(w, request, "include_24hr_change", $"{currency}_24h_change", 100 * ((price / before) - 1));
        }

        if (request.Parameters["include_last_updated_at"] == "true") w.WriteNumber("last_updated_at", (now / 1_000) - 20);
    }

    private static void Optional(Utf8JsonWriter w, SimRequest request, string parameter, string name, double value)
    {
        if (request.Parameters[parameter] != "true") return;
        w.WritePropertyName(name);
        w.RubyFloat(value);
    }

    // An unknown id is left out, one without market data is empty.
    private static IEnumerable<(string Id, Coin? Coin)> Chosen(SimRequest request)
    {
        var all = VendorPrices.Listed(request.NowMs).Select(c => (c.Id, Coin: (Coin?)c, Symbol: c.Ticker.ToLowerInvariant(), c.Name))
            .Concat(namesakes.Select(n => (n.Id, Coin: (Coin?)null, n.Symbol, n.Name)));
        if (request.Parameters["ids"] is { } ids) return [.. Matching(all, ids, c => c.Id)];
        if (request.Parameters["names"] is { } names) return [.. Matching(all, names, c => c.Name)];
        return [.. Matching(all.Where(c => c.Coin is not null), request.Parameters["symbols"] ?? "", c => c.Symbol)];
    }

    private static IEnumerable<(string Id, Coin? Coin)> Matching(
        IEnumerable<(string Id, Coin? Coin, string Symbol, string Name)> all, string list, Func<(string Id, Coin? Coin, string Symbol, string Name), string> field)
    {
        var wanted = list.Split(',').ToHashSet(StringComparer.Ordinal);
        return all.Where(c => wanted.Contains(field(c))).Select(c => (c.Id, c.Coin));
    }

    private static int Number(string? text, int usual, int most) =>
        text is null ? usual : int.TryParse(text, out var number) && number >= 1 ? Math.Min(number, most) : usual;
}
