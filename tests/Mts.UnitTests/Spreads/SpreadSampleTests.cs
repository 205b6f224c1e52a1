using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Spreads;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Spreads;

public sealed class SpreadSampleTests
{
    [Fact]
    public void Comes_at_most_once_a_second_from_each_market_and_pair()
    {
        var rig = new MarketRig();
        for (var now = 0; now < 3_000; now += 50)
        {
            rig.Top("binance", now, 43000, 43010);
            rig.Top("bybit", now + 10, 43005, 43015);
        }

        rig.Spreads.Where(s => s.Instrument.Venue == "binance").Select(s => s.Time).ShouldBe([MarketRig.At(0), MarketRig.At(1_000), MarketRig.At(2_000)]);
        rig.Spreads.Count.ShouldBe(6);
        rig.Crosses.Count.ShouldBe(6);
        rig.Crosses.Select(c => c.Time).Distinct().ShouldBe([MarketRig.At(10), MarketRig.At(1_010), MarketRig.At(2_010)]);
    }

    [Fact]
    public void Tells_the_prices_of_notionals_also_where_they_lose()
    {
        var rig = new MarketRig(MarketRig.Plain with { Notionals = ["100", "302", "5000"], DepthShare = 1 });
        rig.Book("binance", 0, [(99, 1)], [(100, 1), (101, 2)]);
        rig.Book("bybit", 1, [(99.5, 5)], [(102, 5)]);

        var cross = rig.Crosses.Single(c => c.Buy.Venue == "binance");
        cross.GrossPercent.ShouldBe(-0.5, 1e-12);
        cross.Best.ShouldBeNull();
        cross.ForNotionals[0]!.Value.Net.ShouldBe(-0.5, 1e-12);
        cross.ForNotionals[1]!.Value.BuyPrice.ShouldBe(302.0 / 3, 1e-12);
        cross.ForNotionals[2].ShouldBeNull();
    }

    [Fact]
    public void Comes_from_no_book_that_is_not_valid()
    {
        var rig = new MarketRig();
        rig.Book("binance", 0, [(43000, 1)], []);
        rig.Top("bybit", 1, 43000, 43010);
        rig.Break("bybit", 2);
        rig.Break("bybit", 2_000);

        rig.Spreads.ShouldHaveSingleItem().Instrument.Venue.ShouldBe("bybit");
        rig.Crosses.ShouldBeEmpty();
    }

    [Fact]
    public void And_everything_else_is_the_same_for_the_same_inputs()
    {
        var first = Walk(5);
        first.Count(line => line.StartsWith(nameof(Opportunity), StringComparison.Ordinal)).ShouldBeGreaterThan(20);

        Walk(5).ShouldBe(first);
        Walk(6).ShouldNotBe(first);
    }

    [Fact]
    public void Costs_nothing_where_there_is_nothing_to_say()
    {
        var rig = new MarketRig(MarketRig.Plain with { SampleEvery = TimeSpan.FromHours(1) });
        FollowedMarket[] markets = [rig.MarketOf("binance"), rig.MarketOf("bybit")];
        var bids = Books.Levels(Enumerable.Range(0, 50).Select(i => (43000.0 - i, 1.0)));
        var asks = Books.Levels(Enumerable.Range(0, 50).Select(i => (43010.0 + i, 1.0)));
        var now = 0;
        Pass();
        Allocated.By(Pass).ShouldBe(0);

        void Pass()
        {
            for (var end = now + 2_000; now < end; now++)
                markets[now % 2].Book.OnStreamSnapshot(new DepthUpdate(new DepthIds(1, 1), true, MarketRig.At(now), bids, asks), 1, MarketRig.At(now));
        }
    }

    private static List<string> Walk(int seed)
    {
        var random = new Random(seed);
        var rig = new MarketRig(MarketRig.Plain with { Holding = TimeSpan.Zero });
        string[] symbols = ["BTC/USDT", "BTC/USDT:USDT"];
        for (var now = 0; now < 60_000; now += random.Next(1, 200))
        {
            var (venue, symbol) = (random.Next(2) == 0 ? "binance" : "bybit", symbols[random.Next(2)]);
            if (random.Next(40) == 0) rig.Break(venue, now, symbol);
            var mid = 43000 + (random.NextDouble() * 60);
            rig.Book(venue, now, [(mid - 5, random.NextDouble() * 3), (mid - 6, 5)], [(mid + 5, random.NextDouble() * 3), (mid + 6, 5)], symbol: symbol);
        }

        return rig.Log;
    }
}
