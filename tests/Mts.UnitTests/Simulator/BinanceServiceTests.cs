using System.Text.Json;
using Mts.Simulator;

namespace Mts.UnitTests.Simulator;

public sealed class BinanceServiceTests
{
    private readonly Ask ask = new();

    [Fact]
    public void Bounds_are_inclusive_and_mean_open_times()
    {
        var (from, to) = (Ask.Ms("2024-01-01T00:00Z"), Ask.Ms("2024-01-03T00:00Z"));
        Opens($"symbol=BTCUSDT&interval=1d&startTime={from}&endTime={to}").ShouldBe([from, Ask.Ms("2024-01-02T00:00Z"), to]);
    }

    [Fact]
    public void A_start_gives_the_oldest_bars_from_there_and_an_end_the_newest_up_to_there()
    {
        var day = Ask.Ms("2024-01-05T00:00Z");
        Opens($"symbol=BTCUSDT&interval=1d&startTime={day}&limit=2").ShouldBe([day, day + 86_400_000]);
        Opens($"symbol=BTCUSDT&interval=1d&endTime={day}&limit=2").ShouldBe([day - 86_400_000, day]);
        Opens("symbol=BTCUSDT&interval=1d&limit=2").ShouldBe([Ask.Ms("2026-11-21T00:00Z"), Ask.Ms("2026-11-22T00:00Z")]);
    }

    [Fact]
    public void The_default_is_500_bars_and_spot_clamps_at_1000_where_futures_refuse_above_1500()
    {
        Opens("symbol=BTCUSDT&interval=1h").Count.ShouldBe(500);
        Opens("symbol=BTCUSDT&interval=1h&limit=5000").Count.ShouldBe(1000);
        Ask.Json(ask.Usdm, "/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=1500").GetArrayLength().ShouldBe(1500);
        Code(Ask.Reply(ask.Usdm, "/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=1501")).ShouldBe((400, -1130));
    }

    [Fact]
    public void Paging_forward_gives_every_bar_once()
    {
        var opens = new List<long>();
        for (var start = Ask.Ms("2020-01-01T00:00Z"); ;)
        {
            var page = Opens($"symbol=ETHUSDT&interval=1d&limit=1000&startTime={start}");
            opens.AddRange(page);
            if (page.Count < 1000) break;
            start = page[^1] + 1;
        }

        opens.Count.ShouldBe((int)((Ask.Now - Ask.Ms("2020-01-01T00:00Z")) / 86_400_000) + 1);
        opens.Zip(opens.Skip(1), (a, b) => b - a).ShouldAllBe(step => step == 86_400_000);
    }

    [Fact]
    public void The_last_bar_is_still_open()
    {
        var bar = Ask.Json(ask.Spot, "/api/v3/klines?symbol=BTCUSDT&interval=1h&limit=1")[0];
        bar[0].GetInt64().ShouldBe(Ask.Ms("2026-11-22T13:00Z"));
        bar[6].GetInt64().ShouldBe(Ask.Ms("2026-11-22T14:00Z") - 1);
    }

    [Fact]
    public void Spot_speaks_microseconds_on_request()
    {
        var day = Ask.Ms("2024-01-05T00:00Z");
        var bar = Ask.Json(ask.Spot, $"/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime={day}000&limit=1", null, ("x-mbx-time-unit", "microsecond"))[0];
        bar[0].GetInt64().ShouldBe(day * 1_000);
        bar[6].GetInt64().ShouldBe(((day + 86_400_000) * 1_000) - 1);
    }

    [Fact]
    public void A_time_zone_moves_the_days_and_not_the_bounds()
    {
        var from = Ask.Ms("2024-01-05T00:00Z");
        var bar = Ask.Json(ask.Spot, $"/api/v3/klines?symbol=BTCUSDT&interval=1d&timeZone=8&startTime={from}&limit=1")[0];
        bar[0].GetInt64().ShouldBe(Ask.Ms("2024-01-05T16:00Z"));
    }

