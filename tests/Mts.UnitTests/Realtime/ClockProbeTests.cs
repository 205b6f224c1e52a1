using System.Globalization;
using Mts.Cli.Live.Simulation;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Spreads;

namespace Mts.UnitTests.Realtime;

/// <summary>The venue's clock is asked for its time, so that nobody waits for an hour after a clock was set.</summary>
public sealed class ClockProbeTests(ITestOutputHelper output)
{
    private static readonly FeedOptions Asking = new() { AuditEvery = TimeSpan.Zero, ProbeEvery = TimeSpan.FromSeconds(30) };

    [Fact]
    public void The_time_is_asked_for_at_the_start_and_then_at_the_interval()
    {
        var bench = new FeedBench(options: Asking);
        bench.Asked().ShouldBe(["connect 1", "fetch -1 Time"]);
        var sent = bench.Now;
        bench.Wait(0.2).Input(FeedInputKind.Fetched, -1, Milliseconds(sent + TimeSpan.FromSeconds(7)));

        bench.Probes.ShouldBe([(sent, sent + TimeSpan.FromSeconds(7), bench.Now)]);
        bench.Wait(29).Asked().ShouldNotContain("fetch -2 Time");
        bench.Wait(1.1).Asked().ShouldContain("fetch -2 Time");
    }

    [Fact]
    public void It_is_asked_for_at_once_where_our_clock_has_jumped()
    {
        var bench = new FeedBench(options: Asking).Open();
        bench.Wait(3).Asked();
        bench.Jump(5).Wait(0.3).Asked().ShouldContain("fetch -2 Time");
        bench.Wait(20).Asked().ShouldNotContain("fetch -3 Time");
    }

    [Fact]
    public void It_is_asked_for_at_once_where_our_clock_was_set_forward_by_less_than_a_timer_would_show()
    {
        var bench = new FeedBench(options: Asking).Open();
        bench.Wait(3).Asked();
        bench.Jump(0.2).Input(FeedInputKind.Timer, 0, value: 200_000).Wait(0.3).Asked().ShouldContain("fetch -2 Time");
        bench.Backs.ShouldBeEmpty();
    }

    [Fact]
    public void Where_our_clock_was_set_back_it_is_asked_for_when_our_time_is_right_again()
    {
        var bench = new FeedBench(options: Asking).Open();
        bench.Input(FeedInputKind.Fetched, -1, Milliseconds(bench.Now)).Wait(3).Asked();
        // Set back by four seconds, our time has to pass four until it agrees with the clock.
        bench.Input(FeedInputKind.Timer, 0, value: -4_000_000);
        bench.Backs.ShouldBe([TimeSpan.FromSeconds(4)]);
        bench.Wait(3.9).Asked().ShouldNotContain("fetch -2 Time");
        bench.Wait(0.4).Asked().ShouldContain("fetch -2 Time");
        bench.Input(FeedInputKind.Fetched, -2, Milliseconds(bench.Now)).Probes.Count.ShouldBe(2);
    }

    [Fact]
    public void An_answer_to_what_was_asked_before_our_time_was_right_again_does_not_count()
    {
        var bench = new FeedBench(options: Asking).Open();
        bench.Input(FeedInputKind.Timer, 0, value: -500_000).Input(FeedInputKind.Fetched, -1, Milliseconds(bench.Now)).Probes.ShouldBeEmpty();
        bench.Wait(1.3).Asked().ShouldContain("fetch -2 Time");
        bench.Input(FeedInputKind.Fetched, -2, Milliseconds(bench.Now)).Probes.Count.ShouldBe(1);
    }

