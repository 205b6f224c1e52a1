using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Pipeline.Realtime.Recording;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Realtime.Recording;

public sealed class RecorderTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly ScriptedSink sink = new("a");
    private readonly ScriptedSink other = new("b");
    private readonly List<SinkState> states = [];
    private readonly LoggedLines<Recorder> log = new();

    [Fact]
    public void Takes_one_book_and_one_spread_per_market_and_second()
    {
        var recorder = Recorder();
        var bench = Valid();

        recorder.OnBook(bench.Market, bench.Now);
        recorder.OnBook(bench.Market, bench.Now + TimeSpan.FromMilliseconds(999));
        recorder.Step();
        bench.Frame("d BTCUSDT 13 13 - 100:7 -");
        recorder.OnBook(bench.Market, bench.Now + TimeSpan.FromSeconds(1));
        recorder.Step();

        sink.Batches.Select(b => (b.Books.Count, b.Spreads.Count)).ShouldBe([(1, 1), (1, 1)]);
        var book = sink.Batches[0].Books[0];
        book.Bids.ShouldBe([new LevelChange(100, 1), new LevelChange(99, 5)]);
        book.Asks.ShouldBe([new LevelChange(101, 1), new LevelChange(102, 5)]);
        (book.UpdateId, book.Time, book.Scale).ShouldBe((12, bench.Now, NumberScale.Default));
        sink.Batches[1].Spreads[0].Bid.ShouldBe(new LevelChange(100, 7));
        recorder.Counts.ShouldBe(new RecorderCounts(8, 0, 0, 8, 0, 0, 0));
    }

    [Theory]
    [InlineData(30, 25)]
    [InlineData(7, 7)]
    public void Stops_at_the_setting_and_where_the_snapshot_stopped(int levels, int kept)
    {
        // The snapshot shows 25 a side, to 976 and 1034; 900 and 1100 may have better ones before them that nobody has seen.
        var bids = string.Join(',', Enumerable.Range(0, 25).Select(i => $"{1_000 - i}:1"));
        var asks = string.Join(',', Enumerable.Range(0, 25).Select(i => $"{1_010 + i}:1"));
        var bench = new FeedBench(options: new() { FirstLevels = 25, Levels = 25, AuditEvery = TimeSpan.Zero }).Open()
            .Frame("d BTCUSDT 11 12 - 900:4 1100:4").Fetched($"s BTCUSDT 10 {bids} {asks}");
        bench.Market.Book.Book.Bids.Count.ShouldBe(26);
        var recorder = new Recorder(new RecorderOptions { Levels = levels }, [sink], clock, NullLogger<Recorder>.Instance);

        recorder.OnBook(bench.Market, bench.Now);
        recorder.Step();

        var book = sink.Batches.ShouldHaveSingleItem().Books.ShouldHaveSingleItem();
        book.Bids.Select(l => l.Price).ShouldBe(Enumerable.Range(0, kept).Select(i => 1_000L - i));
        book.Asks.Select(l => l.Price).ShouldBe(Enumerable.Range(0, kept).Select(i => 1_010L + i));
    }

    [Fact]
    public void Two_samples_are_never_of_one_second_of_the_venue()
    {
        var recorder = Recorder();
        var second = Timestamp.Parse("2026-01-01T00:00:05Z");
        var venueTime = second;
        var bench = new FeedBench(new ScriptedVenue(new CountingSequencer()) { MarksTimes = () => venueTime }, ["BTC/USDT"]);
        bench.Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");

        foreach (var (id, venue, received) in new[] { (13, 4, 20), (14, 990, 1_010), (15, 1_090, 1_110), (16, 1_190, 1_210), (17, 2_090, 2_110) })
        {
            venueTime = second + TimeSpan.FromMilliseconds(venue);
            bench.Frame($"d BTCUSDT {id} {id} - 100:{id} -");
            recorder.OnBook(bench.Market, second + TimeSpan.FromMilliseconds(received));
            recorder.Step();
        }

        sink.Batches.Select(b => b.Books.ShouldHaveSingleItem().UpdateId).ShouldBe([13, 15, 17]);
        sink.Batches.ShouldAllBe(b => b.Spreads.Count == 1);
    }

    [Fact]
    public void A_book_that_is_not_valid_gives_no_book_and_no_spread()
    {
        var recorder = Recorder();
        var bench = Valid().Frame("d BTCUSDT 20 21 - 100:9 -");
        bench.Market.Book.State.ShouldBe(BookState.Invalid);

        recorder.OnBook(bench.Market, bench.Now);
        recorder.OnQuote(bench.Market, new QuoteUpdate(1, null, new(100, 1), new(101, 1)), bench.Now);
        recorder.Step();

        sink.Batches.ShouldBeEmpty();
    }

    [Fact]
    public void Quotes_give_the_spread_where_no_book_is_followed()
    {
        var recorder = Recorder();
        var bench = new FeedBench(null, null, Channel.Quote).Open();

        recorder.OnQuote(bench.Market, new QuoteUpdate(1, null, new(101, 1), new(101, 1)), bench.Now);
        recorder.OnQuote(bench.Market, new QuoteUpdate(1, null, new(100, 0), new(101, 1)), bench.Now);
        recorder.OnQuote(bench.Market, new QuoteUpdate(2, null, new(100, 1), new(101, 1)), bench.Now);
        recorder.Step();

        sink.Batches.ShouldHaveSingleItem().Spreads.ShouldHaveSingleItem().Ask.ShouldBe(new LevelChange(101, 1));
    }

    [Fact]
    public void Samples_give_way_to_newer_ones_and_ledgers_do_not()
    {
        var recorder = Recorder();
        var bench = Valid();
        var gap = new FeedGap("binance", bench.Market.Symbol, Channel.Depth, "sequence", 1, 3, bench.Now);

        for (var second = 0; second < 5; second++)
        {
            recorder.OnBook(bench.Market, bench.Now + TimeSpan.FromSeconds(second));
            recorder.OnGap(bench.Market, gap);
        }

        recorder.Step();

        var batch = sink.Batches.ShouldHaveSingleItem();
        (batch.Books.Count, batch.Spreads.Count, batch.Gaps.Count).ShouldBe((1, 1, 5));
        batch.Books[0].Received.ShouldBe(bench.Now + TimeSpan.FromSeconds(4));
        (recorder.Counts.Taken, recorder.Counts.Conflated).ShouldBe((30, 16));
    }

    [Fact]
    public void Ledgers_beyond_the_queue_make_the_feed_wait_and_are_kept_all_the_same()
    {
        var recorder = new Recorder(new RecorderOptions { LedgerQueue = 16, LedgerWait = TimeSpan.Zero }, [sink], clock, NullLogger<Recorder>.Instance);
        for (var i = 0; i < 20; i++) recorder.OnDeadLetter(new DeadLetter("binance", MarketKind.Spot, null, null, 1, 1, i, default, "x", []));

        recorder.Step();

        sink.Batches[0].DeadLetters.Select(l => l.Position).ShouldBe(Enumerable.Range(0, 20).Select(i => (long)i));
        recorder.Counts.Waits.ShouldBe(4);
    }

    [Fact]
    public void Funding_is_taken_when_it_changes_and_once_in_a_while()
    {
        var recorder = Recorder();
        var bench = Valid();
        void Mark(double seconds, double? rate, double mark = 100) =>
            recorder.OnMark(bench.Market, new MarkUpdate(bench.Now + TimeSpan.FromSeconds(seconds), mark, null, rate, bench.Now + TimeSpan.FromHours(8)), bench.Now);

        foreach (var (seconds, rate) in new (double, double?)[] { (0, 0.0001), (1, 0.0001), (2, 0.0002), (3, null), (301, 0.0002), (302, 0.0002) })
        {
            Mark(seconds, rate);
            recorder.Step();
        }

        Mark(400, 0.0003, double.NaN);
        Mark(400, double.NaN);
        recorder.Step();

        sink.Batches.SelectMany(b => b.Funding).Select(f => ((f.Time - bench.Now).TotalSeconds, f.Rate)).ShouldBe([(0, 0.0001), (2, 0.0002), (302, 0.0002)]);
        recorder.Counts.Refused.ShouldBe(2);
    }

    [Fact]
    public void A_sink_that_fails_is_told_once_tried_again_and_holds_up_no_other()
    {
        var recorder = Recorder();
        var bench = Valid();
        sink.IsBroken = true;

        recorder.OnBook(bench.Market, bench.Now);
        recorder.Step();
        recorder.Step();
        sink.Tries.ShouldBe(1);
        recorder.OnBook(bench.Market, bench.Now + TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        recorder.Step();
        (sink.Tries, other.Batches.Count).ShouldBe((2, 2));
        sink.IsBroken = false;
        clock.Advance(TimeSpan.FromSeconds(2));
        recorder.Step();

        sink.Batches.Select(b => b.Books[0]).ShouldBe(other.Batches.Select(b => b.Books[0]));
        states.Select(s => (s.Sink, s.IsFailing)).ShouldBe([("a", true), ("a", false)]);
        states[0].Detail.ShouldContain("disk is full");
    }

    [Fact]
    public void A_sink_that_fails_says_why_and_later_what_it_cost()
    {
        var recorder = Recorder();
        var bench = Valid();
        sink.IsBroken = true;
        for (var second = 0; second < 4; second++)
        {
            recorder.OnBook(bench.Market, bench.Now + TimeSpan.FromSeconds(second));
            recorder.Step();
        }

        recorder.Counts.Owed.ShouldBe(2);
        sink.IsBroken = false;
        clock.Advance(TimeSpan.FromSeconds(1));
        recorder.Step();
        // Of the four books and spreads the first were owed, the last were the newest.
        log.Lines.ShouldBe([
            (LogLevel.Error, "a cannot be written, the feeds go on and writing is tried again: the disk is full"),
            (LogLevel.Warning, "a is written again; 4 samples gave way to newer ones in the meantime"),
        ]);
        recorder.Counts.Owed.ShouldBe(0);
    }

    [Fact]
    public void Bars_and_accounts_are_written_as_they_come()
    {
        var recorder = Recorder();
        var bench = Valid();
        var bar = new Bar(bench.Now, 1, 2, 1, 2, 3);

        recorder.OnBar(bench.Market, bar, isLate: true, bench.Now);
        recorder.Record(global::Mts.Pipeline.Realtime.Recording.Recorder.AccountsOf(bench.Feed, "s", bench.Now));
        recorder.Step();

        var batch = sink.Batches.ShouldHaveSingleItem();
        var row = batch.Bars.ShouldHaveSingleItem();
        (row.Bar, row.Key.Interval, row.Key.Symbol).ShouldBe((bar, Interval.Minute, bench.Market.Symbol));
        batch.Accounts.Select(a => (a.Channel, a.Received, a[FrameOutcome.Applied])).ShouldBe([(Channel.Depth, 2, 2), (null, 0, 0)]);
    }

    [Fact]
    public void Retention_runs_at_the_start_and_each_day_until_nothing_is_left()
    {
        var rule = new RetentionRule(TimeSpan.FromDays(1));
        var recorder = new Recorder(
            new RecorderOptions { Retention = new Dictionary<RealtimeKind, RetentionRule> { [RealtimeKind.Gaps] = rule, [RealtimeKind.Books] = rule } }, [sink], clock, NullLogger<Recorder>.Instance);
        sink.Trimmed.Enqueue(5_000);

        for (var i = 0; i < 5; i++) recorder.Step();
        sink.Trims.Select(t => t.Kind).ShouldBe([RealtimeKind.Books, RealtimeKind.Books, RealtimeKind.Gaps]);
        clock.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 5; i++) recorder.Step();

        sink.Trims.Count.ShouldBe(5);
        recorder.Counts.Trimmed.ShouldBe(5_000);
    }

    [Fact]
    public async Task What_is_left_is_written_at_the_end()
    {
        var recorder = Recorder();
        var bench = Valid();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = recorder.RunAsync(stop.Token);

        recorder.OnBook(bench.Market, bench.Now);
        await stop.CancelAsync();
        await running;

        sink.Batches.ShouldHaveSingleItem().Books.Count.ShouldBe(1);
    }

    private static FeedBench Valid() => new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");

    private Recorder Recorder() => new(new RecorderOptions(), [sink, other], clock, log, states.Add);
}
