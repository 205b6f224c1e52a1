using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator;

// Without it the name means the tests of Core.Market.
using Market = Mts.Simulator.Model.Market;

public sealed class ModelCandlesTests
{
    private static readonly Exchange exchange = new(7, new Dictionary<string, FileCandles>());
    private static readonly long now = DateTimeOffset.Parse("2026-03-01T00:00:00Z").ToUnixTimeMilliseconds();

    public static TheoryData<string> Symbols => [.. exchange.At(Venue.BinanceSpot).Select(m => m.Listing.Symbol)];

    [Theory]
    [MemberData(nameof(Symbols))]
    public void Minutes_add_up_to_the_hour_and_the_day_exactly(string symbol)
    {
        var market = exchange.Find(Venue.BinanceSpot, symbol).ShouldNotBeNull();
        foreach (var day in Days(market, 8))
        {
            var bar = Bar(market, Span.Parse("1d"), day);
            Sum(market, "1m", day, Clock.Day).ShouldBe(bar);
            Sum(market, "1h", day, Clock.Day).ShouldBe(bar);
            Sum(market, "4h", day, Clock.Day).ShouldBe(bar);
        }
    }

    [Theory]
    [InlineData("BinanceUsdm", "BTCUSDT")]
    [InlineData("BinanceUsdm", "1000SHIBUSDT")]
    [InlineData("BybitSpot", "HYPEUSDT")]
    [InlineData("BybitLinear", "1000PEPEUSDT")]
    [InlineData("BybitLinear", "SHIB1000USDT")]
    public void So_they_do_at_other_venues(string venue, string symbol)
    {
        var market = exchange.Find(Enum.Parse<Venue>(venue), symbol).ShouldNotBeNull();
        foreach (var day in Days(market, 8)) Sum(market, "1m", day, Clock.Day).ShouldBe(Bar(market, Span.Parse("1d"), day));
    }

    [Fact]
    public void The_day_of_listing_begins_in_the_middle()
    {
        var market = Bitcoin();
        var first = DateTimeOffset.Parse("2017-08-17T04:00:00Z").ToUnixTimeMilliseconds();
        var minute = market.Candles.Forward(Span.Parse("1m") ?? default, 0, now, 1, now)[0];
        var day = market.Candles.Forward(Span.Parse("1d") ?? default, 0, now, 1, now)[0];

        minute.OpenMs.ShouldBe(first);
        day.OpenMs.ShouldBe(first - (4 * Clock.Hour));
        Sum(market, "1m", day.OpenMs, Clock.Day).ShouldBe(day);
    }

    [Fact]
    public void Weeks_open_on_Monday_and_are_the_sum_of_their_days()
    {
        var market = Bitcoin();
        var monday = DateTimeOffset.Parse("2024-01-01T00:00:00Z").ToUnixTimeMilliseconds();
        var week = market.Candles.Forward(Span.Week, monday, now, 1, now)[0];
        week.OpenMs.ShouldBe(monday);
        Sum(market, "1d", monday, 7 * Clock.Day).ShouldBe(week);
    }

    [Fact]
    public void Every_minute_is_a_bar_whose_mean_price_lies_inside_it()
    {
        foreach (var market in exchange.At(Venue.BinanceSpot))
        {
            foreach (var day in Days(market, 6))
            {
                foreach (var bar in Model(market).Minutes(Clock.DayOf(day)))
                {
                    bar.Low.ShouldBeLessThanOrEqualTo(Math.Min(bar.Open, bar.Close));
                    bar.High.ShouldBeGreaterThanOrEqualTo(Math.Max(bar.Open, bar.Close));
                    bar.Low.ShouldBeGreaterThan(0);
                    (bar.Quote >= (Int128)bar.Low * bar.Volume && bar.Quote <= (Int128)bar.High * bar.Volume).ShouldBeTrue($"{market.Listing.Symbol} {bar}");
                    bar.TakerVolume.ShouldBeInRange(0, bar.Volume);
                    bar.Trades.ShouldBeGreaterThanOrEqualTo(MinutePath.LeastTrades);
                }
            }
        }
    }

