using System.Text.Json;
using Mts.Adapters.Http;

namespace Mts.Adapters.CoinGecko;

/// <summary>CoinGecko's payloads as domain values.</summary>
/// <exception cref="DataValidationException">Each method throws it for a payload that is not as documented.</exception>
public static class CoinGeckoParser
{
    /// <summary>Candles of <c>/coins/{id}/ohlc</c>. Their stamp is the candle's end; the bars returned carry the open time and no volume.</summary>
    /// <param name="body">The payload.</param>
    /// <param name="interval">Length of a candle, which the number of days asked for decides.</param>
    /// <param name="settled">Candles that end later are left out: they were not finished when the service made its answer.</param>
    public static IReadOnlyList<Bar> Ohlc(ReadOnlySpan<byte> body, Interval interval, Timestamp settled)
    {
        var candles = JsonPull.Read(CoinGeckoClient.ServiceName, "ohlc", body, static (ref Utf8JsonReader reader) => reader.Array(EndStamped));
        Check(candles, interval);
        return [.. candles.Where(c => c.OpenTime <= settled && interval.IsOnGrid(c.OpenTime)).Select(c => c with { OpenTime = c.OpenTime - interval.Length })];
    }

    /// <summary>Samples of <c>/coins/{id}/market_chart</c> in the order of the payload, whose last one is the live value where the range ends now.</summary>
    public static IReadOnlyList<PricePoint> MarketChart(ReadOnlySpan<byte> body)
    {
        var (prices, volumes) = JsonPull.Read(CoinGeckoClient.ServiceName, "market_chart", body, Chart);
        var volumeAt = new Dictionary<Timestamp, double?>();
        foreach (var (time, volume) in volumes) volumeAt[time] = volume;
        return [.. prices.Where(p => p.Value is not null).Select(p => new PricePoint(p.Time, p.Value!.Value, volumeAt.GetValueOrDefault(p.Time)))];
    }

    /// <summary>Prices of <c>/simple/price</c>; unknown coins and coins without a market are missing.</summary>
    public static IReadOnlyList<CoinPrice> SimplePrice(ReadOnlySpan<byte> body, string currency) =>
        JsonPull.Read(CoinGeckoClient.ServiceName, "simple/price", body, (ref Utf8JsonReader reader) =>
        {
            reader.Expect(JsonTokenType.StartObject);
            var prices = new List<CoinPrice>();
            while (reader.NextProperty() is { } id)
            {
                if (Price(ref reader, id, currency) is { } price) prices.Add(price);
            }

            return prices;
        });

    /// <summary>Names of <c>/coins/list</c>.</summary>
    public static IReadOnlyList<CoinName> CoinsList(ReadOnlySpan<byte> body) =>
        JsonPull.Read(CoinGeckoClient.ServiceName, "coins/list", body, static (ref Utf8JsonReader reader) => reader.Array(static (ref Utf8JsonReader row) => Market(ref row).Name));

    /// <summary>Rows of <c>/coins/markets</c>.</summary>
    public static IReadOnlyList<CoinMarket> Markets(ReadOnlySpan<byte> body) =>
        JsonPull.Read(CoinGeckoClient.ServiceName, "coins/markets", body, static (ref Utf8JsonReader reader) => reader.Array(Market));

    // The last candle may be unfinished and stamped with the present; any other one off the grid belongs to another interval.
    private static void Check(List<Bar> candles, Interval interval)
    {
        var shortest = long.MaxValue;
        for (var i = 1; i < candles.Count; i++)
        {
            shortest = Math.Min(shortest, candles[i].OpenTime.Micros - candles[i - 1].OpenTime.Micros);
            if (shortest <= 0) throw new DataValidationException($"coingecko: ohlc is not in the order of time at {candles[i].OpenTime}; nothing of it was used.");
            if (!interval.IsOnGrid(candles[i - 1].OpenTime)) throw WrongInterval(candles[i - 1].OpenTime, interval);
        }

        if (candles.Count > 1 && shortest > interval.Micros) throw WrongInterval(candles[0].OpenTime, interval);
    }

    private static DataValidationException WrongInterval(Timestamp at, Interval interval) =>
        new($"coingecko: ohlc has candles other than the {interval} ones asked for, at {at}; nothing of it was used.");

    // Carries the candle's end in place of its open time.
    private static Bar EndStamped(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartArray);
        _ = reader.Read();
        var end = Milliseconds(ref reader);
        Span<double> prices = stackalloc double[4];
        foreach (ref var price in prices)
        {
            _ = reader.Read();
            price = reader.Number();
        }

        if (reader.NextElement()) throw new FormatException("A candle has more than five columns.");
        return new Bar(end, prices[0], prices[1], prices[2], prices[3], double.NaN);
    }

    private static (List<(Timestamp Time, double? Value)> Prices, List<(Timestamp Time, double? Value)> Volumes) Chart(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        List<(Timestamp, double?)>? prices = null, volumes = null;
        while (reader.NextProperty() is { } name)
        {
            if (name == "prices") prices = reader.Array(Sample);
            else if (name == "total_volumes") volumes = reader.Array(Sample);
            else reader.Skip();
        }

        return (prices ?? throw new FormatException("There is no 'prices'."), volumes ?? []);
    }

    private static (Timestamp, double?) Sample(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartArray);
        _ = reader.Read();
        var time = Milliseconds(ref reader);
        _ = reader.Read();
        var value = reader.NumberOrNull();
        return reader.NextElement() ? throw new FormatException("A sample has more than two columns.") : (time, value);
    }

    private static CoinPrice? Price(ref Utf8JsonReader reader, string id, string currency)
    {
        reader.Expect(JsonTokenType.StartObject);
        double? price = null, volume = null;
        Timestamp? updated = null;
        while (reader.NextProperty() is { } name)
        {
            if (name == currency) price = reader.NumberOrNull();
            else if (name == currency + "_24h_vol") volume = reader.NumberOrNull();
            else if (name == "last_updated_at" && reader.TokenType == JsonTokenType.Number) updated = Timestamp.FromUnixSeconds(reader.GetInt64());
            else reader.Skip();
        }

        return price is { } value ? new CoinPrice(id, value, volume, updated) : null;
    }

    private static CoinMarket Market(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        string? id = null, symbol = null, title = null, updated = null;
        double? price = null, cap = null, volume = null, rank = null;
        while (reader.NextProperty() is { } name)
        {
            switch (name)
            {
                case "id": id = reader.GetString(); break;
                case "symbol": symbol = reader.GetString(); break;
                case "name": title = reader.GetString(); break;
                case "last_updated": updated = reader.GetString(); break;
                case "current_price": price = reader.NumberOrNull(); break;
                case "market_cap": cap = reader.NumberOrNull(); break;
                case "market_cap_rank": rank = reader.NumberOrNull(); break;
                case "total_volume": volume = reader.NumberOrNull(); break;
                default: reader.Skip(); break;
            }
        }

        if (string.IsNullOrEmpty(id)) throw new FormatException("A coin has no id.");
        return new CoinMarket(new CoinName(id, symbol ?? "", title ?? ""), (int?)rank, price, cap, volume, Timestamp.TryParse(updated, out var time) ? time : null);
    }

    private static Timestamp Milliseconds(ref Utf8JsonReader reader) => Timestamp.FromUnixMilliseconds(reader.GetInt64());
}
