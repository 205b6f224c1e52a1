using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

public sealed class RefusedSubscriptionTests
{
    private int id = 12;
    private readonly FeedBench bench = new(new ScriptedVenue(new CountingSequencer()), ["BTC/USDT", "ETH/USDT"], null, Channel.Depth);

    public RefusedSubscriptionTests()
    {
        bench.Open().Frame("accept BTCUSDT Depth").Frame("d BTCUSDT 11 12 - 100:1 101:1").Fetched("s BTCUSDT 10 99:5 102:5");
        bench.Asked();
    }

    [Fact]
    public void Is_asked_for_again_on_the_same_connection_ever_more_seldom()
    {
        var moments = new List<double>();
        var start = bench.Now;
        bench.Frame("refuse ETHUSDT Depth");
        for (var id = 13; moments.Count < 6; id++)
        {
            bench.Wait(0.25).Frame($"d BTCUSDT {id} {id} - 100:{id} -");
            if (bench.Asked() is not { Length: > 0 } asked) continue;
            asked.ShouldBe(["send 1 sub ETHUSDT Depth"]);
            moments.Add((bench.Now - start).TotalSeconds);
            start = bench.Now;
            bench.Frame("refuse ETHUSDT Depth");
        }

        // Between half of 1, 2, 4 … seconds and all of it, and a quarter of a second for the sweep.
        for (var i = 0; i < moments.Count; i++) moments[i].ShouldBeInRange(0.5 * Math.Pow(2, i), Math.Pow(2, i) + 0.5);
        bench.Notes.Count(n => n.State == "subscription-refused").ShouldBe(1);
        bench.Feed.Markets[0].Book.State.ShouldBe(BookState.Valid);
        bench.Notes.ShouldNotContain(n => n.State == "lost");
    }

    [Fact]
    public void Is_told_once_and_again_when_it_is_accepted()
    {
        bench.Frame("refuse ETHUSDT Depth").Frame("refuse ETHUSDT Depth");
        bench.Notes.Clear();
        bench.Frame("accept ETHUSDT Depth").Frame("accept ETHUSDT Depth");
        var note = bench.Notes.ShouldHaveSingleItem();
        (note.State, note.Stream).ShouldBe(("subscribed", "ETH/USDT depth"));
    }

    [Fact]
    public void Of_a_market_that_the_venue_does_not_have_is_told_once_and_costs_the_others_nothing()
    {
        bench.Frame("unknown ETHUSDT Depth");
        var note = bench.Notes[^1];
        (note.State, note.Stream).ShouldBe(("subscription-unavailable", "ETH/USDT depth"));
        bench.Notes.Clear();
        Follow(590);
        bench.Asked().ShouldBeEmpty();
        Follow(20);
        bench.Asked().ShouldBe(["send 1 sub ETHUSDT Depth"]);
        bench.Notes.ShouldBeEmpty();
        bench.Feed.Markets[0].Book.State.ShouldBe(BookState.Valid);
    }

    private void Follow(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            id++;
            bench.Wait(1).Frame($"d BTCUSDT {id} {id} - 100:{id} -");
        }
    }
}
