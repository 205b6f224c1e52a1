using System.IO.Compression;
using System.Text.Json;

namespace Mts.UnitTests.Simulator;

/// <summary>The simulator's answers beside what the services really sent: every field that the recording has is there and of its kind.</summary>
public sealed class RecordedShapeTests
{
    private readonly Ask ask = new();

    [Theory]
    [InlineData("binance/rest_gct.jsonl.gz", "https://api.binance.com/api/v3/klines?endTime", "/api/v3/klines?symbol=BTCUSDT&interval=1d")]
    [InlineData("binance/rest_gct.jsonl.gz", "https://api.binance.com/api/v3/aggTrades?limit", "/api/v3/aggTrades?symbol=BTCUSDT")]
    [InlineData("binance/rest_gct.jsonl.gz", "https://api.binance.com/api/v3/depth?", "/api/v3/depth?symbol=BTCUSDT")]
    [InlineData("binance/rest_gct.jsonl.gz", "https://api.binance.com/api/v3/ticker/24hr?symbol=BTCUSDT", "/api/v3/ticker/24hr?symbol=BTCUSDT")]
    [InlineData("binance/rest_gct.jsonl.gz", "https://api.binance.com/api/v3/ticker/price?symbol=BTCUSDT", "/api/v3/ticker/price?symbol=BTCUSDT")]
    [InlineData("binance/rest_gct.jsonl.gz", "https://api.binance.com/api/v3/avgPrice?symbol=BTCUSDT", "/api/v3/avgPrice?symbol=BTCUSDT")]
    [InlineData("binance/rest_gct.jsonl.gz", "https://api.binance.com/api/v3/exchangeInfo", "/api/v3/exchangeInfo")]
    public void Binance_spot(string file, string recorded, string asked) => Same(file, recorded, Ask.Json(ask.Spot, asked));

    [Theory]
    [InlineData("https://fapi.binance.com/fapi/v1/klines?interval=1d", "/fapi/v1/klines?symbol=BTCUSDT&interval=1d")]
    [InlineData("https://fapi.binance.com/fapi/v1/fundingRate?endTime=1580515200000&limit=1000", "/fapi/v1/fundingRate?symbol=BTCUSDT")]
    [InlineData("https://fapi.binance.com/fapi/v1/premiumIndex?symbol", "/fapi/v1/premiumIndex?symbol=BTCUSDT")]
    [InlineData("https://fapi.binance.com/fapi/v1/fundingInfo", "/fapi/v1/fundingInfo")]
    [InlineData("https://fapi.binance.com/fapi/v1/depth?limit=5", "/fapi/v1/depth?symbol=BTCUSDT&limit=5")]
    [InlineData("https://fapi.binance.com/fapi/v1/aggTrades?endTime=1602819863", "/fapi/v1/aggTrades?symbol=BTCUSDT")]
    [InlineData("https://fapi.binance.com/fapi/v1/exchangeInfo", "/fapi/v1/exchangeInfo")]
    [InlineData("https://fapi.binance.com/fapi/v1/time", "/fapi/v1/time")]
    public void Binance_usdm(string recorded, string asked) => Same("binance/rest_gct.jsonl.gz", recorded, Ask.Json(ask.Usdm, asked));

    [Theory]
    [InlineData("bybit/rest_2026.jsonl", "https://api.bybit.com/v5/market/kline", "/v5/market/kline?category=linear&symbol=BTCUSDT&interval=60&limit=2")]
    [InlineData("bybit/rest_2026.jsonl", "https://api.bybit.com/v5/market/funding/history", "/v5/market/funding/history?category=linear&symbol=BTCUSDT&limit=2")]
    [InlineData("bybit/doc_examples.jsonl", "docs/v5/market/tickers.mdx|inverse", "/v5/market/tickers?category=linear&symbol=BTCUSDT")]
    [InlineData("bybit/doc_examples.jsonl", "docs/v5/market/tickers.mdx|\"spot\"", "/v5/market/tickers?category=spot&symbol=BTCUSDT")]
    [InlineData("bybit/doc_examples.jsonl", "docs/v5/market/instrument.mdx|\"spot\"", "/v5/market/instruments-info?category=spot&symbol=BTCUSDT")]
    [InlineData("bybit/doc_examples.jsonl", "docs/v5/market/orderbook.mdx", "/v5/market/orderbook?category=spot&symbol=BTCUSDT")]
    [InlineData("bybit/doc_examples.jsonl", "docs/v5/market/recent-trade.mdx", "/v5/market/recent-trade?category=spot&symbol=BTCUSDT&limit=1")]
    [InlineData("bybit/doc_examples.jsonl", "docs/v5/market/time.mdx", "/v5/market/time")]
    public void Bybit(string file, string recorded, string asked) => Same(file, recorded, Ask.Json(ask.Bybit, asked));

