using System.Globalization;
using System.Text;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

/// <summary>A session over streams that an earlier one followed: what nobody followed in between stands in the ledger of gaps.</summary>
public sealed class RestartTests
{
    private static readonly Channel[] channels = [Channel.Depth, Channel.Quote, Channel.Trade, Channel.Bar];
    // 2026-01-01 in minutes.
    private const long Midnight = 1_767_225_600 / 60;

    private readonly FeedBench old;

    public RestartTests()
    {
        old = New().Wait(1).Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5").Frame("q BTCUSDT 12 100:1 101:1");
        old.Frame("t BTCUSDT 40@900 41@1000").Frame($"b BTCUSDT {Midnight - 1}").Wait(1).Frame("d BTCUSDT 13 14 - 100:2 -");
        old.Market.Book.State.ShouldBe(BookState.Valid);
    }

    [Fact]
    public void A_first_session_has_no_gap()
    {
        old.Gaps.ShouldBeEmpty();
        Next([], 3_600).Open().Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void Each_stream_is_missing_since_the_last_input_with_the_ids_that_were_seen()
    {
        var next = Next(old.Feed.Positions, 10);
        next.Gaps.Select(g => (g.Channel, g.Cause, g.LastId, g.NextId, g.Start, g.End)).ShouldBe(
        [
            (Channel.Depth, "restart", 14, null, old.Now, null), (Channel.Quote, "restart", 12, null, old.Now, null),
            (Channel.Trade, "restart", 41, null, old.Now, null), (Channel.Bar, "restart", (Midnight - 1) * 60_000, null, old.Now, null),
        ], ignoreOrder: true);
    }

    [Fact]
    public void A_book_is_missing_until_it_is_valid_and_a_quote_until_the_next_one()
    {
        var next = Next(old.Feed.Positions, 10).Wait(1).Open().Frame("d BTCUSDT 91 92 - 100:1 101:1").Frame("q BTCUSDT 92 100:1 101:1");
        Closed(next).ShouldBe([(Channel.Quote, 92, "none")]);
        next.Wait(1).Fetched("s BTCUSDT 90 99:5 102:5");
        Closed(next).ShouldBe([(Channel.Quote, 92, "none"), (Channel.Depth, 90, "snapshot")]);
        next.Gaps[^1].ShouldSatisfyAllConditions(g => g.End.ShouldBe(next.Now), g => g.Start.ShouldBe(old.Now), g => g.LastId.ShouldBe(14));
        next.Feed.OpenGaps.Select(g => g.Channel).ShouldBe([Channel.Trade, Channel.Bar], ignoreOrder: true);
    }

    [Fact]
    public void Trades_in_between_are_fetched_by_id_and_each_given_once()
    {
        var next = Trading(old, 10).Wait(1).Open();
        next.Asked().ShouldNotContain(a => a.Contains("Trades"), "before the stream speaks nobody knows how many are missing");
        next.Frame("t BTCUSDT 45@2000").Asked().ShouldContain("fetch 1 Trades from 42");
        next.Feed.OpenGaps.ShouldHaveSingleItem().NextId.ShouldBe(45);
        next.Fetched("t BTCUSDT 42@1100 43@1200 44@1300 45@2000");
        next.Given.ShouldBe(["45", "42 late", "43 late", "44 late"]);
        Closed(next).ShouldBe([(Channel.Trade, 45, "backfill")]);
    }

    [Fact]
    public void Nothing_is_fetched_where_the_next_trade_follows_the_last()
    {
        var next = Trading(old, 10).Wait(1).Open().Frame("t BTCUSDT 42@2000");
        Closed(next).ShouldBe([(Channel.Trade, 42, "backfill")]);
        next.Asked().ShouldNotContain(a => a.Contains("Trades"));
    }

    [Fact]
    public void More_trades_than_are_worth_it_stay_missing_and_nothing_is_asked_for()
    {
        var next = Trading(old, 3_000_000).Wait(1).Open().Frame("t BTCUSDT 5043@2000");
        Closed(next).ShouldBe([(Channel.Trade, 5043, "none")]);
        next.Frame("t BTCUSDT 5044@2000").Wait(2).Asked().ShouldNotContain(a => a.Contains("Trades"));
        next.Given.ShouldBe(["5043", "5044"]);
        Closed(Trading(old, 10).Wait(1).Open().Frame("t BTCUSDT 5042@2000")).ShouldBeEmpty("5000 are");
    }

    [Fact]
    public void A_venue_that_counts_its_trades_anew_is_followed_from_its_first_one()
    {
        var next = Trading(old, 10).Wait(1).Open().Frame("t BTCUSDT 3@2000").Frame("t BTCUSDT 4@2000");
        Closed(next).ShouldBe([(Channel.Trade, 3, "none")]);
        next.Given.ShouldBe(["3", "4"]);
        // A trade that was given before is none.
        Trading(old, 10).Wait(1).Open().Frame("t BTCUSDT 41@1000").Given.ShouldBeEmpty();
    }

    [Fact]
    public void Where_trades_are_not_counted_the_newest_page_tells_whether_all_are_there()
    {
        var first = New(new ScriptedVenue(new CountingSequencer(), countsTrades: false), Channel.Trade).Wait(1).Open().Frame("t BTCUSDT 7@900 8@1000 9@1000");
        var next = new FeedBench(new ScriptedVenue(new CountingSequencer(), countsTrades: false), ["BTC/USDT"], null, first.Feed.Positions, first.Now + TimeSpan.FromSeconds(10), Channel.Trade);
        next.Wait(1).Open().Frame("t BTCUSDT 20@2000").Fetched("t BTCUSDT 7@900 8@1000 9@1000 10@1000 11@1500 20@2000");
        next.Given.ShouldBe(["20", "10 late", "11 late"]);
        Closed(next).ShouldBe([(Channel.Trade, null, "backfill")]);
        var late = new FeedBench(new ScriptedVenue(new CountingSequencer(), countsTrades: false), ["BTC/USDT"], null, first.Feed.Positions, first.Now + TimeSpan.FromSeconds(10), Channel.Trade);
        late.Wait(1).Open().Frame("t BTCUSDT 20@2000").Fetched("t BTCUSDT 11@1500 20@2000");
        Closed(late).ShouldBe([(Channel.Trade, null, "none")]);
    }

    [Fact]
    public void Bars_in_between_are_fetched_at_once_and_the_present_one_is_waited_for()
    {
        var next = Bars(old, 300).Wait(1).Open();
        next.Asked().ShouldContain($"fetch 1 Bars from {Midnight}");
        next.Fetched($"b BTCUSDT {Midnight} {Midnight + 1} {Midnight + 2} {Midnight + 3} {Midnight + 4}o");
        Closed(next).ShouldBeEmpty("the bar of the minute after that has closed by now");
        next.Wait(1).Asked().ShouldContain($"fetch 2 Bars from {Midnight + 4}");
        next.Fetched($"b BTCUSDT {Midnight + 4} {Midnight + 5}o", 2);
        Closed(next).ShouldBe([(Channel.Bar, (Midnight + 5) * 60_000, "backfill")]);
        next.Given.ShouldBe(Enumerable.Range(0, 5).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Midnight + i} late")));
    }

    [Fact]
    public void Bars_are_whole_where_the_venue_has_no_more_of_them_though_our_clock_says_it_should()
    {
        var next = Bars(old, 300).Jump(3_600).Wait(1).Open().Fetched($"b BTCUSDT {Midnight} {Midnight + 1}").Wait(1).Fetched($"b BTCUSDT {Midnight + 2}o", 2);
        Closed(next).ShouldBe([(Channel.Bar, (Midnight + 2) * 60_000, "backfill")]);
    }

    [Fact]
    public void Bars_of_weeks_stay_missing_and_nothing_is_asked_for()
    {
        var next = Bars(old, 14 * 86_400).Wait(1).Open();
        next.Asked().ShouldNotContain(a => a.Contains("Bars"));
        var minute = Midnight + (14 * 1_440) - 1;
        next.Frame($"b BTCUSDT {minute}").Frame($"b BTCUSDT {minute + 1}");
        next.Given.ShouldBe([$"{minute}", $"{minute + 1}"]);
        Closed(next).ShouldBe([(Channel.Bar, minute * 60_000, "none")]);
        next.Asked().ShouldNotContain(a => a.Contains("Bars"));
    }

    [Fact]
    public void Bars_that_cannot_be_fetched_are_asked_for_again_by_the_first_one_of_the_stream()
    {
        var next = Bars(old, 300).Wait(1).Open();
        for (var number = 1; number <= 5; number++)
        {
            while (!next.Asked().Contains($"fetch {number} Bars from {Midnight}")) next.Wait(0.25);
            next.Input(FeedInputKind.FetchFailed, number);
        }

        Closed(next).ShouldBeEmpty();
        next.Frame($"b BTCUSDT {Midnight + 4}").Wait(30).Asked().ShouldContain($"fetch 6 Bars from {Midnight}");
        next.Fetched($"b BTCUSDT {Midnight + 3} {Midnight + 4}", 6);
        Closed(next).ShouldBe([(Channel.Bar, (Midnight + 4) * 60_000, "none")]);
    }

    [Fact]
    public void The_books_of_all_markets_go_before_trades_and_bars()
    {
        var first = New(null, Channel.Depth, Channel.Trade, Channel.Bar).Wait(1).Open().Frame("t BTCUSDT 41@1000");
        var next = new FeedBench(new ScriptedVenue(new CountingSequencer()), ["BTC/USDT"], Options, first.Feed.Positions, first.Now + TimeSpan.FromSeconds(300), Channel.Depth, Channel.Trade, Channel.Bar);
        next.Wait(1).Open().Frame("d BTCUSDT 91 92 - 100:1 101:1").Frame("t BTCUSDT 45@2000").Wait(1);
        next.Asked().Where(a => a.StartsWith("fetch")).ShouldAllBe(a => a.Contains("Snapshot"));
        next.Fetched("s BTCUSDT 90 99:5 102:5").Wait(1);
        next.Asked().Where(a => a.StartsWith("fetch")).ShouldBe([$"fetch 2 Bars from {Midnight}", "fetch 3 Trades from 42"], ignoreOrder: true);
    }

    [Fact]
    public void What_is_not_whole_yet_at_the_next_restart_goes_on_missing_since_the_first()
    {
        var next = Next(old.Feed.Positions, 10).Wait(1).Open().Wait(1);
        var third = Next(next.Feed.Positions, 30);
        third.Gaps.Select(g => g.Start).Distinct().ShouldBe([old.Now]);
        third.Gaps.Single(g => g.Channel == Channel.Trade).LastId.ShouldBe(41);
    }

    [Fact]
    public void A_quiet_stream_was_followed_as_long_as_its_connection_brought_something()
    {
        old.Wait(20).Frame("d BTCUSDT 15 16 - 100:3 -");
        old.Feed.Positions.Single(p => p.Channel == Channel.Trade).ShouldSatisfyAllConditions(p => p.At.ShouldBe(old.Now), p => p.LastId.ShouldBe(41));
        var lost = old.Now;
        old.Wait(1).Input(FeedInputKind.Closed, 1).Wait(0.1);
        old.Feed.Positions.ShouldAllBe(p => p.At == lost);
    }

    [Fact]
    public void The_end_of_a_journal_brings_positions_up_to_date()
    {
        var noted = old.Feed.Positions.ToList();
        var tail = new PositionTail([new VenueFeed(new ScriptedVenue(new CountingSequencer()), [old.Market.Symbol], [], Options, Silent.Instance, new MarketTaps([]), new Random(1), isOpen: true, noted)], noted);
        foreach (var text in new[] { "d BTCUSDT 15 16 - 100:3 -", "t BTCUSDT 42@1100 43@1200", "t BTCUSDT 41@1000" })
        {
            old.Wait(1).Frame(text);
            tail.Take(new FeedInput(0, FeedInputKind.Frame, 1, old.Now), Encoding.UTF8.GetBytes(text));
        }

        string Text(StreamPosition p) => $"{p.Channel} {p.At} {p.LastId} {p.Time} {string.Join(' ', p.Ids)}";
        tail.Positions().Select(Text).ShouldBe(old.Feed.Positions.Select(Text), ignoreOrder: true);
    }

    private static FeedOptions Options => new() { AuditEvery = TimeSpan.Zero, ProbeEvery = TimeSpan.Zero };

    private static FeedBench New(ScriptedVenue? venue = null, params Channel[] some) =>
        new(venue ?? new ScriptedVenue(new CountingSequencer()), ["BTC/USDT"], null, [], Timestamp.Parse("2026-01-01"), some.Length > 0 ? some : channels);

    private FeedBench Next(IEnumerable<StreamPosition> positions, double seconds, params Channel[] some) =>
        new(new ScriptedVenue(new CountingSequencer()), ["BTC/USDT"], Options, positions, old.Now + TimeSpan.FromSeconds(seconds), some.Length > 0 ? some : channels);

    private FeedBench Trading(FeedBench before, double seconds) => Next(before.Feed.Positions, seconds, Channel.Trade);

    private FeedBench Bars(FeedBench before, double seconds) => Next(before.Feed.Positions, seconds, Channel.Bar);

    private static IEnumerable<(Channel, long?, string?)> Closed(FeedBench bench) => bench.Gaps.Where(g => g.End is not null).Select(g => (g.Channel, g.NextId, g.Repair));

    private sealed class Silent : IFeedShell
    {
        public static readonly Silent Instance = new();

        public void Connect(int connection, string path)
        {
        }

        public void Send(int connection, ReadOnlySpan<byte> text)
        {
        }

        public void Close(int connection, string reason)
        {
        }

        public void Fetch(int number, FetchRequest request)
        {
        }
    }
}
