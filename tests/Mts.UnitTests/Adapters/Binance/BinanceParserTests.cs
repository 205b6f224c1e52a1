using System.Text;
using Mts.Adapters.Binance;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Binance;

public sealed class BinanceParserTests
{
    private static readonly Symbol Bitcoin = new("BTC", "USDT");
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");

    [Fact]
    public void Reads_bars_of_twelve_and_more_columns()
    {
        var bars = BinanceParser.ParseKlines(Payloads.Read("binance/klines.json"), Interval.Hour);
        bars.ShouldBe([
            new Bar(Timestamp.Parse("2024-01-01T00:00:00Z"), 42283.58, 42554.57, 42261.02, 42475.23, 1271.68108),
            new Bar(Timestamp.Parse("2024-01-01T01:00:00Z"), 42475.23, 42775, 42431.65, 42613.56, 0),
            // Cut short by a halt; the volume is the double nearest to 2^53 + 1.
            new Bar(Timestamp.Parse("2024-01-01T02:00:00Z"), 0.00000123, 0.0000015, 0.0000012, 0.00000129, 9007199254740992),
        ]);
    }

    [Theory]
    [InlineData("""{"code":-1121,"msg":"Invalid symbol."}""")]
    [InlineData("""[[1704067200000,"1","1","1","1","1"]]""")]
    [InlineData("""[[1704067200000,1,"1","1","1","1",1704070799999]]""")]
    [InlineData("""[[1704067200000,null,"1","1","1","1",1704070799999]]""")]
    [InlineData("""[["1704067200000","1","1","1","1","1",1704070799999]]""")]
    [InlineData("""[[1704067200000,"1","NaN","1","1","1",1704070799999]]""")]
    [InlineData("""[[1704067200000,"1","1e400","1","1","1",1704070799999]]""")]
    [InlineData("""[[1704067200000,"1","","1","1","1",1704070799999]]""")]
    [InlineData("""[[1704067200000,"1","1","1","1","1",1704070800000]]""")] // One millisecond too long.
    [InlineData("""[[1704067200000,"1","1","1","1","1",1704153599999]]""")] // A day.
    [InlineData("""[[-1,"1","1","1","1","1",1704070799999]]""")]
    [InlineData("""[[99999999999999999,"1","1","1","1","1",99999999999999999]]""")]
    [InlineData("""[1704067200000]""")]
    [InlineData("""[[1704067200000,"1","1" """)]
    [InlineData("<html>")]
    [InlineData("")]
    public void Refuses_what_is_no_list_of_bars_of_the_interval(string body) =>
        Should.Throw<DataValidationException>(() => BinanceParser.ParseKlines(Encoding.UTF8.GetBytes(body), Interval.Hour)).Message.ShouldStartWith("binance klines: ");