    [Fact]
    public void The_next_minute_opens_near_the_last_close_but_seldom_on_it()
    {
        var bars = Model(Bitcoin()).Minutes(Clock.DayOf(new DateOnly(2024, 5, 6)));
        var gaps = bars.Skip(1).Zip(bars, (next, last) => Math.Abs(next.Open - last.Close) / (double)last.Close).ToList();
        gaps.Max().ShouldBeLessThan(0.002);
        gaps.Count(g => g == 0).ShouldBeLessThan(gaps.Count / 2);
    }

    [Fact]
    public void Trades_add_up_to_their_minute()
    {
        var model = Model(Bitcoin());
        var minute = model.Minutes(Clock.DayOf(new DateOnly(2024, 5, 6)))[777];
        var trades = model.Trades(minute.OpenMs);

        trades[0].Price.ShouldBe(minute.Open);
        trades[^1].Price.ShouldBe(minute.Close);
        trades.Max(t => t.Price).ShouldBe(minute.High);
        trades.Min(t => t.Price).ShouldBe(minute.Low);
        trades.Sum(t => t.Quantity).ShouldBe(minute.Volume);
        trades.Sum(t => t.LastTrade - t.FirstTrade + 1).ShouldBe(minute.Trades);
        model.Trades(minute.OpenMs + Clock.Minute)[0].FirstTrade.ShouldBe(trades[^1].LastTrade + 1);
        model.Trades(minute.OpenMs + Clock.Minute)[0].Id.ShouldBe(trades[^1].Id + 1);
    }

    [Fact]
    public void An_unfinished_bar_grows_into_the_finished_one()
    {
        var market = Bitcoin();
        var open = DateTimeOffset.Parse("2024-05-06T12:00:00Z").ToUnixTimeMilliseconds();
        var hour = Span.Parse("1h") ?? default;
        var whole = market.Candles.Bar(hour, open, now).ShouldNotBeNull();
        var before = market.Candles.Bar(hour, open, open + 1).ShouldNotBeNull();
        before.Open.ShouldBe(whole.Open);
        for (var at = open + 7_001; at < open + Clock.Hour; at += 97_003)
        {
            var part = market.Candles.Bar(hour, open, at).ShouldNotBeNull();
            part.Volume.ShouldBeGreaterThanOrEqualTo(before.Volume);
            part.High.ShouldBeInRange(before.High, whole.High);
            part.Low.ShouldBeInRange(whole.Low, before.Low);
            before = part;
        }

        market.Candles.Bar(hour, open, open).ShouldBeNull();
    }

    [Fact]
    public void The_same_seed_gives_the_same_market_in_any_order_of_asking_and_another_seed_another()
    {
        var forward = new Exchange(11, new Dictionary<string, FileCandles>());
        var backward = new Exchange(11, new Dictionary<string, FileCandles>());
        var other = new Exchange(12, new Dictionary<string, FileCandles>());
        var days = Enumerable.Range(18_000, 40).Select(d => d * Clock.Day).ToList();

        var first = days.Select(d => Hash(forward, d)).ToList();
        var second = Enumerable.Reverse(days).Select(d => Hash(backward, d)).Reverse().ToList();
        second.ShouldBe(first);
        days.Select(d => Hash(other, d)).ShouldNotBe(first);
    }

    private static int Hash(Exchange from, long day) =>
        Model(from.Find(Venue.BinanceSpot, "ETHUSDT").ShouldNotBeNull()).Minutes(Clock.DayOf(day)).Aggregate(17, (hash, bar) => unchecked((hash * 31) + bar.GetHashCode()));

    private static Market Bitcoin() => exchange.Find(Venue.BinanceSpot, "BTCUSDT").ShouldNotBeNull();

    private static ModelCandles Model(Market market) => market.Model.ShouldNotBeNull();

    private static IEnumerable<long> Days(Market market, int count)
    {
        var first = Clock.DayOf(market.Candles.FirstMs);
        var step = Math.Max(1, (Clock.DayOf(now) - first) / count);
        for (var day = first; day < Clock.DayOf(now); day += step) yield return day * Clock.Day;
    }

    private static Candle Bar(Market market, Span? span, long open) => market.Candles.Bar(span ?? default, open, now).ShouldNotBeNull();

    private static Candle Sum(Market market, string interval, long from, long length)
    {
        var span = Span.Parse(interval) ?? default;
        var bars = market.Candles.Forward(span, from, from + length - 1, int.MaxValue, now);
        return bars.Aggregate((sum, next) => sum.Then(next)) with { OpenMs = from };
    }
}
