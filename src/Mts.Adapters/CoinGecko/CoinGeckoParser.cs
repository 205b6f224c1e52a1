using Mts.Adapters.Wire;

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
        var candles = Reader("ohlc", body).Items(EndStamped);
        Check(candles, interval);
        return [.. candles.Where(c => c.OpenTime <= settled && interval.IsOnGrid(c.OpenTime)).Select(c => c with { OpenTime = c.OpenTime - interval.Length })];
    }

    /// <summary>Samples of <c>/coins/{id}/market_chart</c> in the order of the payload, whose last one is the live value where the range ends now.</summary>
    public static IReadOnlyList<PricePoint> MarketChart(ReadOnlySpan<byte> body)
    {
        var (prices, volumes) = Chart(Reader("market_chart", body));
        var volumeAt = new Dictionary<Timestamp, double?>();
        foreach (var (time, volume) in volumes) volumeAt[time] = volume;
        return [.. prices.Where(p => p.Value is not null).Select(p => new PricePoint(p.Time, p.Value!.Value, volumeAt.GetValueOrDefault(p.Time)))];
    }

    /// <summary>Prices of <c>/simple/price</c>; unknown coins and coins without a market are missing.</summary>
    public static IReadOnlyList<CoinPrice> SimplePrice(ReadOnlySpan<byte> body, string currency)
    {
        var reader = Reader("simple/price", body);
        var prices = new List<CoinPrice>();
        reader.StartObject();
        while (reader.NextField())
        {
            if (Price(ref reader, reader.FieldName(), currency) is { } price) prices.Add(price);
        }

        return prices;
    }

    /// <summary>Names of <c>/coins/list</c>.</summary>
    public static IReadOnlyList<CoinName> CoinsList(ReadOnlySpan<byte> body) => Reader("coins/list", body).Items(static (ref row) => Market(ref row).Name);

    /// <summary>Rows of <c>/coins/markets</c>.</summary>
    public static IReadOnlyList<CoinMarket> Markets(ReadOnlySpan<byte> body) => Reader("coins/markets", body).Items(Market);

    /// <summary>Whether it is the answer of <c>/ping</c>.</summary>
    public static bool IsGreeting(ReadOnlySpan<byte> body)
    {
        var reader = Reader("ping", body);
        reader.StartObject();
        return reader.NextField() && reader.IsField("gecko_says"u8);
    }

    private static WireReader Reader(string what, ReadOnlySpan<byte> body) => new(body, $"{CoinGeckoClient.ServiceName}: {what} is not as documented");

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
    private static Bar EndStamped(ref WireReader reader)
    {
        reader.StartArray();
        reader.Item("the end");
        var end = reader.Milliseconds();
        var bar = new Bar(end, Column(ref reader, "the open"), Column(ref reader, "the high"), Column(ref reader, "the low"), Column(ref reader, "the close"), double.NaN);
        return reader.NextItem() ? throw reader.Fail("a candle has more than five columns") : bar;
    }

    private static double Column(ref WireReader reader, string name)
    {
        reader.Item(name);
        return reader.Number();
    }

    private static (List<(Timestamp Time, double? Value)> Prices, List<(Timestamp Time, double? Value)> Volumes) Chart(WireReader reader)
    {
        List<(Timestamp, double?)>? prices = null, volumes = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("prices"u8)) prices = reader.Items(Sample);
            else if (reader.IsField("total_volumes"u8)) volumes = reader.Items(Sample);
            else reader.Skip();
        }

        return (reader.Require(prices, "prices"), volumes ?? []);
    }

    private static (Timestamp, double?) Sample(ref WireReader reader)
    {
        reader.StartArray();
        reader.Item("the time");
        var time = reader.Milliseconds();
        reader.Item("the value");
        var value = reader.NumberOrNull();
        return reader.NextItem() ? throw reader.Fail("a sample has more than two columns") : (time, value);
    }

    private static CoinPrice? Price(ref WireReader reader, string id, string currency)
    {
        var volumeField = currency + "_24h_vol";
        double? price = null, volume = null;
        Timestamp? updated = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField(currency)) price = reader.NumberOrNull();
            else if (reader.IsField(volumeField)) volume = reader.NumberOrNull();
            else if (reader.IsField("last_updated_at"u8) && reader.IsNumber()) updated = reader.Seconds();
            else reader.Skip();
        }

        return price is { } value ? new CoinPrice(id, value, volume, updated) : null;
    }

    private static CoinMarket Market(ref WireReader reader)
    {
        string? id = null, symbol = null, name = null, updated = null;
        double? price = null, cap = null, volume = null, rank = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("id"u8)) id = reader.Text();
            else if (reader.IsField("symbol"u8)) symbol = reader.TextOrNull();
            else if (reader.IsField("name"u8)) name = reader.TextOrNull();
            else if (reader.IsField("last_updated"u8)) updated = reader.TextOrNull();
            else if (reader.IsField("current_price"u8)) price = reader.NumberOrNull();
            else if (reader.IsField("market_cap"u8)) cap = reader.NumberOrNull();
            else if (reader.IsField("market_cap_rank"u8)) rank = reader.NumberOrNull();
            else if (reader.IsField("total_volume"u8)) volume = reader.NumberOrNull();
            else reader.Skip();
        }

        if (string.IsNullOrEmpty(id)) throw reader.Fail("a coin has no id");
        return new CoinMarket(new CoinName(id, symbol ?? "", name ?? ""), (int?)rank, price, cap, volume, Timestamp.TryParse(updated, out var time) ? time : null);
    }
}
