using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.UnitTests.Realtime;

public sealed class BookSyncTests
{
    private static FeedBench Valid()
    {
        var bench = new FeedBench().Open();
        return bench.Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5,98:1 102:5");
    }

    [Fact]
    public void Asks_for_a_snapshot_when_the_first_change_comes()
    {
        var bench = new FeedBench();
        bench.Asked().ShouldBe(["connect 1"]);
        bench.Open().Asked().ShouldBe(["send 1 sub BTCUSDT Depth"]);
        bench.Frame("d BTCUSDT 11 12 - 100:1 101:1").Asked().ShouldBe(["fetch 1 Snapshot 100"]);
        bench.Market.Book.State.ShouldBe(BookState.Syncing);
        bench.Market.Account(Channel.Depth)[FrameOutcome.Buffered].ShouldBe(1);
    }

    [Fact]
    public void Is_valid_from_the_first_change_that_bridges_the_snapshot()
    {
        var bench = Valid();
        bench.Market.Book.State.ShouldBe(BookState.Valid);
        BookHash.Text(bench.Market.Book.Book).ShouldBe("0.000001:0.00000001,0.00000099:0.00000005,0.00000098:0.00000001|0.00000101:0.00000001,0.00000102:0.00000005");
        var account = bench.Market.Account(Channel.Depth);
        (account.Received, account[FrameOutcome.Applied], account[FrameOutcome.Buffered]).ShouldBe((2, 2, 0));
    }

    [Fact]
    public void Tells_of_what_was_held_back_when_the_snapshot_is_there()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1");
        var came = bench.Now;
        bench.Wait(1.5).Frame("d BTCUSDT 13 13 - 100:2 -").Wait(1.5).Fetched("s BTCUSDT 10 99:5 102:5");

        bench.Told.ShouldBe([bench.Now, bench.Now, bench.Now]);
        bench.Market.Book.Updated.ShouldBe(came + TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public void Waits_for_the_bridge_where_the_snapshot_is_newer_than_all_that_was_held_back()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 5 6 - 100:1 -").Fetched("s BTCUSDT 10 99:5 102:5");
        bench.Market.Book.State.ShouldBe(BookState.Syncing);
        bench.Market.Account(Channel.Depth)[FrameOutcome.Stale].ShouldBe(1);
        bench.Frame("d BTCUSDT 9 12 - 100:2 -").Market.Book.State.ShouldBe(BookState.Valid);
    }