    [Theory]
    [InlineData("https://api.coingecko.com/api/v3/coins/bitcoin/ohlc?days=7", "/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days=7")]
    [InlineData("https://api.coingecko.com/api/v3/coins/bitcoin/market_chart?days=90&interval=daily", "/api/v3/coins/bitcoin/market_chart?vs_currency=usd&days=90&interval=daily")]
    [InlineData("https://api.coingecko.com/api/v3/coins/bitcoin/market_chart?days=1&", "/api/v3/coins/bitcoin/market_chart?vs_currency=usd&days=1")]
    [InlineData("https://api.coingecko.com/api/v3/simple/price?ids=bitcoin&", "/api/v3/simple/price?ids=bitcoin&vs_currencies=usd")]
    [InlineData("https://api.coingecko.com/api/v3/coins/markets?ids=bitcoin&vs", "/api/v3/coins/markets?vs_currency=usd&ids=bitcoin")]
    public void CoinGecko(string recorded, string asked) => Same("coingecko/rest_2021.jsonl", recorded, Ask.Json(ask.CoinGecko, asked));

    [Theory]
    [InlineData("fred/observations_daily_2023.jsonl", "series_id=T10Y3M", "series/observations", "series_id=T10Y2Y&observation_start=2023-01-01&observation_end=2023-06-06")]
    [InlineData("fred/rest_2024.jsonl.gz", "fred/series?file_type=json&series_id=GDP", "series", "series_id=CPIAUCSL")]
    public void Fred(string file, string recorded, string path, string query) => Same(file, recorded, Ask.Json(ask.Fred, Ask.FredUrl(path, query)));

    [Fact]
    public void Fred_has_rows_on_the_very_days_that_the_real_one_has()
    {
        var real = Body("fred/observations_daily_2023.jsonl", "series_id=T10Y3M").GetProperty("observations").EnumerateArray().Select(r => (r.GetProperty("date").GetString(), r.GetProperty("value").GetString() == "."));
        var ours = Ask.Json(ask.Fred, Ask.FredUrl("series/observations", "series_id=T10Y2Y&observation_start=2023-01-01&observation_end=2023-06-06")).GetProperty("observations").EnumerateArray()
            .Select(r => (r.GetProperty("date").GetString(), r.GetProperty("value").GetString() == "."));
        ours.ShouldBe(real);
    }

    private static void Same(string file, string recorded, JsonElement ours) => Compare(Body(file, recorded), ours, "$");

    // Follows the recording: an object's fields must all be in ours, and the first elements of arrays must be alike.
    private static void Compare(JsonElement real, JsonElement ours, string path)
    {
        if (real.ValueKind == JsonValueKind.Null) return;
        Kind(ours).ShouldBe(Kind(real), path);
        if (real.ValueKind == JsonValueKind.Array && real.GetArrayLength() > 0)
        {
            if (path.EndsWith(".filters", StringComparison.Ordinal))
            {
                foreach (var filter in real.EnumerateArray()) CompareFilter(filter, ours, path);
                return;
            }

            ours.GetArrayLength().ShouldBeGreaterThan(0, path);
            if (real[0].ValueKind is JsonValueKind.Array or JsonValueKind.Object) Compare(real[0], ours[0], path + "[0]");
            else if (path.EndsWith("[0]", StringComparison.Ordinal) && !path.Contains("permissionSets", StringComparison.Ordinal)) ours.EnumerateArray().Select(Kind).ShouldBe(real.EnumerateArray().Select(Kind), path);
        }

        if (real.ValueKind != JsonValueKind.Object) return;
        foreach (var field in real.EnumerateObject())
        {
            ours.TryGetProperty(field.Name, out var value).ShouldBeTrue($"{path}.{field.Name} is missing");
            if (value.ValueKind != JsonValueKind.Null) Compare(field.Value, value, $"{path}.{field.Name}");
        }
    }

    private static void CompareFilter(JsonElement filter, JsonElement ours, string path)
    {
        var type = filter.GetProperty("filterType").GetString();
        // Removed from USD-M at the end of 2025.
        if (type == "MAX_NUM_ALGO_ORDERS" && !filter.TryGetProperty("maxNumAlgoOrders", out _)) return;
        var mine = ours.EnumerateArray().FirstOrDefault(f => f.GetProperty("filterType").GetString() == type);
        mine.ValueKind.ShouldBe(JsonValueKind.Object, $"{path} lacks {type}");
        Compare(filter, mine, $"{path}.{type}");
    }

    private static string Kind(JsonElement element) => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : element.ValueKind.ToString();

    /// <param name="file">Below the recordings' folder.</param>
    /// <param name="what">The start of the URL, or a part of it; for documentation the page and, after a bar, a word of the body.</param>
    private static JsonElement Body(string file, string what)
    {
        var folder = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("MTS_RECORDINGS names no folder of recordings.");
        using var stream = File.OpenRead(Path.Combine(folder, file));
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        var parts = what.Split('|');
        while (reader.ReadLine() is { } line)
        {
            var entry = JsonDocument.Parse(line).RootElement;
            var isDocument = entry.TryGetProperty("data", out var data);
            var source = isDocument ? entry.GetProperty("source").GetString() : entry.GetProperty("request").GetProperty("url").GetString();
            var body = (isDocument ? data : entry.GetProperty("response").GetProperty("body")).GetString() ?? "";
            if (source is not null && source.Contains(parts[0], StringComparison.Ordinal) && body.Contains(parts[^1] == parts[0] ? "" : parts[^1], StringComparison.Ordinal)) return JsonDocument.Parse(body).RootElement;
        }

        throw new InvalidOperationException($"{file} holds no {what}.");
    }
}
