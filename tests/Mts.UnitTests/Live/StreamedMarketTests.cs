using System.Runtime.CompilerServices;
using Mts.Cli.Live;
using Mts.Core;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Spreads;

namespace Mts.UnitTests.Live;

/// <summary>The time is 12:03:30 at the start; the minute of each bar stands in its prices.</summary>
public sealed class StreamedMarketTests : IBarHistory, IFundingHistory
{
    private static readonly Timestamp Noon = Timestamp.FromDateTimeOffset(new DateTimeOffset(2024, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private static readonly SeriesKey Btc = new("binance", Symbol.Parse("BTC/USDT"), Interval.Minute);
    private static readonly SeriesKey Eth = new("binance", Symbol.Parse("ETH/USDT"), Interval.Minute);
    private static readonly SeriesKey Perpetual = new("binance", Symbol.Parse("BTC/USDT:USDT"), Interval.Minute);

    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2024, 3, 1, 12, 3, 30, TimeSpan.Zero));
    private readonly MarketRig rig = new();
    private readonly List<string> notes = [];
    private readonly HashSet<Timestamp> lacking = [];
    private readonly List<FundingRate> settled = [];
    private readonly StreamedMarket market;
    private int failures;

    public StreamedMarketTests() => market = new StreamedMarket(_ => this, _ => this, withTops: true, clock, notes.Add);

    string IBarHistory.Venue => "binance";

    string IFundingHistory.Venue => "binance";

    public bool HasVolume => true;

    public IReadOnlyList<Interval> Intervals => [Interval.Minute];

    [Fact]
    public async Task What_has_closed_comes_first_then_the_minutes_of_the_stream_as_bars_of_the_series()
    {
        var five = Interval.Parse("5m");
        await using var inputs = Follow(new LiveSeries(Btc with { Interval = five }, At(-10)));

        var past = await inputs.BarsAsync(2);
        GiveMinutes(Btc, 3, 4);
        var live = (await inputs.BarsAsync(1))[0];

        past.Select(b => (b.Bar.OpenTime, b.IsLate)).ShouldBe([(At(-10), true), (At(-5), true)]);
        var minutes = new BarSeriesBuilder();
        for (var i = 0; i < 5; i++) minutes.Add(Minute(i));
        live.Bar.ShouldBe(Resampler.Resample(minutes.Build(Btc, hasVolume: true), five).Series[0]);
        live.IsLate.ShouldBeFalse();
    }

    [Fact]
    public async Task A_minute_that_the_stream_left_out_is_fetched_before_the_newer_one()
    {
        await using var inputs = Follow(new LiveSeries(Btc, At(3)));
        await inputs.NextAsync<LiveClock>();
        GiveMinutes(Btc, 3, 4);
        clock.Advance(TimeSpan.FromMinutes(4));
        GiveMinutes(Btc, 6);

        (await inputs.BarsAsync(4)).Select(b => (b.Bar, b.IsLate)).ShouldBe([(Minute(3), false), (Minute(4), false), (Minute(5), true), (Minute(6), false)]);
    }

    [Fact]
    public async Task While_one_series_catches_up_the_others_wait_with_it()
    {
        await using var inputs = Follow(new LiveSeries(Btc, At(3)), new LiveSeries(Eth, At(3)));
        await inputs.NextAsync<LiveClock>();
        GiveMinutes(Btc, 3);
        GiveMinutes(Eth, 3);
        await inputs.BarsAsync(2);
        clock.Advance(TimeSpan.FromMinutes(3));
        failures = 2;
        GiveMinutes(Eth, 5);
        GiveMinutes(Btc, 4, 5);

        (await inputs.BarsAsync(4)).Select(b => (b.Series, b.Bar)).ShouldBe([(0, Minute(4)), (1, Minute(4)), (0, Minute(5)), (1, Minute(5))]);
        notes.Count.ShouldBe(2);
        notes.ShouldAllBe(n => n.Contains("it is asked again"));
    }

