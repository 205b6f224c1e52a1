using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

/// <summary>Feeds that are given up for others, as after a hole in the journal: what nobody follows in between stands in the ledger of gaps.</summary>
public sealed class GapBridgeTests
{
    private readonly FeedBench old = Bench();
    private readonly GapsTap told = new();
    private readonly GapBridge bridge;

    public GapBridgeTests()
    {
        bridge = new GapBridge(told);
        old.Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5").Frame("t BTCUSDT 40@1000000").Frame("b BTCUSDT 5");
        old.Market.Book.State.ShouldBe(BookState.Valid);
    }

    [Fact]
    public void A_book_is_missing_until_that_of_the_other_feed_is_valid()
    {
        var next = Leave();
        var depth = old.Gaps.Single(g => g.Channel == Channel.Depth);
        depth.ShouldSatisfyAllConditions(g => g.Start.ShouldBe(old.Now), g => g.End.ShouldBeNull(), g => g.LastId.ShouldBe(12));
        next.Wait(2).Open().Frame("d BTCUSDT 91 92 - 100:1 101:1");
        told.Gaps.ShouldBeEmpty();
        next.Wait(1).Fetched("s BTCUSDT 90 99:5 102:5");
        told.Gaps.ShouldBe([depth with { NextId = 90, End = next.Now, Repair = "snapshot" }]);
    }

    [Fact]
    public void Trades_are_missing_until_the_first_one_of_the_other_feed()
    {
        var next = Leave();
        next.Wait(2).Open().Frame("t BTCUSDT 70@9000000");
        told.Gaps.ShouldBe([new FeedGap("scripted", old.Market.Symbol, Channel.Trade, "disconnect", 40, 70, old.Now, next.Now, "none")]);
        next.Frame("t BTCUSDT 71@9000000").Frame("t BTCUSDT 73@9000000");
        told.Gaps.Count.ShouldBe(1);
    }

    [Fact]
    public void A_bar_is_missing_where_the_first_one_of_the_other_feed_is_not_the_next()
    {
        Leave().Open().Frame("b BTCUSDT 6");
        told.Gaps.ShouldBeEmpty();
        // The bars of the minutes 6 and 7 came to nobody.
        var next = Leave().Open().Frame("b BTCUSDT 8");
        told.Gaps.Count.ShouldBe(2);
        told.Gaps[1].ShouldBe(new FeedGap("scripted", old.Market.Symbol, Channel.Bar, "disconnect", 5 * 60_000, 8 * 60_000, Timestamp.FromUnixSeconds(7 * 60), next.Now, "none"));
    }

    [Fact]
    public void What_has_not_ended_when_all_is_over_stays_missing()
    {
        var next = Leave().Wait(5);
        bridge.Finish(next.Now);
        told.Gaps.Select(g => (g.Channel, g.End, g.Repair)).ShouldBe([(Channel.Depth, next.Now, "none"), (Channel.Trade, next.Now, "none")], ignoreOrder: true);
        bridge.Finish(next.Now);
        told.Gaps.Count.ShouldBe(2);
    }

    [Fact]
    public void A_gap_that_was_open_goes_on()
    {
        old.Frame("d BTCUSDT 20 21 - 100:2 -").Gaps.ShouldHaveSingleItem().Cause.ShouldBe("sequence");
        old.Wait(1);
        Leave().Open().Frame("d BTCUSDT 91 92 - 100:1 101:1").Wait(1).Fetched("s BTCUSDT 90 99:5 102:5");
        told.Gaps.ShouldHaveSingleItem().ShouldBe(old.Gaps[0] with { End = told.Gaps[0].End, Repair = "snapshot" });
        old.Gaps.Count(g => g.Channel == Channel.Depth).ShouldBe(1);
    }

    private FeedBench Leave()
    {
        bridge.Leave(old.Feed);
        var next = Bench().Jump(60);
        next.Other = bridge;
        return next;
    }

    private static FeedBench Bench() => new(null, null, Channel.Depth, Channel.Trade, Channel.Bar);

    private sealed class GapsTap : QuietTap
    {
        public List<FeedGap> Gaps { get; } = [];

        public override void OnGap(FollowedMarket market, FeedGap gap) => Gaps.Add(gap);
    }
}