    [Fact]
    public void Reads_nothing_but_bars_from_a_damaged_answer_or_says_so()
    {
        var random = new Random(20240101);
        var whole = Payloads.Read("binance/klines.json");
        for (var i = 0; i < 5_000; i++)
        {
            var body = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) body[random.Next(body.Length)] = (byte)random.Next(256);
            try
            {
                BinanceParser.ParseKlines(body.AsSpan(0, random.Next(10) == 0 ? random.Next(body.Length) : body.Length), Interval.Hour)
                    .ShouldAllBe(b => double.IsFinite(b.Open + b.High + b.Low + b.Close + b.Volume));
            }
            catch (DataValidationException)
            {
                // The one way to refuse; anything else fails the test.
            }
        }
    }

    [Fact]
    public void Reads_spot_pairs_that_trade_with_their_order_rules()
    {
        var page = BinanceParser.ParseExchangeInfo(Payloads.Read("binance/exchangeInfo_spot.json"));
        page.Instruments.ShouldBe([
            new Instrument("binance", Bitcoin, 0.01m, 0.00001m, 5m),
            new Instrument("binance", new Symbol("ETH", "BTC"), null, null, 0.0001m),
        ]);
        page.LeftOut.ShouldBe(3); // Two that do not trade, one whose name nobody could type.
    }

    [Fact]
    public void Reads_perpetuals_with_the_funding_interval_of_each()
    {
        var intervals = BinanceParser.ParseFundingInfo(Payloads.Read("binance/fundingInfo.json"));
        var page = BinanceParser.ParseExchangeInfo(Payloads.Read("binance/exchangeInfo_usdm.json"), intervals, TimeSpan.FromHours(8));
        page.Instruments.ShouldBe([
            new Instrument("binance", Perpetual, 0.1m, 0.001m, 50m, TimeSpan.FromHours(4)),
            new Instrument("binance", new Symbol("ETH", "USDC", "USDC"), FundingInterval: TimeSpan.FromHours(8)),
            new Instrument("binance", new Symbol("TSLA", "USDT", "USDT"), FundingInterval: TimeSpan.FromHours(8)),
        ]);
        page.LeftOut.ShouldBe(2);
    }

    [Fact]
    public void Reads_settled_funding_with_the_venues_own_stamp()
    {
        var rates = BinanceParser.ParseFundingRates(Payloads.Read("binance/fundingRate.json"), "BTCUSDT");
        rates.ShouldBe([
            new FundingRate(Timestamp.Parse("2020-01-01T00:00:00Z"), -0.00012359, null),
            new FundingRate(Timestamp.Parse("2026-07-29T00:00:00.005Z"), 0.0001, 83512.4),
        ]);
        Should.Throw<DataValidationException>(() => BinanceParser.ParseFundingRates(Payloads.Read("binance/fundingRate.json"), "ETHUSDT"))
            .Message.ShouldContain("a rate of BTCUSDT instead of ETHUSDT");
    }

    [Fact]
    public void Reads_the_mark_price_of_the_market_asked_for()
    {
        var body = Payloads.Read("binance/premiumIndex.json");
        BinanceParser.ParsePremiumIndex(body, Perpetual).ShouldBe(new MarkPrice(
            Perpetual, Timestamp.FromUnixMilliseconds(1790526539000), 84551.10762319m, 84590.87304348m, 0.00000801, Timestamp.FromUnixMilliseconds(1790553600000)));
        Should.Throw<DataValidationException>(() => BinanceParser.ParsePremiumIndex(body, new Symbol("ETH", "USDT", "USDT")));
    }

    [Fact]
    public void Reads_a_book_exactly_with_ids_beyond_53_bits()
    {
        var book = BinanceParser.ParseDepth(Payloads.Read("binance/depth_usdm.json"), Perpetual);
        book.UpdateId.ShouldBe(9007199254740993);
        book.Time.ShouldBe(Timestamp.FromUnixMilliseconds(1589436922959));
        book.Bids.ShouldBe([new BookLevel(9638m, 431m), new BookLevel(9637.5m, 12.25m)]);
        book.Asks.ShouldBe([new BookLevel(9638.2m, 12m)]);
        BinanceParser.ParseDepth("""{"asks":[],"bids":[],"lastUpdateId":1}"""u8, Bitcoin).Time.ShouldBeNull();
        Should.Throw<DataValidationException>(() => BinanceParser.ParseDepth("""{"asks":[],"lastUpdateId":1}"""u8, Bitcoin)).Message.ShouldContain("'bids' is missing");
    }

    [Fact]
    public void Reads_trades_and_refuses_them_out_of_order()
    {
        var time = Timestamp.FromUnixMilliseconds(1791391081874);
        BinanceParser.ParseAggTrades(Payloads.Read("binance/aggTrades.json")).ShouldBe([
            new AggTrade(3478018549, time, 83434.4m, 0.016m, 8154045700, 8154045704, true),
            new AggTrade(3478018550, time, 83434.5m, 1m, 8154045705, 8154045705, false),
        ]);
        const string Trade = """{"a":7,"p":"1","q":"1","f":1,"l":1,"T":1,"m":true}""";
        Should.Throw<DataValidationException>(() => BinanceParser.ParseAggTrades(Encoding.UTF8.GetBytes($"[{Trade},{Trade}]")));
    }

    [Fact]
    public void Tells_keys_apart_that_differ_by_case_only() =>
        Should.Throw<DataValidationException>(() => BinanceParser.ParseAggTrades("""[{"a":7,"p":"1","q":"1","f":1,"l":1,"T":1,"M":true}]"""u8)).Message.ShouldContain("'m' is missing");
}
