using Mts.Core.Feeds;

namespace Mts.UnitTests.Realtime;

public sealed class MissedTradesTests
{
    [Fact]
    public void Are_fetched_by_id_and_each_given_once()
    {
        var bench = new FeedBench(null, null, Channel.Trade).Open().Frame("t BTCUSDT 5").Frame("t BTCUSDT 9");
        bench.Asked().ShouldContain("fetch 1 Trades from 6");
        bench.Fetched("t BTCUSDT 6 7 8 9 10").Frame("t BTCUSDT 10 11");
        bench.Given.ShouldBe(["5", "9", "6 late", "7 late", "8 late", "10", "11"]);
        bench.Gaps[^1].ShouldSatisfyAllConditions(g => g.Repair.ShouldBe("backfill"), g => g.LastId.ShouldBe(5), g => g.NextId.ShouldBe(9));
    }

    [Fact]
    public void Are_asked_for_page_by_page_and_given_up_where_the_venue_has_them_no_more()
    {
        var bench = new FeedBench(null, null, Channel.Trade).Open().Frame("t BTCUSDT 5").Frame("t BTCUSDT 9").Fetched("t BTCUSDT 6 7");
        bench.Wait(1).Asked().ShouldContain("fetch 2 Trades from 8");
        bench.Fetched("t BTCUSDT 9 10", 2);
        bench.Gaps[^1].Repair.ShouldBe("none");
    }

    [Fact]
    public void Are_not_given_up_where_more_are_missed_while_they_are_fetched()
    {
        // The page ends where the later gap begins, which is not what was asked for.
        var bench = new FeedBench(null, null, Channel.Trade).Open().Frame("t BTCUSDT 5").Frame("t BTCUSDT 9").Frame("t BTCUSDT 20").Fetched("t BTCUSDT 6 7 8 9");
        Told(bench).ShouldBe(["5-9 open", "9-20 open", "5-9 backfill"]);
        bench.Wait(2).Asked().ShouldContain("fetch 2 Trades from 10");
        bench.Fetched("t BTCUSDT 10 11 12 13 14 15 16 17 18 19 20", 2);
        Told(bench)[^1].ShouldBe("9-20 backfill");
    }

    [Fact]
    public void Those_that_the_venue_has_no_more_do_not_take_others_along()
    {
        var bench = new FeedBench(null, null, Channel.Trade).Open().Frame("t BTCUSDT 5").Frame("t BTCUSDT 9").Frame("t BTCUSDT 20").Fetched("t BTCUSDT 9");
        Told(bench).ShouldBe(["5-9 open", "9-20 open", "5-9 none"]);
        bench.Wait(2).Asked().ShouldContain("fetch 2 Trades from 10");
        bench.Fetched("t BTCUSDT 10 11 12 13 14 15 16 17 18 19 20", 2);
        Told(bench)[^1].ShouldBe("9-20 backfill");
        bench.Given.ShouldContain("19 late");
    }

    [Fact]
    public void Those_that_the_stream_brings_late_are_missing_until_then()
    {
        var bench = new FeedBench(null, null, Channel.Trade).Open().Frame("t BTCUSDT 5").Frame("t BTCUSDT 8").Frame("t BTCUSDT 7");
        Told(bench).ShouldBe(["5-8 open"]);
        bench.Frame("t BTCUSDT 6");
        Told(bench).ShouldBe(["5-8 open", "5-8 late"]);
        bench.Fetched("t BTCUSDT 6 7 8").Gaps.Count.ShouldBe(2);
        bench.Given.ShouldBe(["5", "8", "7 late", "6 late"]);
    }

    [Fact]
    public void Those_that_nobody_fetches_are_missing_at_the_end()
    {
        var bench = new FeedBench(null, null, Channel.Trade).Open().Frame("t BTCUSDT 5").Frame("t BTCUSDT 9").Frame("t BTCUSDT 20");
        bench.Feed.OpenGaps.Select(g => (g.LastId, g.NextId)).ShouldBe([(5L, 9L), (9L, 20L)]);
        bench.Feed.Finish(bench.Now);
        Told(bench).ShouldBe(["5-9 open", "9-20 open", "5-9 none", "9-20 none"]);
    }

    [Fact]
    public void Are_asked_for_ten_seconds_after_a_new_connection_that_does_not_bring_what_came_every_second()
    {
        var bench = Traded(0.5);
        bench.Wait(9.5).Asked().ShouldNotContain(a => a.StartsWith("fetch"));
        bench.Wait(1).Asked().ShouldContain("fetch 1 Trades from 21");
    }

    [Fact]
    public void Are_asked_for_four_seconds_after_the_only_trade_of_a_new_connection_where_they_came_every_second()
    {
        var bench = Traded(0.5).Wait(1).Frame("t BTCUSDT 21", 2);
        bench.Wait(3.5).Asked().ShouldNotContain(a => a.StartsWith("fetch"));
        bench.Wait(1).Asked().ShouldContain("fetch 1 Trades from 22");
    }

    [Fact]
    public void Are_waited_for_half_a_minute_where_they_came_seldom()
    {
        var bench = Traded(3);
        bench.Wait(29.5).Asked().ShouldNotContain(a => a.StartsWith("fetch"));
        bench.Wait(1).Asked().ShouldContain("fetch 1 Trades from 21");
    }

    [Fact]
    public void Bars_missed_come_before_the_bars_after_them()
    {
        var bench = new FeedBench(null, null, Channel.Bar).Open().Frame("b BTCUSDT 100").Frame("b BTCUSDT 101o").Frame("b BTCUSDT 103").Frame("b BTCUSDT 104");
        bench.Given.ShouldBe(["100"]);
        bench.Asked().ShouldContain("fetch 1 Bars from 101");
        bench.Fetched("b BTCUSDT 101 102 103");
        bench.Given.ShouldBe(["100", "101 late", "102 late", "103 late", "104"]);
        bench.Gaps[^1].Repair.ShouldBe("backfill");
    }

    [Fact]
    public void Bars_that_the_venue_does_not_have_all_of_stay_missing()
    {
        var bench = new FeedBench(null, null, Channel.Bar).Open().Frame("b BTCUSDT 100").Frame("b BTCUSDT 104").Fetched("b BTCUSDT 102 103 104");
        bench.Given.ShouldBe(["100", "102 late", "103 late", "104 late"]);
        bench.Gaps[^1].Repair.ShouldBe("none");
    }

    [Fact]
    public void A_bar_called_closed_before_its_end_is_refused_with_its_bytes()
    {
        var bench = new FeedBench(null, null, Channel.Bar).Open().Frame("b BTCUSDT 100").Frame("b BTCUSDT 100");
        bench.Market.Account(Channel.Bar)[FrameOutcome.Duplicate].ShouldBe(1);
        bench.Frame("x BTCUSD 100");
        bench.Letters.ShouldHaveSingleItem().Reason.ShouldBe("unknown");
    }

    private static List<string> Told(FeedBench bench) => [.. bench.Gaps.Select(g => $"{g.LastId}-{g.NextId} {g.Repair ?? "open"}")];

    /// <summary>Twenty trades on a connection that is lost after them, and a second one that stands.</summary>
    private static FeedBench Traded(double every)
    {
        var bench = new FeedBench(null, null, Channel.Trade).Open();
        for (var id = 1; id <= 20; id++) bench.Wait(every).Frame($"t BTCUSDT {id}");
        bench.Input(FeedInputKind.Closed, 1);
        while (!bench.Asked().Contains("connect 2")) bench.Wait(0.25);
        return bench.Open(2);
    }
}
