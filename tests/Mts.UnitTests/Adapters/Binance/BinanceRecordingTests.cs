using System.Globalization;
using Mts.Adapters.Binance;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.UnitTests.Adapters.Binance;

/// <summary>The parsers over what Binance really sent.</summary>
public sealed class BinanceRecordingTests
{
    private const string Rest = "binance/rest_gct.jsonl.gz";

    [Fact]
    public void Every_recorded_bar_keeps_the_rules()
    {
        var (counts, holes) = (new List<int>(), new List<Hole>());
        foreach (var answer in Recordings.Read(Rest).Where(e => e.Path is "/api/v3/klines" or "/fapi/v1/klines"))
        {
            var interval = Interval.Parse(answer.Query("interval"));
            var bars = BinanceParser.ParseKlines(answer.Body, interval);
            bars.ShouldAllBe(b => BarRules.Broken(b, interval, Timestamp.MaxValue, true) == null);
            holes.AddRange(Holes.Find([.. bars.Select(b => b.OpenTime.Micros)], interval));
            counts.Add(bars.Count);
        }

        // The venue stood still that morning.
        holes.ShouldBe([new Hole(Timestamp.Parse("2020-06-28T02:00:00Z"), Timestamp.Parse("2020-06-28T05:00:00Z"), 3)]);

        counts.ShouldBe([24, 1, 372, 468, 366, 176, 24, 500, 116, 5], ignoreOrder: true);
    }

    [Fact]
    public void A_recorded_day_has_the_values_that_everybody_knows()
    {
        var days = Recordings.Read(Rest).Single(e => e.Path == "/api/v3/klines" && e.Query("startTime") == "1546300800000");
        var bars = BinanceParser.ParseKlines(days.Body, Interval.Day);
        bars[0].ShouldBe(new Bar(Timestamp.Parse("2019-01-01"), 3701.23, 3810.16, 3642.00, 3797.14, 23741.687033));
    }

    [Fact]
    public void Recorded_books_are_sorted_and_not_crossed()
    {
        var books = Recordings.Read(Rest).Where(e => e.Path.EndsWith("/v1/depth", StringComparison.Ordinal) || e.Path == "/api/v3/depth")
            .Concat(Recordings.Read("binance/rest_spot_2019_with_headers.jsonl").Where(e => e.Path == "/api/v1/depth")).ToList();
        books.Count.ShouldBeGreaterThan(3);
        foreach (var answer in books)
        {
            var book = BinanceParser.ParseDepth(answer.Body, new Symbol("BTC", "USDT"));
            book.Bids.Count.ShouldBeInRange(1, int.Parse(answer.Query("limit"), CultureInfo.InvariantCulture));
            book.Bids.Select(l => l.Price).ShouldBeInOrder(SortDirection.Descending);
            book.Asks.Select(l => l.Price).ShouldBeInOrder(SortDirection.Ascending);
            book.Bids[0].Price.ShouldBeLessThan(book.Asks[0].Price);
            (book.Time is not null).ShouldBe(answer.Path is "/fapi/v1/depth" or "/dapi/v1/depth");
        }
    }

    [Fact]
    public void Recorded_trades_are_read_and_a_row_without_its_side_is_refused()
    {
        var (read, refused) = (0, 0);
        foreach (var answer in Recordings.Read(Rest).Where(e => e.Path.EndsWith("/aggTrades", StringComparison.Ordinal)))
        {
            try
            {
                var trades = BinanceParser.ParseAggTrades(answer.Body);
                trades.ShouldAllBe(t => t.Price > 0 && t.Quantity > 0 && t.LastTradeId >= t.FirstTradeId);
                read++;
            }
            catch (DataValidationException error)
            {
                // One recording was damaged by its recorder: {"":false} where "m" should be.
                error.Message.ShouldContain("'m' is missing");
                refused++;
            }
        }

        read.ShouldBeGreaterThan(10);
        refused.ShouldBe(1);
    }

    [Fact]
    public void Recorded_funding_and_mark_prices_are_read()
    {
        var answers = Recordings.Read(Rest);
        foreach (var answer in answers.Where(e => e.Path == "/fapi/v1/fundingRate"))
            BinanceParser.ParseFundingRates(answer.Body, answer.Query("symbol")).ShouldAllBe(r => Math.Abs(r.Rate) < 0.01 && r.Time > Timestamp.Parse("2019-09-01"));
        var info = answers.Single(e => e.Path == "/fapi/v1/fundingInfo");
        BinanceParser.ParseFundingInfo(info.Body).Count.ShouldBe(25);
        var mark = answers.Single(e => e.Path == "/fapi/v1/premiumIndex");
        BinanceParser.ParsePremiumIndex(mark.Body, new Symbol("BTC", "USDT", "USDT")).Index.ShouldBe(26798.25197802m);
        var time = answers.Single(e => e.Path == "/fapi/v1/time");
        BinanceParser.ParseTime(time.Body).ShouldBeGreaterThan(Timestamp.Parse("2020-01-01"));
    }

    [Fact]
    public void Recorded_market_lists_of_two_years_give_steps_of_the_order_rules()
    {
        Instruments("binance/cf_spot_session_20211012.jsonl.zst", perpetual: false)
            .Single(i => i.Symbol == new Symbol("BTC", "USDT")).ShouldBe(new Instrument("binance", new Symbol("BTC", "USDT"), 0.01m, 0.00001m, 10m));
        Instruments("binance/cf_usdm_session_20210722.jsonl.zst", perpetual: true)
            .Single(i => i.Symbol == new Symbol("BTC", "USDT", "USDT"))
            .ShouldBe(new Instrument("binance", new Symbol("BTC", "USDT", "USDT"), 0.01m, 0.001m, 5m, TimeSpan.FromHours(8)));
    }

    private static IReadOnlyList<Instrument> Instruments(string name, bool perpetual)
    {
        var (_, body) = Recordings.Messages(name, l => l.TryGetProperty("url", out var url) && url.GetString()!.EndsWith("/exchangeInfo", StringComparison.Ordinal)).ShouldHaveSingleItem();
        var page = BinanceParser.ParseExchangeInfo(body, defaultFunding: TimeSpan.FromHours(8));
        page.Instruments.Count.ShouldBeGreaterThan(100);
        page.Instruments.ShouldAllBe(i => i.Symbol.IsPerpetual == perpetual && i.Tick > 0 && i.Lot > 0 && i.MinNotional > 0);
        page.Instruments.Select(i => i.Symbol).ShouldBeUnique();
        return page.Instruments;
    }
}
