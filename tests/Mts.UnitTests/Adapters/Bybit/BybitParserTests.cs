using System.Text;
using Mts.Adapters.Bybit;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Bybit;

public sealed class BybitParserTests
{
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");

    [Fact]
    public void Turns_bars_to_oldest_first()
    {
        BybitParser.ParseKlines(Payloads.Read("bybit/kline.json"), "linear", "BTCUSDT").ShouldBe([
            new Bar(Timestamp.Parse("2024-01-01T00:00:00Z"), 42283.6, 42554.6, 42261, 42475.2, 1271.681),
            new Bar(Timestamp.Parse("2024-01-01T01:00:00Z"), 42475.2, 42775, 42431.7, 42613.5, 2196.003),
            new Bar(Timestamp.Parse("2024-01-01T02:00:00Z"), 42613.5, 42638.4, 42544.3, 42581.1, 785.712),
        ]);
    }

    [Theory]
    [InlineData("spot", "BTCUSDT", "an answer for category linear instead of spot")]
    [InlineData("linear", "ETHUSDT", "an answer for symbol BTCUSDT instead of ETHUSDT")]
    public void Refuses_bars_of_another_market(string category, string symbol, string problem) =>
        Should.Throw<DataValidationException>(() => BybitParser.ParseKlines(Payloads.Read("bybit/kline.json"), category, symbol)).Message.ShouldContain(problem);

    [Theory]
    [InlineData("""[1704067200000,"1","1","1","1","1","1"]""")] // The time must be in quotes.
    [InlineData("""["1704067200000","1","1","1","1"]""")]
    [InlineData("""["1704067200000","1","1","1","","1","1"]""")]
    [InlineData("""["1704067200000","1","Infinity","1","1","1","1"]""")]
    [InlineData("""["","1","1","1","1","1","1"]""")]
    [InlineData("""{}""")]
    public void Refuses_a_row_that_is_no_bar(string row) =>
        Should.Throw<DataValidationException>(() => BybitParser.ParseKlines(
            Encoding.UTF8.GetBytes($$$"""{"retCode":0,"result":{"category":"linear","symbol":"BTCUSDT","list":[{{{row}}}]}}"""), "linear", "BTCUSDT"));

    [Theory]
    [InlineData("""{"retCode":0,"retMsg":"OK"}""", "'result' is missing")]
    [InlineData("""{"retCode":0,"result":{}}""", "'category' is missing")]
    [InlineData("""{"retCode":0,"result":{"category":"linear","symbol":"BTCUSDT"}}""", "'list' is missing")]
    [InlineData("""{"retCode":0,"result":[]}""", "expected an object")]
    public void Says_what_is_missing(string body, string problem) =>
        Should.Throw<DataValidationException>(() => BybitParser.ParseKlines(Encoding.UTF8.GetBytes(body), "linear", "BTCUSDT")).Message.ShouldContain(problem);

    [Fact]
    public void Reads_linear_perpetuals_and_where_the_list_goes_on()
    {
        var page = BybitParser.ParseInstruments(Payloads.Read("bybit/instruments_linear.json"), "linear");
        page.Instruments.ShouldBe([
            new Instrument("bybit", Perpetual, 0.1m, 0.001m, 5m, TimeSpan.FromHours(8)),
            new Instrument("bybit", new Symbol("ETH", "USDC", "USDC"), 0.01m, 0.01m, null, TimeSpan.FromHours(1)),
        ]);
        page.LeftOut.ShouldBe(2);
        page.NextCursor.ShouldBe("first%3DSOLUSDT%26last%3DSOLUSDT");
    }

    [Fact]
    public void Reads_spot_pairs_by_their_own_names_for_the_rules()
    {
        var page = BybitParser.ParseInstruments(Payloads.Read("bybit/instruments_spot.json"), "spot");
        page.Instruments.ShouldBe([new Instrument("bybit", new Symbol("BTC", "USDT"), 0.1m, 0.000001m, 5m)]);
        page.NextCursor.ShouldBeNull();
    }

    [Fact]
    public void Reads_settled_funding_oldest_first() =>
        BybitParser.ParseFundingRates(Payloads.Read("bybit/funding.json"), "ETHPERP").ShouldBe([
            new FundingRate(Timestamp.Parse("2022-12-26T08:00:00Z"), -0.00002, null),
            new FundingRate(Timestamp.Parse("2022-12-26T16:00:00Z"), 0.0001, null),
        ]);

    [Fact]
    public void Reads_a_book_with_the_time_of_the_matching_engine()
    {
        var book = BybitParser.ParseOrderBook(Payloads.Read("bybit/orderbook.json"), Perpetual, "BTCUSDT");
        (book.UpdateId, book.Time).ShouldBe((230704L, Timestamp.FromUnixMilliseconds(1716863718905)));
        book.Bids.ShouldBe([new BookLevel(65485.47m, 47.081829m)]);
        book.Asks.ShouldBe([new BookLevel(65557.7m, 16.606555m), new BookLevel(65560m, 0.5m)]);
    }

    [Fact]
    public void Reads_a_ticker_whose_one_side_is_empty()
    {
        var (ticker, mark) = BybitParser.ParseTicker(Payloads.Read("bybit/tickers_linear.json"), Perpetual, "BTCUSDT");
        var time = Timestamp.FromUnixMilliseconds(1786820640000);
        ticker.ShouldBe(new Ticker(Perpetual, time, 63032.3m, new BookLevel(63032.2m, 1.5m), null));
        mark.ShouldBe(new MarkPrice(Perpetual, time, 63030m, 63041.12m, 0.00004403, Timestamp.FromUnixMilliseconds(1786838400000)));
    }

    [Fact]
    public void Reads_the_venues_time_to_the_microsecond() =>
        BybitParser.ParseTime(Payloads.Read("bybit/time.json")).Micros.ShouldBe(1688639403423213);

    [Fact]
    public void Knows_that_contracts_settled_in_usdc_have_a_name_of_their_own()
    {
        BybitNames.SymbolOf(new Symbol("BTC", "USDC", "USDC")).ShouldBe("BTCPERP");
        BybitNames.SymbolOf(new Symbol("BTC", "USDC")).ShouldBe("BTCUSDC");
        BybitNames.SymbolOf(Perpetual).ShouldBe("BTCUSDT");
    }

    [Fact]
    public void Reads_nothing_but_bars_from_a_damaged_answer_or_says_so()
    {
        var random = new Random(20240102);
        var whole = Payloads.Read("bybit/kline.json");
        for (var i = 0; i < 5_000; i++)
        {
            var body = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) body[random.Next(body.Length)] = (byte)random.Next(256);
            try
            {
                BybitParser.ParseKlines(body, "linear", "BTCUSDT").ShouldAllBe(b => double.IsFinite(b.Open + b.High + b.Low + b.Close + b.Volume));
            }
            catch (DataValidationException)
            {
                // The one way to refuse; anything else fails the test.
            }
        }
    }
}
