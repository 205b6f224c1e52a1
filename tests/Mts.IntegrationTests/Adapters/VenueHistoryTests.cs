using Mts.Core.Quality;

namespace Mts.IntegrationTests.Adapters;

/// <summary>History of both venues over real connections, against a simulator that reads the same protocol pages on its own.</summary>
public sealed class VenueHistoryTests
{
    private static readonly Symbol Bitcoin = new("BTC", "USDT");
    private static readonly Symbol Perpetual = new("BTC", "USDT", "USDT");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Markets => new()
    {
        { "binance", "BTC/USDT", "1m" }, { "binance", "BTC/USDT:USDT", "1m" }, { "bybit", "BTC/USDT", "1m" }, { "bybit", "BTC/USDT:USDT", "1m" },
        { "binance", "ETH/USDT:USDT", "1h" }, { "bybit", "SOL/USDT", "4h" }, { "bybit", "ETH/USDT:USDT", "1h" },
    };

    [Theory]
    [MemberData(nameof(Markets))]
    public async Task Gives_3000_bars_of_a_range_once_each(string venue, string market, string length)
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        var (symbol, interval) = (Symbol.Parse(market), Interval.Parse(length));
        var from = Timestamp.Parse("2024-05-01");
        var pages = await ToListAsync(History(venues, venue).FetchAsync(symbol, interval, from, from + (interval.Length * 3_000), Cancellation));
        var bars = pages.SelectMany(p => p.Bars).ToList();
        bars.Count.ShouldBe(3_000);
        bars[0].OpenTime.ShouldBe(from);
        Holes.Find([.. bars.Select(b => b.OpenTime.Micros)], interval).ShouldBeEmpty();
        bars.ShouldAllBe(b => BarRules.Broken(b, interval, SimulatedVenues.Now, true) == null);
        pages.Sum(p => p.Bars.Count).ShouldBe(bars.Count);
        pages.Select(p => p.Provenance.Hash).ShouldBeUnique();
    }

    [Fact]
    public async Task Gives_the_same_bars_whatever_the_size_of_a_page()
    {
        await using var large = await SimulatedVenues.StartAsync(Cancellation);
        await using var small = await SimulatedVenues.StartAsync(Cancellation, change: o => o with { Spot = o.Spot with { BarsPerPage = 37 } });
        var (from, until) = (Timestamp.Parse("2024-05-01"), Timestamp.Parse("2024-05-03T02:00:00Z"));
        var expected = await BarsAsync(large.Binance.Bars, Bitcoin, Interval.Minute, from, until);
        expected.Count.ShouldBe(3_000);
        (await BarsAsync(small.Binance.Bars, Bitcoin, Interval.Minute, from, until)).ShouldBe(expected);
    }

    [Fact]
    public async Task Gives_3000_days_of_the_oldest_market()
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        var from = Timestamp.Parse("2017-09-01");
        var bars = await BarsAsync(venues.Binance.Bars, Bitcoin, Interval.Day, from, from + TimeSpan.FromDays(3_000));
        bars.Count.ShouldBe(3_000);
        bars.Select(b => b.OpenTime.Date.DayNumber - from.Date.DayNumber).ShouldBe(Enumerable.Range(0, 3_000));
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task Starts_at_the_listing_and_ends_at_the_last_closed_bar(string venue)
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        foreach (var symbol in new[] { Bitcoin, Perpetual })
        {
            var bars = await BarsAsync(History(venues, venue), symbol, Interval.Day, Timestamp.MinValue, Timestamp.MaxValue);
            bars[^1].OpenTime.ShouldBe(Timestamp.Parse("2026-02-28"));
            bars[0].OpenTime.ShouldBeGreaterThan(Timestamp.Parse("2017-01-01"));
            Holes.Find([.. bars.Select(b => b.OpenTime.Micros)], Interval.Day).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Gives_weeks_from_monday_on()
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        foreach (var history in new[] { venues.Binance.Bars, venues.Bybit.Bars })
        {
            var bars = await BarsAsync(history, Bitcoin, Interval.Week, Timestamp.Parse("2024-01-01"), Timestamp.Parse("2024-04-01"));
            bars.Select(b => b.OpenTime.Date.DayOfWeek).ShouldAllBe(d => d == DayOfWeek.Monday);
            bars.Count.ShouldBe(13);
        }
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task Gives_settled_funding_of_years_once_each(string venue)
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        var funding = venue == "binance" ? venues.Binance.Funding : venues.Bybit.Funding;
        var directory = venue == "binance" ? venues.Binance.Instruments : venues.Bybit.Instruments;
        var interval = (await directory.ListInstrumentsAsync(Cancellation)).Single(i => i.Symbol == Perpetual).FundingInterval!.Value;
        var (from, until) = (Timestamp.Parse("2022-01-01"), Timestamp.Parse("2025-01-01"));
        var rates = (await ToListAsync(funding.FetchFundingAsync(Perpetual, from, until, Cancellation))).SelectMany(p => p.Rates).ToList();
        rates.Count.ShouldBe((int)((until - from) / interval));
        rates.Zip(rates.Skip(1), (a, b) => b.Time - a.Time).ShouldAllBe(step => (step - interval).Duration() < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Gives_the_same_data_over_a_bad_line()
    {
        await using var good = await SimulatedVenues.StartAsync(Cancellation);
        await using var bad = await SimulatedVenues.StartAsync(
            Cancellation, "5xx:0.05,html200:0.05,truncate:0.05,short:0.05,reset:0.05,garbage:0.05,empty:0.05", o => o with { Spot = o.Spot with { BarsPerPage = 50 } });
        var (from, until) = (Timestamp.Parse("2024-05-01"), Timestamp.Parse("2024-05-03T02:00:00Z"));
        (await BarsAsync(bad.Binance.Bars, Bitcoin, Interval.Minute, from, until)).ShouldBe(await BarsAsync(good.Binance.Bars, Bitcoin, Interval.Minute, from, until));
        (await BarsAsync(bad.Bybit.Bars, Perpetual, Interval.Hour, from, until)).ShouldBe(await BarsAsync(good.Bybit.Bars, Perpetual, Interval.Hour, from, until));
        bad.Host.Ledger.Faults.Values.Sum().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Says_of_a_market_that_is_not_listed_what_the_venue_said()
    {
        await using var venues = await SimulatedVenues.StartAsync(Cancellation);
        var unknown = new Symbol("NOSUCH", "USDT");
        foreach (var (history, code) in new[] { (venues.Binance.Bars, "-1121"), (venues.Bybit.Bars, "10001") })
        {
            var error = await Should.ThrowAsync<ApiException>(() => BarsAsync(history, unknown, Interval.Day, Timestamp.Parse("2024-01-01"), Timestamp.Parse("2024-02-01")));
            error.Code.ShouldBe(code);
            error.Message.ShouldContain("NOSUCHUSDT");
            error.Message.ShouldContain("lists no such market");
        }
    }

    private static IBarHistory History(SimulatedVenues venues, string venue) => venue == "binance" ? venues.Binance.Bars : venues.Bybit.Bars;

    private static async Task<List<Bar>> BarsAsync(IBarHistory history, Symbol symbol, Interval interval, Timestamp from, Timestamp until) =>
        [.. (await ToListAsync(history.FetchAsync(symbol, interval, from, until, Cancellation))).SelectMany(p => p.Bars)];

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> pages)
    {
        var list = new List<T>();
        await foreach (var page in pages) list.Add(page);
        return list;
    }
}
