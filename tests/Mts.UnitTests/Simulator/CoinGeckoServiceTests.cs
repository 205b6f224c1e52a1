using System.Text.Json;
using Mts.Simulator;

namespace Mts.UnitTests.Simulator;

public sealed class CoinGeckoServiceTests
{
    private const long Hour = 3_600_000;
    private readonly Ask ask = new();

    [Theory]
    [InlineData(1, 48, Hour / 2)]
    [InlineData(7, 42, 4 * Hour)]
    [InlineData(30, 180, 4 * Hour)]
    [InlineData(90, 22, 96 * Hour)]
    [InlineData(365, 91, 96 * Hour)]
    public void Candles_are_as_long_as_the_range_says_and_stamped_with_their_end(int days, int count, long length)
    {
        var stamps = Ask.Json(ask.CoinGecko, $"/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days={days}").EnumerateArray().Select(r => r[0].GetInt64()).ToList();
        stamps.Count.ShouldBe(count);
        stamps.Zip(stamps.Skip(1), (a, b) => b - a).ShouldAllBe(step => step == length);
        stamps[^1].ShouldBeGreaterThan(Ask.Now);
        stamps[^2].ShouldBeLessThanOrEqualTo(Ask.Now);
    }

    [Fact]
    public void A_candle_is_the_market_of_the_hours_before_its_stamp()
    {
        var row = Ask.Json(ask.CoinGecko, "/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days=7&precision=full")[10];
        var open = row[0].GetInt64() - (4 * Hour);
        var bar = Ask.Json(ask.Spot, $"/api/v3/klines?symbol=BTCUSDT&interval=4h&startTime={open}&limit=1")[0];
        for (var i = 1; i <= 4; i++)
        {
            var price = double.Parse(bar[i].GetString() ?? "");
            row[i].GetDouble().ShouldBe(price, 0.003 * price);
        }
    }

    [Fact]
    public void Six_complete_candles_make_a_day()
    {
        var rows = Ask.Json(ask.CoinGecko, "/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days=7&precision=full").EnumerateArray().ToList();
        var start = Ask.Ms("2026-11-20T00:00Z");
        var day = rows.Where(r => r[0].GetInt64() > start && r[0].GetInt64() <= start + (24 * Hour)).ToList();
        var bar = Ask.Json(ask.Spot, $"/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime={start}&limit=1")[0];
        day.Count.ShouldBe(6);
        day.Max(r => r[2].GetDouble()).ShouldBe(double.Parse(bar[2].GetString() ?? ""), 0.003 * day[0][1].GetDouble());
    }

    [Theory]
    [InlineData("days=1", 250, 290)]
    [InlineData("days=30", 700, 722)]
    [InlineData("days=365", 366, 366)]
    [InlineData("days=30&interval=daily", 31, 31)]
    public void A_chart_ends_with_the_live_price(string query, int least, int most)
    {
        var chart = Ask.Json(ask.CoinGecko, "/api/v3/coins/ethereum/market_chart?vs_currency=usd&" + query);
        var prices = chart.GetProperty("prices").EnumerateArray().ToList();
        prices.Count.ShouldBeInRange(least, most);
        prices[^1][0].GetInt64().ShouldBe(Ask.Now / 1_000 * 1_000);
        chart.GetProperty("market_caps").GetArrayLength().ShouldBe(prices.Count);
        chart.GetProperty("total_volumes").GetArrayLength().ShouldBe(prices.Count);
    }

    [Fact]
    public void Daily_points_are_at_midnight_and_the_value_the_day_begins_with()
    {
        var points = Ask.Json(ask.CoinGecko, "/api/v3/coins/bitcoin/market_chart?vs_currency=usd&days=365").GetProperty("prices").EnumerateArray().ToList();
        points.SkipLast(1).ShouldAllBe(p => p[0].GetInt64() % (24 * Hour) == 0);
        var bar = Ask.Json(ask.Spot, $"/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime={points[50][0].GetInt64()}&limit=1")[0];
        var open = double.Parse(bar[1].GetString() ?? "");
        points[50][1].GetDouble().ShouldBe(open, 0.003 * open);
    }

    [Fact]
    public void A_range_is_asked_in_seconds_and_answered_in_milliseconds()
    {
        var (from, to) = (Ask.Ms("2026-10-01T00:00Z"), Ask.Ms("2026-10-03T00:00Z"));
        var points = Ask.Json(ask.CoinGecko, $"/api/v3/coins/bitcoin/market_chart/range?vs_currency=usd&from={from / 1000}&to={to / 1000}").GetProperty("prices").EnumerateArray().ToList();
        points.Count.ShouldBeInRange(46, 49);
        points.ShouldAllBe(p => p[0].GetInt64() >= from && p[0].GetInt64() <= to);
    }

