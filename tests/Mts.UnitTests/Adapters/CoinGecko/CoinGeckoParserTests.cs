using System.Text;
using Mts.Adapters.CoinGecko;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.CoinGecko;

public sealed class CoinGeckoParserTests
{
    [Fact]
    public void Shifts_candles_from_their_end_to_their_open_time()
    {
        var bars = CoinGeckoParser.Ohlc(Fixtures.Bytes("coingecko", "ohlc.json"), Interval.FourHours, Timestamp.MaxValue);
        bars.Count.ShouldBe(8);
        bars[0].ShouldBe(new Bar(Timestamp.Parse("2024-01-01"), 100, 110, 95, 105, double.NaN));
    }

    [Theory]
    [InlineData("2024-01-02T07:59:59Z", "2024-01-02T00:00:00Z")]
    [InlineData("2024-01-02T08:00:00Z", "2024-01-02T04:00:00Z")]
    [InlineData("2024-01-02T03:59:59Z", "2024-01-01T20:00:00Z")]
    public void Leaves_out_what_ends_after_the_answer_was_made(string settled, string lastOpen) =>
        CoinGeckoParser.Ohlc(Fixtures.Bytes("coingecko", "ohlc.json"), Interval.FourHours, Timestamp.Parse(settled))[^1].OpenTime.ShouldBe(Timestamp.Parse(lastOpen));

    [Fact]
    public void Leaves_out_a_last_candle_that_is_stamped_with_the_present() =>
        Ohlc("[[1704081600000,1,1,1,1],[1704090000000,1,1,1,1]]").Count.ShouldBe(1);

    [Theory]
    [InlineData("[[1704096000000,1,1,1,1],[1704081600000,1,1,1,1]]", "order")]
    [InlineData("[[1704069000000,1,1,1,1],[1704070800000,1,1,1,1],[1704072600000,1,1,1,1]]", "4h")]
    [InlineData("[[1704081600000,1,1,1,1],[1704427200000,1,1,1,1]]", "4h")]
    [InlineData("[[1704081600000,1,1,1]]", "ohlc")]
    [InlineData("[[1704081600000,1,1,1,1,5]]", "five columns")]
    [InlineData("""[["1704081600000",1,1,1,1]]""", "ohlc")]
    [InlineData("[[1704081600000,1,null,1,1]]", "ohlc")]
    [InlineData("[[1704081600000,1,1e400,1,1]]", "ohlc")]
    [InlineData("""{"prices":[]}""", "StartArray")]
    [InlineData("[[99999999999999999999,1,1,1,1]]", "ohlc")]
    public void Refuses_candles_of_another_shape_order_or_interval(string body, string complaint) =>
        Should.Throw<DataValidationException>(() => Ohlc(body)).Message.ShouldContain(complaint);

    [Fact]
    public void Keeps_the_trailing_volume_beside_the_price_and_drops_points_without_a_price()
    {
        var points = CoinGeckoParser.MarketChart(Fixtures.Bytes("coingecko", "market_chart.json"));
        points.ShouldBe(
        [
            new PricePoint(Timestamp.FromUnixMilliseconds(1704067203041), 100.5, 2.5e10),
            new PricePoint(Timestamp.FromUnixMilliseconds(1704070801217), 1.2e-05, 2.6e10),
            new PricePoint(Timestamp.FromUnixMilliseconds(1704074402000), 101.25, null),
            new PricePoint(Timestamp.FromUnixMilliseconds(1704075000000), 102, 2.7e10),
        ]);
    }

    [Fact]
    public void Leaves_out_coins_without_a_price() =>
        CoinGeckoParser.SimplePrice(Fixtures.Bytes("coingecko", "simple_price.json"), "usd").ShouldBe(
        [
            new CoinPrice("bitcoin", 76975, 29096603418.894, Timestamp.FromUnixSeconds(1779092258)),
            new CoinPrice("shiba-inu", 1.2e-05, null, null),
        ]);

    [Fact]
    public void Reads_names_and_markets()
    {
        CoinGeckoParser.CoinsList(Fixtures.Bytes("coingecko", "coins_list.json")).ShouldBe(
            [new CoinName("bitcoin", "btc", "Bitcoin"), new CoinName("bitcoin-pegged", "btc", "Pegged Bitcoin")]);
        CoinGeckoParser.Markets(Fixtures.Bytes("coingecko", "markets.json")).ShouldBe(
        [
            new CoinMarket(new CoinName("bitcoin", "btc", "Bitcoin"), 1, 76975, 1542226908349, 29096603418, Timestamp.Parse("2026-05-18T08:17:38.123Z")),
            new CoinMarket(new CoinName("quiet", "q", "Quiet"), null, null, null, null, null),
        ]);
    }

    [Fact]
    public void Reads_the_recorded_candles_without_the_unfinished_one()
    {
        var recording = RecordedAnswers.Read("coingecko/rest_2021.jsonl").First(r => r.Url.Contains("/ohlc?", StringComparison.Ordinal));
        var bars = CoinGeckoParser.Ohlc(recording.Body, Interval.FourHours, Timestamp.FromDateTimeOffset(recording.Date!.Value));
        // 42 rows from 2021-05-08T20:00Z to 2021-05-15T16:00Z, received 15:34.
        bars.Count.ShouldBe(41);
        bars[0].ShouldBe(new Bar(Timestamp.Parse("2021-05-08T16:00:00Z"), 57945.79, 59122.18, 57945.79, 59122.18, double.NaN));
        bars[^1].OpenTime.ShouldBe(Timestamp.Parse("2021-05-15T08:00:00Z"));
    }

    [Fact]
    public void Reads_the_recorded_charts_prices_lists_and_markets()
    {
        var recordings = RecordedAnswers.Read("coingecko/rest_2021.jsonl").Where(r => r.Status == 200).ToList();
        recordings.Where(r => r.Url.Contains("/market_chart?", StringComparison.Ordinal)).Select(r => CoinGeckoParser.MarketChart(r.Body).Count).ShouldBe([288, 289, 91]);
        CoinGeckoParser.Markets(recordings.First(r => r.Url.Contains("/coins/markets", StringComparison.Ordinal)).Body).Single().Name.Id.ShouldBe("bitcoin");
        foreach (var price in recordings.Where(r => r.Url.Contains("/simple/price", StringComparison.Ordinal)))
            CoinGeckoParser.SimplePrice(price.Body, "usd").Single().Id.ShouldBe("bitcoin");
        foreach (var price in RecordedAnswers.Read("coingecko/rest_2024_2026.jsonl").Where(r => r.Url.Contains("/simple/price", StringComparison.Ordinal)))
        {
            var currency = price.Url[(price.Url.LastIndexOf('=') + 1)..];
            CoinGeckoParser.SimplePrice(price.Body, currency).ShouldNotBeEmpty();
        }

        CoinGeckoParser.CoinsList(RecordedAnswers.Read("coingecko/coins_list_2021.jsonl.gz")[0].Body).Count(c => c.Symbol == "btc").ShouldBeGreaterThan(0);
        CoinGeckoParser.MarketChart(RecordedAnswers.Read("coingecko/market_chart_2023_scientific.jsonl")[0].Body)[0]
            .ShouldBe(new PricePoint(Timestamp.Parse("2023-12-09"), 1.6446899669484214e-05, 37.05462537510952));
    }

    private static IReadOnlyList<Bar> Ohlc(string body) => CoinGeckoParser.Ohlc(Encoding.UTF8.GetBytes(body), Interval.FourHours, Timestamp.MaxValue);
}
