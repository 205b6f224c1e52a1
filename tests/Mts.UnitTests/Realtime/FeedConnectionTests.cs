using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

public sealed class FeedConnectionTests
{
    [Fact]
    public void Tries_again_for_ever_within_the_budget_of_the_venue()
    {
        var bench = new FeedBench();
        var attempts = 0;
        for (var connection = 1; attempts < 100; connection++)
        {
            bench.Asked().Count(a => a == $"connect {connection}").ShouldBe(1);
            attempts++;
            bench.Input(FeedInputKind.Refused, connection, "refused");
            bench.Wait(61);
        }
    }

    [Fact]
    public void Waits_as_long_as_the_venue_asks()
    {
        var bench = new FeedBench();
        bench.Asked();
        bench.Input(FeedInputKind.Refused, 1, "429", 30_000_000);
        bench.Wait(29).Asked().ShouldBeEmpty();
        bench.Wait(2).Asked().ShouldBe(["connect 2"]);
    }

    [Fact]
    public void Forgets_failures_only_after_good_data()
    {
        var bench = new FeedBench();
        for (var connection = 1; connection < 12; connection++)
        {
            bench.Open(connection).Input(FeedInputKind.Closed, connection, "accept and close").Wait(61);
        }

        bench.Feed.NextTimer.ShouldNotBeNull();
        bench.Notes.Count(n => n.State == "lost").ShouldBe(11);
    }

    [Fact]
    public void Replaces_a_connection_that_will_end_without_losing_or_doubling_a_change()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");
        bench.Asked();
        bench.Frame("ending").Wait(0.5).Asked().ShouldContain("connect 2");
        bench.Open(2).Frame("d BTCUSDT 13 13 - 100:2 -").Frame("d BTCUSDT 13 13 - 100:2 -", 2).Frame("d BTCUSDT 14 14 - 100:3 -", 2).Frame("d BTCUSDT 14 14 - 100:3 -");
        bench.Market.Book.State.ShouldBe(BookState.Valid);
        bench.Wait(2).Asked().ShouldContain("close 1 replaced");
        bench.Frame("d BTCUSDT 15 15 - 100:4 -", 2).Market.Book.State.ShouldBe(BookState.Valid);
        bench.Market.Account(Channel.Depth)[FrameOutcome.Duplicate].ShouldBe(2);
        bench.Market.Account(Channel.Depth)[FrameOutcome.Applied].ShouldBe(5);
        bench.Gaps.ShouldBeEmpty();
        bench.States.ShouldNotContain(s => s.StartsWith("Stale", StringComparison.Ordinal));
    }

    [Fact]
    public void Finds_a_mute_stream_within_five_seconds_and_asks_the_venue_before_it_subscribes_anew()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");
        for (var id = 13; id < 23; id++) bench.Wait(1, () => bench.Frame("ack")).Frame($"d BTCUSDT {id} {id} - 100:{id} -");
        bench.Asked();
        var silentSince = bench.Now;
        bench.Wait(5, () => bench.Frame("ack"));
        bench.Market.Book.State.ShouldBe(BookState.Stale);
        (bench.Market.Book.Since - silentSince).TotalSeconds.ShouldBeLessThan(5);
        bench.Asked().ShouldContain("fetch 2 Snapshot 100");
        bench.Fetched("s BTCUSDT 40 100:1 101:1", 2);
        bench.Market.Book.State.ShouldBe(BookState.Stale);
        bench.Asked().ShouldBe(["send 1 unsub BTCUSDT Depth", "send 1 sub BTCUSDT Depth"]);
    }

    [Fact]
    public void Leaves_a_quiet_market_in_peace()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");
        for (var id = 13; id < 23; id++) bench.Wait(1, () => bench.Frame("ack")).Frame($"d BTCUSDT {id} {id} - 100:{id} -");
        bench.Wait(5, () => bench.Frame("ack")).Asked();
        bench.Fetched("s BTCUSDT 22 100:22 101:1", 2).Market.Book.State.ShouldBe(BookState.Valid);
        bench.Asked().ShouldBeEmpty();
    }

    [Fact]
    public void Gives_up_a_connection_that_brings_no_bytes()
    {
        var bench = new FeedBench().Open().Frame("d BTCUSDT 11 12 - 100:1 101:1");
        for (var id = 13; id < 23; id++) bench.Wait(1).Frame($"d BTCUSDT {id} {id} - 100:{id} -");
        bench.Asked();
        bench.AnswersPings = false;
        bench.Wait(5).Asked().ShouldContain(a => a.StartsWith("close 1", StringComparison.Ordinal));
    }
}