    [Fact]
    public void Refuses_a_snapshot_older_than_what_was_held_back_and_asks_again()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 21 22 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");
        bench.Market.Book.State.ShouldBe(BookState.Syncing);
        bench.Asked();
        bench.Wait(2).Asked().ShouldBe(["fetch 2 Snapshot 100"]);
        bench.Fetched("s BTCUSDT 20 99:5 102:5", 2).Market.Book.State.ShouldBe(BookState.Valid);
    }

    [Fact]
    public void Turns_invalid_at_a_gap_before_anything_is_applied()
    {
        var bench = Valid();
        bench.Asked();
        var before = BookHash.Of(bench.Market.Book.Book);
        bench.Frame("d BTCUSDT 14 15 - 100:0 -");
        bench.Market.Book.State.ShouldBe(BookState.Invalid);
        BookHash.Of(bench.Market.Book.Book).ShouldBe(before);
        bench.Gaps.ShouldHaveSingleItem().ShouldSatisfyAllConditions(g => g.LastId.ShouldBe(12), g => g.NextId.ShouldBe(14), g => g.Cause.ShouldBe("sequence"), g => g.End.ShouldBeNull());
        bench.Wait(1).Asked().ShouldBe(["fetch 2 Snapshot 100"]);
        bench.Fetched("s BTCUSDT 14 99:5 102:5", 2);
        bench.Market.Book.State.ShouldBe(BookState.Valid);
        bench.Gaps[^1].ShouldSatisfyAllConditions(g => g.Repair.ShouldBe("snapshot"), g => g.End.ShouldBe(bench.Now));
        bench.Market.Book.Book.Bids.Count.ShouldBe(1);
    }

    [Fact]
    public void Finds_a_gap_in_what_was_held_back_when_the_snapshot_is_there()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Frame("d BTCUSDT 15 16 - 100:2 -").Wait(1.5).Fetched("s BTCUSDT 10 99:5 102:5");
        bench.Market.Book.State.ShouldBe(BookState.Invalid);
        bench.Gaps.ShouldHaveSingleItem().ShouldSatisfyAllConditions(g => g.LastId.ShouldBe(12), g => g.NextId.ShouldBe(15), g => g.Start.ShouldBe(bench.Now));
    }

    [Fact]
    public void Counts_a_change_that_comes_again_as_a_duplicate()
    {
        var bench = Valid().Frame("d BTCUSDT 11 12 - 100:9 101:9");
        bench.Market.Account(Channel.Depth)[FrameOutcome.Duplicate].ShouldBe(1);
        bench.Market.Book.Book.Bids[0].Size.ShouldBe(1);
    }

    [Fact]
    public void Never_calls_a_crossed_book_valid()
    {
        var bench = Valid().Frame("d BTCUSDT 13 13 - 101:1 -");
        bench.Market.Book.State.ShouldBe(BookState.Invalid);
        bench.States[^1].ShouldBe("Invalid (crossed)");
        bench.Gaps[^1].Cause.ShouldBe("crossed");
    }

    [Fact]
    public void Is_empty_while_a_side_has_no_level_and_valid_again_after()
    {
        var bench = Valid().Frame("d BTCUSDT 13 13 - - 101:0,102:0");
        bench.Market.Book.State.ShouldBe(BookState.Empty);
        bench.Frame("d BTCUSDT 14 14 - - 103:1").Market.Book.State.ShouldBe(BookState.Valid);
    }

    [Fact]
    public void Forgets_the_old_book_when_a_new_connection_stands()
    {
        var bench = Valid().Input(FeedInputKind.Closed, 1, "reset");
        bench.Market.Book.State.ShouldBe(BookState.Stale);
        bench.Gaps.ShouldHaveSingleItem().Cause.ShouldBe("disconnect");
        bench.Wait(2).Asked().ShouldContain("connect 2");
        bench.Open(2).Market.Book.State.ShouldBe(BookState.Syncing);
        bench.Market.Book.Book.Bids.Count.ShouldBe(0);
        bench.Frame("d BTCUSDT 13 13 - 1:1 -", 1).Market.Book.State.ShouldBe(BookState.Syncing);
        bench.Feed.LateFrames.Received.ShouldBe(1);
        bench.Frame("d BTCUSDT 31 32 - 1:1 -", 2).Wait(1).Fetched("s BTCUSDT 30 99:5 102:5", 2).Market.Book.State.ShouldBe(BookState.Valid);
        bench.Market.Book.Epoch.ShouldBe(2);
        bench.Gaps[^1].ShouldSatisfyAllConditions(g => g.LastId.ShouldBe(12), g => g.NextId.ShouldBe(30), g => g.Repair.ShouldBe("snapshot"));
    }

    [Fact]
    public void Holds_the_best_quote_of_the_same_update_against_itself()
    {
        var bench = new FeedBench(null, null, Channel.Depth, Channel.Quote).Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");
        bench.Frame("q BTCUSDT 12 100:1 101:1").Market.Book.State.ShouldBe(BookState.Valid);
        bench.Frame("d BTCUSDT 13 13 - 100:2 -").Frame("q BTCUSDT 13 100:3 101:1").Market.Book.State.ShouldBe(BookState.Invalid);
        bench.Gaps[^1].Cause.ShouldBe("audit");
    }

    [Fact]
    public void Subscribes_again_and_again_until_the_stream_brings_its_snapshot()
    {
        var bench = new FeedBench(new StreamedSequencer()).Open().Frame("s BTCUSDT 10 99:5 102:5").Frame("d BTCUSDT 11 11 - 99:6 -");
        bench.Market.Book.State.ShouldBe(BookState.Valid);
        bench.Asked();
        bench.Frame("d BTCUSDT 13 13 - 99:7 -").Market.Book.State.ShouldBe(BookState.Invalid);
        bench.Asked().ShouldBe(["send 1 unsub BTCUSDT Depth", "send 1 sub BTCUSDT Depth"]);
        var id = 14;
        bench.Wait(8, () => bench.Frame($"d BTCUSDT {id} {id++} - 99:7 -"));
        bench.Asked().Count(a => a == "send 1 sub BTCUSDT Depth").ShouldBeInRange(2, 5);
        bench.Frame("s BTCUSDT 40 99:5 102:5").Market.Book.State.ShouldBe(BookState.Valid);
        bench.Gaps[^1].Repair.ShouldBe("snapshot");
    }
}
