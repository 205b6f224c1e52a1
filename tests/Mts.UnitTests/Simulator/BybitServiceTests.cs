using System.Text.Json;
using Mts.Simulator;

namespace Mts.UnitTests.Simulator;

public sealed class BybitServiceTests
{
    private readonly Ask ask = new();

    [Fact]
    public void Klines_are_newest_first_and_both_ends_count()
    {
        var (from, to) = (Ask.Ms("2024-01-01T00:00Z"), Ask.Ms("2024-01-01T02:00Z"));
        Starts($"category=linear&symbol=BTCUSDT&interval=60&start={from}&end={to}").ShouldBe([to, to - 3_600_000, from]);
    }

    [Fact]
    public void More_than_the_limit_gives_the_newest()
    {
        var (from, to) = (Ask.Ms("2024-01-01T00:00Z"), Ask.Ms("2024-02-01T00:00Z"));
        Starts($"symbol=BTCUSDT&interval=D&start={from}&end={to}&limit=2").ShouldBe([to, to - 86_400_000]);
        Starts("category=spot&symbol=BTCUSDT&interval=1").Count.ShouldBe(200);
    }

    [Theory]
    [InlineData("/v5/market/kline?category=linear&symbol=NOPE&interval=D")]
    [InlineData("/v5/market/kline?category=linear&symbol=BTCUSDT&interval=7")]
    [InlineData("/v5/market/kline?category=linear&symbol=BTCUSDT&interval=D&limit=1001")]
    [InlineData("/v5/market/kline?category=moon&symbol=BTCUSDT&interval=D")]
    [InlineData("/v5/market/orderbook?symbol=BTCUSDT")]
    [InlineData("/v5/market/funding/history?category=linear&symbol=BTCUSDT&startTime=1704067200000")]
    [InlineData("/v5/market/funding/history?category=linear&symbol=BTCUSDT&limit=201")]
    public void A_parameter_error_has_status_200_and_code_10001(string url)
    {
        var root = Ask.Json(ask.Bybit, url);
        root.GetProperty("retCode").GetInt32().ShouldBe(10001);
        root.GetProperty("result").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public void Funding_history_is_newest_first_and_pages_back()
    {
        var rows = Funding($"endTime={Ask.Ms("2024-03-01T00:00Z")}");
        rows.Count.ShouldBe(200);
        rows[0].ShouldBe(Ask.Ms("2024-03-01T00:00Z"));
        rows.Zip(rows.Skip(1), (a, b) => a - b).ShouldAllBe(step => step == 28_800_000);
        Funding($"endTime={rows[^1] - 1}")[0].ShouldBe(rows[^1] - 28_800_000);
    }

    [Fact]
    public void Instruments_come_in_pages()
    {
        var symbols = new List<string>();
        var cursor = "";
        do
        {
            var result = Ask.Json(ask.Bybit, $"/v5/market/instruments-info?category=linear&limit=10&cursor={Uri.EscapeDataString(cursor)}").GetProperty("result");
            symbols.AddRange(result.GetProperty("list").EnumerateArray().Select(r => r.GetProperty("symbol").GetString() ?? ""));
            cursor = result.GetProperty("nextPageCursor").GetString() ?? "";
        }
        while (cursor.Length > 0);

        symbols.Count.ShouldBeGreaterThan(30);
        symbols.ShouldBeUnique();
        symbols.ShouldContain("SHIB1000USDT");
    }

    [Fact]
    public void A_flood_is_forbidden_for_ten_minutes()
    {
        var limited = new Ask(RateLimits.Published);
        for (var i = 0; i < 600; i++) Ask.Reply(limited.Bybit, "/v5/market/time").Status.ShouldBe(200);
        var reply = Ask.Reply(limited.Bybit, "/v5/market/time");
        reply.Status.ShouldBe(403);
        Ask.Text(reply).ShouldContain("access too frequent");
        Ask.Reply(limited.Bybit, "/v5/market/time", Ask.Now + 599_000).Status.ShouldBe(403);
        Ask.Reply(limited.Bybit, "/v5/market/time", Ask.Now + 601_000).Status.ShouldBe(200);
    }

    [Fact]
    public void A_limit_per_path_is_answered_with_10006_and_the_headers()
    {
        var limited = new Ask(new RateLimits { BybitPerSecondAndPath = 2 });
        var first = Ask.Reply(limited.Bybit, "/v5/market/time");
        (Ask.Header(first, "X-Bapi-Limit"), Ask.Header(first, "X-Bapi-Limit-Status")).ShouldBe(("2", "1"));
        Ask.Reply(limited.Bybit, "/v5/market/time");
        var over = Ask.Reply(limited.Bybit, "/v5/market/time");
        over.Status.ShouldBe(200);
        JsonDocument.Parse(over.Body).RootElement.GetProperty("retCode").GetInt32().ShouldBe(10006);
        Ask.Header(over, "X-Bapi-Limit-Reset-Timestamp").ShouldBe(((Ask.Now / 1_000 * 1_000) + 1_000).ToString());
    }

    private List<long> Starts(string query) =>
        [.. Ask.Json(ask.Bybit, "/v5/market/kline?" + query).GetProperty("result").GetProperty("list").EnumerateArray().Select(r => long.Parse(r[0].GetString() ?? ""))];

    private List<long> Funding(string query) =>
        [.. Ask.Json(ask.Bybit, "/v5/market/funding/history?category=linear&symbol=BTCUSDT&" + query).GetProperty("result").GetProperty("list").EnumerateArray()
            .Select(r => long.Parse(r.GetProperty("fundingRateTimestamp").GetString() ?? ""))];
}