    [Fact]
    public void An_answer_that_took_long_or_could_not_be_read_or_never_came_is_asked_for_again()
    {
        var bench = new FeedBench(options: Asking);
        bench.Wait(1.5).Input(FeedInputKind.Fetched, -1, Milliseconds(bench.Now)).Wait(5.5).Asked().ShouldContain("fetch -2 Time");
        bench.Input(FeedInputKind.Fetched, -2, "<html>").Wait(5.5).Asked().ShouldContain("fetch -3 Time");
        bench.Letters.ShouldHaveSingleItem().Reason.ShouldBe("no time");
        bench.Input(FeedInputKind.FetchFailed, -3, "status 429", 12_000_000).Wait(11).Asked().ShouldNotContain("fetch -4 Time");
        bench.Wait(1.5).Asked().ShouldContain("fetch -4 Time");
        bench.Probes.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_not_asked_for_where_no_book_is_followed() => new FeedBench(null, Asking, Channel.Trade).Asked().ShouldBe(["connect 1"]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_our_clock_was_set_back_pairs_are_refused_until_our_time_is_right_again_and_no_longer(ulong seed)
    {
        var refusals = Refusals(seed, static o => o, seconds: -5);
        output.WriteLine(string.Join(' ', refusals.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture))));
        // Our time is right again after five seconds of its own, and nearly so before that.
        refusals.ShouldContain(r => r < 1);
        refusals.Max().ShouldBeInRange(2.5, 5.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_a_step_of_our_clock_pairs_are_refused_until_the_next_probe_and_no_longer(ulong seed)
    {
        var refusals = Refusals(seed, static o => o);
        output.WriteLine(string.Join(' ', refusals.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture))));
        // The timer that is late by the step comes within a quarter of a second; question and answer take three tenths of one.
        refusals.ShouldNotBeEmpty();
        refusals.ShouldAllBe(r => r < 1.5);
        Refusals(seed, static o => o with { ProbeEvery = TimeSpan.Zero }).Max().ShouldBeGreaterThan(30);
    }

    /// <returns>Seconds after the step at which a pair of valid books was called too old.</returns>
    private static List<double> Refusals(ulong seed, Func<FeedOptions, FeedOptions> adjust, double seconds = 5)
    {
        var step = (After: TimeSpan.FromSeconds(20), By: TimeSpan.FromSeconds(seconds));
        // Fault-free, on a network of ordinary speed.
        var scenario = Scenario.OfFault("ws-duplicate", seed) with
        {
            Length = TimeSpan.FromSeconds(55), Latency = TimeSpan.FromMilliseconds(40), Wander = TimeSpan.FromMilliseconds(60), Skew = TimeSpan.FromMilliseconds(300), ClockStep = step,
        };
        RefusalTap? tap = null;
        using var world = new SimulatedWorld(scenario, adjust: adjust, analysed: (inner, _) => tap = new RefusalTap((MarketAnalysis)inner, tap, TimeSpan.FromSeconds(Math.Max(0, seconds))));
        world.Run().Violations.ShouldBeEmpty();
        return tap!.First.Seen;
    }

    /// <summary>Notes when books were called too old; what is replayed afterwards is left to its own.</summary>
    private sealed class RefusalTap(MarketAnalysis analysis, RefusalTap? before, TimeSpan forward) : QuietTap
    {
        private static readonly Timestamp Step = Timestamp.Parse("2026-06-01T11:59:50Z");
        private long known;

        public RefusalTap First => before?.First ?? this;

        public List<double> Seen { get; } = [];

        public override void OnBook(FollowedMarket market, Timestamp received)
        {
            analysis.OnBook(market, received);
            var refused = analysis.Pairs.Sum(p => p.Refused.GetValueOrDefault(SpreadRefusal.TooOld));
            var at = (received - Step - forward).TotalSeconds - 0.3;
            if (refused > known && at > -5) Seen.Add(at);
            known = refused;
        }

        public override void OnBookState(FollowedMarket market, Mts.Core.Books.BookState from, string cause, Timestamp now) => analysis.OnBookState(market, from, cause, now);

        public override void OnQuote(FollowedMarket market, in QuoteUpdate quote, Timestamp received) => analysis.OnQuote(market, quote, received);

        public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received) => analysis.OnTrade(market, trade, isLate, received);

        public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received) => analysis.OnBar(market, bar, isLate, received);

        public override void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received) => analysis.OnMark(market, mark, received);

        public override void OnProbe(string venue, MarketKind market, in ClockProbe probe) => analysis.OnProbe(venue, market, probe);

        public override void OnClockSetBack(string venue, MarketKind market, TimeSpan by) => analysis.OnClockSetBack(venue, market, by);
    }

    private static string Milliseconds(Timestamp time) => time.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
}