    [Fact]
    public async Task A_minute_that_the_stream_does_not_bring_at_all_is_fetched_when_it_is_overdue()
    {
        await using var inputs = Follow(new LiveSeries(Btc, At(3)));

        var bar = (await inputs.BarsAsync(1))[0];

        bar.Bar.ShouldBe(Minute(3));
        bar.IsLate.ShouldBeTrue();
        (bar.Received - At(4)).ShouldBeInRange(SeriesFollower.Overdue, SeriesFollower.Overdue + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task What_the_venue_does_not_have_is_told_as_a_gap()
    {
        lacking.Add(At(-3));
        await using var inputs = Follow(new LiveSeries(Btc, At(-5)));

        var bars = await inputs.BarsAsync(7);

        bars.Select(b => b.Bar).ShouldBe([Minute(-5), Minute(-4), Minute(-2), Minute(-1), Minute(0), Minute(1), Minute(2)]);
        var gap = inputs.Taken.OfType<LiveGap>().ShouldHaveSingleItem();
        (gap.From, gap.Until).ShouldBe((At(-3), At(-2)));
    }

    [Fact]
    public async Task Best_prices_are_those_of_the_book_until_it_is_not_valid()
    {
        await using var inputs = Follow(new LiveSeries(Btc, At(3)));
        await inputs.NextAsync<LiveClock>();
        var followed = rig.MarketOf("binance");
        rig.Top("binance", 0, 100, 101, size: 2);
        market.Inbox.OnBook(followed, Noon);
        rig.Top("binance", 100, 102, 103, size: 3);
        market.Inbox.OnBook(followed, Noon);
        var valid = await inputs.NextAsync<LiveTop>();
        rig.Silence("binance", 60_000);
        market.Inbox.OnBookState(followed, BookState.Valid, "silent", Noon);
        var stale = await inputs.NextAsync<LiveTop>();

        (valid.IsValid, valid.Bid, valid.Ask).ShouldBe((true, new BookLevel(102, 3), new BookLevel(103, 3)));
        followed.Book.State.ShouldNotBe(BookState.Valid);
        (stale.IsValid, stale.Bid, stale.Ask).ShouldBe((false, null, null));
    }

    [Fact]
    public async Task Funding_is_what_the_venue_says_it_settled()
    {
        await using var inputs = Follow(new LiveSeries(Perpetual, At(3)));
        await inputs.NextAsync<LiveClock>();
        market.Inbox.OnMark(rig.MarketOf("binance", "BTC/USDT:USDT"), new MarkUpdate(At(3), 100, null, 0.0001, At(5)), At(3));
        await inputs.NextAsync<LiveClock>();
        settled.Add(new FundingRate(At(5) + TimeSpan.FromMilliseconds(3), 0.0002, 101));

        var funding = await inputs.NextAsync<LiveFunding>();

        funding.Rate.ShouldBe(settled[0]);
        (funding.Received - At(5)).ShouldBeLessThan(TimeSpan.FromSeconds(15));
        inputs.Taken.OfType<LiveGap>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Funding_that_the_venue_does_not_tell_is_the_rate_that_it_expected_and_is_marked()
    {
        await using var inputs = Follow(new LiveSeries(Perpetual, At(3)));
        await inputs.NextAsync<LiveClock>();
        market.Inbox.OnMark(rig.MarketOf("binance", "BTC/USDT:USDT"), new MarkUpdate(At(3), 100, null, 0.0001, At(5)), At(3));

        var funding = await inputs.NextAsync<LiveFunding>();

        funding.Rate.ShouldBe(new FundingRate(At(5), 0.0001, 100));
        inputs.Taken.OfType<LiveGap>().ShouldHaveSingleItem().Cause.ShouldContain("estimated");
        settled.Add(new FundingRate(At(5), 0.0003, 101));
        clock.Advance(TimeSpan.FromHours(2));
        await inputs.NextAsync<LiveClock>();
        await inputs.NextAsync<LiveClock>();
        inputs.Taken.OfType<LiveFunding>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Bars_shorter_than_a_minute_are_refused()
    {
        await using var inputs = Follow(new LiveSeries(Btc with { Interval = Interval.Parse("1s") }, At(3)));

        (await Should.ThrowAsync<ConfigurationException>(() => inputs.NextAsync<LiveInput>())).Message.ShouldContain("--feed poll");
    }

    public async IAsyncEnumerable<BarPage> FetchAsync(Symbol symbol, Interval interval, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (failures > 0)
        {
            failures--;
            throw new ApiConnectionException("binance", "no answer");
        }

        var bars = new List<Bar>();
        for (var open = from; open < until; open += interval.Length)
        {
            if (!lacking.Contains(open)) bars.Add(Minute((int)(open - Noon).TotalMinutes));
        }

        yield return new BarPage(bars, new Provenance("binance", until, "", ""));
    }

    public async IAsyncEnumerable<FundingPage> FetchFundingAsync(Symbol symbol, Timestamp from, Timestamp until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new FundingPage([.. settled.Where(r => r.Time >= from && r.Time < until)], new Provenance("binance", until, "", ""));
    }

    private static Timestamp At(int minute) => Noon + TimeSpan.FromMinutes(minute);

    private static Bar Minute(int minute) => new(At(minute), 1_000 + minute, 1_002 + minute, 999 + minute, 1_001 + minute, 5 + (minute % 3));

    private void GiveMinutes(SeriesKey key, params int[] minutes)
    {
        foreach (var minute in minutes) market.Inbox.OnBar(rig.MarketOf(key.Venue, key.Symbol.ToString()), Minute(minute), isLate: false, At(minute + 1));
    }

    private Inputs Follow(params LiveSeries[] series) => new(market.FollowAsync(series, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken), clock);

    private sealed class Inputs(IAsyncEnumerator<LiveInput> inputs, ManualTimeProvider clock) : IAsyncDisposable
    {
        public List<LiveInput> Taken { get; } = [];

        public async Task<T> NextAsync<T>()
            where T : LiveInput
        {
            while (true)
            {
                (await clock.RunAsync(() => inputs.MoveNextAsync().AsTask(), TestContext.Current.CancellationToken)).ShouldBeTrue();
                Taken.Add(inputs.Current);
                if (inputs.Current is T wanted) return wanted;
            }
        }

        public async Task<IReadOnlyList<LiveBar>> BarsAsync(int count)
        {
            var bars = new List<LiveBar>();
            while (bars.Count < count) bars.Add(await NextAsync<LiveBar>());
            return bars;
        }

        public ValueTask DisposeAsync() => inputs.DisposeAsync();
    }
}
