using System.Text.Json;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator.Live;

public sealed class BybitBookTests
{
    [Theory]
    [InlineData(Venue.BybitLinear, 50)]
    [InlineData(Venue.BybitLinear, 200)]
    [InlineData(Venue.BybitSpot, 200)]
    [InlineData(Venue.BybitSpot, 1_000)]
    public void A_snapshot_and_deltas_by_one_give_the_reference_at_every_u_and_as_many_levels_as_the_depth(Venue venue, int depth)
    {
        var bybit = new Listening(venue, live: new LiveOptions { Levels = 1_100 });
        Subscribe(bybit, venue, $"orderbook.{depth}.BTCUSDT");
        bybit.Run(20);
        var messages = bybit.Topic($"orderbook.{depth}.BTCUSDT").ToList();
        messages.Count.ShouldBeGreaterThan(80);
        messages.Select(m => m.GetProperty("type").GetString()).ShouldBe(messages.Select((_, i) => i == 0 ? "snapshot" : "delta"));
        var snapshot = messages[0].GetProperty("data");
        var book = new Rebuilt(snapshot.GetProperty("b"), snapshot.GetProperty("a"));
        var (u, seq) = (U(messages[0]), snapshot.GetProperty("seq").GetInt64());
        foreach (var message in messages.Skip(1))
        {
            var data = message.GetProperty("data");
            U(message).ShouldBe(++u);
            data.GetProperty("seq").GetInt64().ShouldBeGreaterThan(seq);
            seq = data.GetProperty("seq").GetInt64();
            book.Apply(data.GetProperty("b"), data.GetProperty("a"));
            book.ShouldBe(bybit.Venue.Book("BTCUSDT", u, depth, levels: depth));
            (book.Bids.Count(), book.Asks.Count()).ShouldBe((depth, depth));
        }
    }

    [Fact]
    public void Depth_one_sends_snapshots_only_and_repeats_the_same_u_after_three_quiet_seconds()
    {
        var bybit = new Listening(Venue.BybitLinear, live: new LiveOptions { Levels = 50, Rate = 0.1 });
        Subscribe(bybit, Venue.BybitLinear, "orderbook.1.BTCUSDT");
        bybit.Run(60);
        var messages = bybit.Topic("orderbook.1.BTCUSDT").ToList();
        messages.ShouldAllBe(m => m.GetProperty("type").GetString() == "snapshot" && m.GetProperty("data").GetProperty("b").GetArrayLength() == 1);
        var repeats = messages.Zip(messages.Skip(1)).Where(p => U(p.First) == U(p.Second)).ToList();
        repeats.Count.ShouldBeGreaterThan(10);
        repeats.ShouldAllBe(p => p.Second.GetProperty("ts").GetInt64() - p.First.GetProperty("ts").GetInt64() >= 3_000);
        messages.Zip(messages.Skip(1)).Where(p => U(p.First) != U(p.Second)).ShouldAllBe(p => U(p.Second) == U(p.First) + 1);
    }

    [Fact]
    public void Rest_shows_the_book_of_the_thousand_level_stream()
    {
        var bybit = new Listening(Venue.BybitLinear);
        Subscribe(bybit, Venue.BybitLinear, "orderbook.1000.BTCUSDT");
        bybit.Run(5);
        var rest = bybit.Get("/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=200").GetProperty("result");
        var stream = bybit.Topic("orderbook.1000.BTCUSDT").Last().GetProperty("data");
        rest.GetProperty("u").GetInt64().ShouldBe(stream.GetProperty("u").GetInt64());
        new Rebuilt(rest.GetProperty("b"), rest.GetProperty("a")).ShouldBe(bybit.Venue.Book("BTCUSDT", rest.GetProperty("u").GetInt64(), levels: 200));
    }

    [Theory]
    [InlineData("ws-snapshot@5s", false)]
    [InlineData("ws-restart@5s", true)]
    public void A_snapshot_in_the_middle_replaces_the_book_and_after_a_restart_u_begins_at_one(string plan, bool restarts)
    {
        var bybit = new Listening(Venue.BybitSpot, plan);
        Subscribe(bybit, Venue.BybitSpot, "orderbook.50.BTCUSDT");
        bybit.Run(10);
        var messages = bybit.Topic("orderbook.50.BTCUSDT").ToList();
        var second = messages.FindIndex(1, m => m.GetProperty("type").GetString() == "snapshot");
        second.ShouldBeGreaterThan(0);
        U(messages[second]).ShouldBe(restarts ? 1 : U(messages[second - 1]) + 1);
        var book = new Rebuilt(messages[second].GetProperty("data").GetProperty("b"), messages[second].GetProperty("data").GetProperty("a"));
        for (var i = second + 1; i < messages.Count; i++)
        {
            U(messages[i]).ShouldBe(U(messages[i - 1]) + 1);
            book.Apply(messages[i].GetProperty("data").GetProperty("b"), messages[i].GetProperty("data").GetProperty("a"));
            book.ShouldBe(bybit.Venue.Book("BTCUSDT", U(messages[i]), 50));
        }
    }

    [Fact]
    public void Tickers_of_linear_send_only_what_changed_after_the_first()
    {
        var bybit = new Listening(Venue.BybitLinear);
        Subscribe(bybit, Venue.BybitLinear, "tickers.BTCUSDT");
        bybit.Run(30);
        var messages = bybit.Topic("tickers.BTCUSDT").ToList();
        messages[0].GetProperty("type").GetString().ShouldBe("snapshot");
        foreach (var name in new[] { "markPrice", "indexPrice", "fundingRate", "nextFundingTime", "bid1Price", "ask1Size", "openInterest" }) messages[0].GetProperty("data").TryGetProperty(name, out _).ShouldBeTrue(name);
        var shown = messages[0].GetProperty("data").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString());
        foreach (var delta in messages.Skip(1))
        {
            delta.GetProperty("type").GetString().ShouldBe("delta");
            foreach (var field in delta.GetProperty("data").EnumerateObject().Where(f => f.Name != "symbol"))
            {
                field.Value.GetString().ShouldNotBe(shown[field.Name], field.Name);
                shown[field.Name] = field.Value.GetString();
            }
        }

        messages.Skip(1).ShouldAllBe(m => m.GetProperty("data").EnumerateObject().Count() < 15);
    }

    private static long U(JsonElement message) => message.GetProperty("data").GetProperty("u").GetInt64();

    private static void Subscribe(Listening bybit, Venue venue, string topic) =>
        bybit.Say(bybit.Open(venue == Venue.BybitSpot ? "/v5/public/spot" : "/v5/public/linear"), $$"""{"op":"subscribe","args":["{{topic}}"]}""");
}