    [Theory]
    [InlineData("symbol=NOPEUSDT&interval=1d", -1121)]
    [InlineData("symbol=btcusdt&interval=1d", -1100)]
    [InlineData("interval=1d", -1102)]
    [InlineData("symbol=BTCUSDT", -1102)]
    [InlineData("symbol=BTCUSDT&interval=7m", -1120)]
    [InlineData("symbol=BTCUSDT&interval=1d&limit=0", -1130)]
    [InlineData("symbol=BTCUSDT&interval=1d&limit=ten", -1100)]
    [InlineData("symbol=BTCUSDT&interval=1d&colour=red", -1104)]
    [InlineData("symbol=BTCUSDT&interval=1d&startTime=0", -1130)]
    [InlineData("symbol=BTCUSDT&interval=1d&timeZone=15", -1130)]
    public void Bad_parameters_have_their_code(string query, int code) => Code(Ask.Reply(ask.Spot, "/api/v3/klines?" + query)).ShouldBe((400, code));

    [Fact]
    public void A_coin_is_unknown_before_its_listing()
    {
        Code(Ask.Reply(ask.Spot, "/api/v3/klines?symbol=SUIUSDT&interval=1d", Ask.Ms("2023-05-03T11:59Z"))).ShouldBe((400, -1121));
        Ask.Reply(ask.Spot, "/api/v3/klines?symbol=SUIUSDT&interval=1d", Ask.Ms("2023-05-03T12:01Z")).Status.ShouldBe(200);
    }

    [Fact]
    public void Every_answer_says_the_weight_used_and_a_new_minute_begins_at_zero()
    {
        Ask.Header(Ask.Reply(ask.Spot, "/api/v3/exchangeInfo"), "x-mbx-used-weight-1m").ShouldBe("20");
        Ask.Header(Ask.Reply(ask.Spot, "/api/v3/klines?symbol=NOPE&interval=1d"), "X-MBX-USED-WEIGHT").ShouldBe("22");
        Ask.Header(Ask.Reply(ask.Spot, "/api/v3/time", Ask.Now + 60_000), "x-mbx-used-weight-1m").ShouldBe("1");
        Ask.Header(Ask.Reply(ask.Usdm, "/fapi/v1/klines?symbol=BTCUSDT&interval=1d&limit=1500"), "x-mbx-used-weight-1m").ShouldBe("10");
        Ask.Header(Ask.Reply(ask.Usdm, "/fapi/v1/time"), "x-mbx-used-weight").ShouldBeNull();
    }

    [Fact]
    public void Too_much_weight_is_refused_until_the_minute_ends_and_who_goes_on_is_banned()
    {
        var limited = new Ask(new RateLimits { BinanceSpotWeight = 10, BinancePatience = 3 });
        for (var i = 0; i < 10; i++) Ask.Reply(limited.Spot, "/api/v3/ping").Status.ShouldBe(200);
        for (var i = 0; i < 3; i++)
        {
            var refused = Ask.Reply(limited.Spot, "/api/v3/ping");
            Code(refused).ShouldBe((429, -1003));
            Ask.Header(refused, "Retry-After").ShouldBe("18");
        }

        var banned = Ask.Reply(limited.Spot, "/api/v3/ping");
        Code(banned).ShouldBe((418, -1003));
        Ask.Header(banned, "Retry-After").ShouldBe("120");
        Ask.Text(banned).ShouldContain($"IP banned until {Ask.Now + 120_000}");
        Ask.Reply(limited.Spot, "/api/v3/ping", Ask.Now + 119_000).Status.ShouldBe(418);
        Ask.Reply(limited.Spot, "/api/v3/ping", Ask.Now + 121_000).Status.ShouldBe(200);
    }

    [Fact]
    public void Funding_is_ascending_every_eight_hours_and_a_few_milliseconds_late()
    {
        var rows = Ask.Json(ask.Usdm, $"/fapi/v1/fundingRate?symbol=BTCUSDT&limit=1000&startTime={Ask.Ms("2024-01-01T00:00Z")}").EnumerateArray().ToList();
        rows.Count.ShouldBe(1000);
        var times = rows.ConvertAll(r => r.GetProperty("fundingTime").GetInt64());
        times.ShouldAllBe(t => t % 28_800_000 <= 15);
        times.ShouldContain(t => t % 28_800_000 > 0);
        times.Zip(times.Skip(1), (a, b) => (b / 28_800_000) - (a / 28_800_000)).ShouldAllBe(step => step == 1);
        rows.Average(r => double.Parse(r.GetProperty("fundingRate").GetString() ?? "")).ShouldBeInRange(0.00002, 0.0003);
        rows.Count(r => r.GetProperty("fundingRate").GetString()?[0] == '-').ShouldBeInRange(10, 450);
    }

