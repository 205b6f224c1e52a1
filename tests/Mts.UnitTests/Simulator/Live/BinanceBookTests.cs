using System.Text.Json;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator.Live;

public sealed class BinanceBookTests
{
    [Fact]
    public void On_spot_ids_are_contiguous_and_snapshot_and_diffs_are_the_reference_at_every_id()
    {
        var spot = new Listening(Venue.BinanceSpot);
        spot.Open("/stream?streams=btcusdt@depth@100ms");
        spot.Run(2);
        var snapshot = spot.Get("/api/v3/depth?symbol=BTCUSDT&limit=1000");
        spot.Run(60);
        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        var book = new Rebuilt(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        book.ShouldBe(spot.Venue.Book("BTCUSDT", id));
        var diffs = spot.Diffs.ToList();
        diffs.Count.ShouldBeGreaterThan(500);
        diffs.Zip(diffs.Skip(1)).ShouldAllBe(p => p.Second.GetProperty("U").GetInt64() == p.First.GetProperty("u").GetInt64() + 1);
        var applied = 0;
        foreach (var diff in diffs.Where(d => d.GetProperty("u").GetInt64() > id))
        {
            if (applied++ == 0) (id + 1).ShouldBeInRange(diff.GetProperty("U").GetInt64(), diff.GetProperty("u").GetInt64());
            book.Apply(diff.GetProperty("b"), diff.GetProperty("a"));
            book.ShouldBe(spot.Venue.Book("BTCUSDT", diff.GetProperty("u").GetInt64()));
        }

        applied.ShouldBeGreaterThan(400);
    }

    [Theory]
    [InlineData("btcusdt@depth@0ms")]
    [InlineData("btcusdt@depth@100ms")]
    [InlineData("btcusdt@depth")]
    [InlineData("btcusdt@depth@500ms")]
    public void On_futures_diffs_are_chained_by_pu_and_ids_jump(string stream)
    {
        var usdm = new Listening(Venue.BinanceUsdm);
        usdm.Open("/public/ws/" + stream);
        usdm.Run(2);
        var snapshot = usdm.Get("/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
        usdm.Run(30);
        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        var book = new Rebuilt(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var diffs = usdm.Diffs.ToList();
        diffs.Zip(diffs.Skip(1)).ShouldAllBe(p => p.Second.GetProperty("pu").GetInt64() == p.First.GetProperty("u").GetInt64());
        diffs.Zip(diffs.Skip(1)).Count(p => p.Second.GetProperty("U").GetInt64() > p.First.GetProperty("u").GetInt64() + 1).ShouldBeGreaterThan(diffs.Count / 2);
        foreach (var diff in diffs.Where(d => d.GetProperty("u").GetInt64() >= id))
        {
            book.Apply(diff.GetProperty("b"), diff.GetProperty("a"));
            book.ShouldBe(usdm.Venue.Book("BTCUSDT", diff.GetProperty("u").GetInt64()));
        }
    }

    [Fact]
    public void The_best_quotes_are_those_of_the_book_at_their_id()
    {
        var spot = new Listening(Venue.BinanceSpot);
        spot.Open("/ws/ethusdt@bookTicker");
        spot.Run(30);
        var quotes = spot.With("A").ToList();
        quotes.Count.ShouldBeGreaterThan(100);
        foreach (var quote in quotes)
        {
            var truth = spot.Venue.Book("ETHUSDT", quote.GetProperty("u").GetInt64()).ShouldNotBeNull();
            (Number(quote, "b"), Number(quote, "B")).ShouldBe(truth.Bids[0]);
            (Number(quote, "a"), Number(quote, "A")).ShouldBe(truth.Asks[0]);
        }
    }

    [Fact]
    public void The_same_seed_sends_the_same_bytes_however_often_time_is_looked_at()
    {
        var sessions = new[] { 1, 7, 400 }.Select(steps =>
        {
            var spot = new Listening(Venue.BinanceSpot, "ws-drop:0.05,ws-delay:0.05,ws-crossed:0.02,ws-garbage-types:0.02");
            spot.Open("/stream?streams=btcusdt@depth@100ms/btcusdt@trade/solusdt@kline_1m/solusdt@bookTicker/btcusdt@depth5");
            spot.Run(70, steps);
            return spot.Frames;
        }).ToList();
        sessions[0].Count.ShouldBeGreaterThan(1_000);
        sessions[1].ShouldBe(sessions[0]);
        sessions[2].ShouldBe(sessions[0]);
    }

    [Fact]
    public void The_price_follows_the_path_of_the_bars()
    {
        var spot = new Listening(Venue.BinanceSpot, live: Listening.Patient);
        spot.Open("/ws/btcusdt@kline_1m");
        var paths = new Exchange(7, new Dictionary<string, FileCandles>()).Find(Venue.BinanceSpot, "BTCUSDT").ShouldNotBeNull();
        for (var i = 0; i < 30; i++)
        {
            spot.Run(60);
            var path = (decimal)paths.PriceAt(spot.Now.UnixMilliseconds)!.Value;
            var truth = spot.Venue.Book("BTCUSDT", spot.Venue.UpdateIdOf("BTCUSDT")!.Value).ShouldNotBeNull();
            (Math.Abs(truth.Bids[0].Price - path) / path).ShouldBeLessThan(0.003m);
            truth.Bids.Count.ShouldBe(20);
        }
    }

    private static decimal Number(JsonElement e, string name) => decimal.Parse(e.GetProperty(name).GetString()!);
}