    [Theory]
    [InlineData("/api/v3/coins/bitcoin/market_chart?days=1", 422, "Missing parameter vs_currency")]
    [InlineData("/api/v3/coins/nope/market_chart?vs_currency=usd&days=1", 404, "coin not found")]
    [InlineData("/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days=13", 422, "days")]
    [InlineData("/api/v3/coins/bitcoin/ohlc", 500, "Internal Server Error")]
    [InlineData("/api/v3/simple/price?vs_currencies=usd", 422, "Missing parameter ids")]
    [InlineData("/api/v3/coins/bitcoin/market_chart?vs_currency=usd&days=366", 401, "10012")]
    [InlineData("/api/v3/coins/bitcoin/market_chart?vs_currency=usd&days=max", 401, "10012")]
    [InlineData("/api/v3/coins/bitcoin/market_chart/range?vs_currency=usd&from=1609459200&to=1609545600", 401, "10012")]
    [InlineData("/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days=30&interval=daily", 401, "10005")]
    public void Refusals_have_their_status(string url, int status, string text)
    {
        var reply = Ask.Reply(ask.CoinGecko, url);
        reply.Status.ShouldBe(status);
        Ask.Text(reply).ShouldContain(text);
    }

    [Fact]
    public void Keys_belong_to_their_host()
    {
        (string, string) demo = ("x-cg-demo-api-key", SimulatorOptions.DefaultCoinGeckoDemoKey);
        (string, string) pro = ("x-cg-pro-api-key", SimulatorOptions.DefaultCoinGeckoProKey);
        Ask.Reply(ask.CoinGecko, "/api/v3/ping", null, demo).Status.ShouldBe(200);
        Ask.Text(Ask.Reply(ask.CoinGecko, "/api/v3/ping", null, pro)).ShouldContain("10010");
        Ask.Reply(ask.CoinGecko, "/api/v3/ping", null, ("x-cg-demo-api-key", "CG-wrong")).Status.ShouldBe(401);
        Ask.Reply(ask.CoinGeckoPro, "/api/v3/ping", null, pro).Status.ShouldBe(200);
        Ask.Text(Ask.Reply(ask.CoinGeckoPro, "/api/v3/ping", null, demo)).ShouldContain("10011");
        Ask.Text(Ask.Reply(ask.CoinGeckoPro, "/api/v3/ping")).ShouldContain("10002");
        Ask.Json(ask.CoinGeckoPro, "/api/v3/coins/bitcoin/market_chart?vs_currency=usd&days=max", null, pro).GetProperty("prices").GetArrayLength().ShouldBeGreaterThan(3000);
    }

    [Fact]
    public void Unknown_ids_are_left_out_and_those_without_a_market_are_empty()
    {
        var root = Ask.Json(ask.CoinGecko, "/api/v3/simple/price?ids=bitcoin,%20ethereum,nope,batcat&vs_currencies=usd");
        root.EnumerateObject().Select(p => p.Name).ShouldBe(["bitcoin", "batcat"]);
        root.GetProperty("batcat").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public void A_ticker_belongs_to_many_ids() =>
        Ask.Json(ask.CoinGecko, "/api/v3/coins/list").EnumerateArray().Count(c => c.GetProperty("symbol").GetString() == "btc").ShouldBeGreaterThan(1);

    [Fact]
    public void Keyless_callers_get_little()
    {
        var limited = new Ask(new RateLimits { CoinGeckoKeyless = 3 });
        for (var i = 0; i < 3; i++) Ask.Reply(limited.CoinGecko, "/api/v3/ping").Status.ShouldBe(200);
        var refused = Ask.Reply(limited.CoinGecko, "/api/v3/ping");
        refused.Status.ShouldBe(429);
        Ask.Header(refused, "Retry-After").ShouldBe("18");
        JsonDocument.Parse(refused.Body).RootElement.GetProperty("status").GetProperty("error_code").GetInt32().ShouldBe(429);
        Ask.Reply(limited.CoinGecko, "/api/v3/ping", null, ("x-cg-demo-api-key", SimulatorOptions.DefaultCoinGeckoDemoKey)).Status.ShouldBe(200);
    }

    [Fact]
    public void Small_numbers_are_written_with_an_exponent() =>
        Ask.Text(Ask.Reply(ask.CoinGecko, "/api/v3/coins/pepe/market_chart?vs_currency=btc&days=2")).ShouldMatch(@"\[\d{13},\d(\.\d+)?e-\d\d\]");

    [Fact]
    public void Markets_are_ranked_and_paged()
    {
        var first = Ask.Json(ask.CoinGecko, "/api/v3/coins/markets?vs_currency=usd&per_page=5").EnumerateArray().ToList();
        var caps = first.ConvertAll(r => r.GetProperty("market_cap").GetDouble());
        caps.ShouldBe(caps.OrderDescending());
        first.Select(r => r.GetProperty("market_cap_rank").GetInt32()).ShouldBe([1, 2, 3, 4, 5]);
        Ask.Json(ask.CoinGecko, "/api/v3/coins/markets?vs_currency=usd&per_page=5&page=99").GetArrayLength().ShouldBe(0);
    }
}