    [Fact]
    public void The_mark_price_of_a_funding_is_that_of_the_hour()
    {
        var funding = Ask.Json(ask.Usdm, $"/fapi/v1/fundingRate?symbol=BTCUSDT&limit=1&startTime={Ask.Ms("2024-01-01T08:00Z")}")[0];
        var bar = Ask.Json(ask.Usdm, $"/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=1&startTime={Ask.Ms("2024-01-01T08:00Z")}")[0];
        double.Parse(funding.GetProperty("markPrice").GetString() ?? "").ShouldBe(double.Parse(bar[1].GetString() ?? ""), 0.003 * double.Parse(bar[1].GetString() ?? ""));
    }

    [Fact]
    public void Some_perpetuals_pay_every_four_hours_and_only_fundingInfo_says_so()
    {
        var info = Ask.Json(ask.Usdm, "/fapi/v1/fundingInfo").EnumerateArray().ToDictionary(r => r.GetProperty("symbol").GetString() ?? "");
        info["HYPEUSDT"].GetProperty("fundingIntervalHours").GetInt32().ShouldBe(4);
        info["BTCUSDT"].GetProperty("updateTime").ValueKind.ShouldBe(JsonValueKind.Null);
        info.ShouldNotContainKey("SOLUSDT");
    }

    [Fact]
    public void Trades_page_by_number_without_gap()
    {
        var first = Ask.Json(ask.Spot, $"/api/v3/aggTrades?symbol=BTCUSDT&limit=100&startTime={Ask.Ms("2024-01-05T00:00:30Z")}").EnumerateArray().ToList();
        var next = Ask.Json(ask.Spot, $"/api/v3/aggTrades?symbol=BTCUSDT&limit=100&fromId={first[^1].GetProperty("a").GetInt64() + 1}").EnumerateArray().ToList();
        first[0].GetProperty("T").GetInt64().ShouldBeGreaterThanOrEqualTo(Ask.Ms("2024-01-05T00:00:30Z"));
        first.Count.ShouldBe(100);
        next[0].GetProperty("f").GetInt64().ShouldBe(first[^1].GetProperty("l").GetInt64() + 1);
    }

    [Fact]
    public void A_book_is_sorted_and_not_crossed()
    {
        var book = Ask.Json(ask.Usdm, "/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
        var bids = book.GetProperty("bids").EnumerateArray().Select(l => decimal.Parse(l[0].GetString() ?? "")).ToList();
        var asks = book.GetProperty("asks").EnumerateArray().Select(l => decimal.Parse(l[0].GetString() ?? "")).ToList();
        (bids.Count, asks.Count).ShouldBe((1000, 1000));
        bids.ShouldBe(bids.OrderDescending());
        asks.ShouldBe(asks.Order());
        bids[0].ShouldBeLessThan(asks[0]);
        Code(Ask.Reply(ask.Usdm, "/fapi/v1/depth?symbol=BTCUSDT&limit=7")).ShouldBe((400, -4021));
    }

    [Fact]
    public void Prices_and_quantities_are_on_the_steps_that_exchangeInfo_states()
    {
        foreach (var symbol in Ask.Json(ask.Spot, "/api/v3/exchangeInfo").GetProperty("symbols").EnumerateArray().Take(12))
        {
            var filters = symbol.GetProperty("filters").EnumerateArray().ToDictionary(f => f.GetProperty("filterType").GetString() ?? "");
            var (tick, step) = (Number(filters["PRICE_FILTER"], "tickSize"), Number(filters["LOT_SIZE"], "stepSize"));
            foreach (var bar in Ask.Json(ask.Spot, $"/api/v3/klines?symbol={symbol.GetProperty("symbol").GetString()}&interval=1d&limit=5").EnumerateArray())
            {
                for (var i = 1; i <= 4; i++) (decimal.Parse(bar[i].GetString() ?? "") % tick).ShouldBe(0);
                (decimal.Parse(bar[5].GetString() ?? "") % step).ShouldBe(0);
            }
        }
    }

    private static decimal Number(JsonElement filter, string name) => decimal.Parse(filter.GetProperty(name).GetString() ?? "");

    private List<long> Opens(string query) => [.. Ask.Json(ask.Spot, "/api/v3/klines?" + query).EnumerateArray().Select(row => row[0].GetInt64())];

    private static (int Status, int Code) Code(Mts.Simulator.Http.Reply reply) => (reply.Status, JsonDocument.Parse(reply.Body).RootElement.GetProperty("code").GetInt32());
}
