using System.Text.Json;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator.Live;

public sealed class LiveTradeTests
{
    [Theory]
    [InlineData(Venue.BinanceSpot, "/ws/btcusdt@aggTrade", "/api/v3/aggTrades")]
    [InlineData(Venue.BinanceUsdm, "/market/ws/btcusdt@aggTrade", "/fapi/v1/aggTrades")]
    public void Trades_are_numbered_without_a_gap_and_can_be_fetched_back_by_number(Venue venue, string path, string url)
    {
        var binance = new Listening(venue, live: Listening.Patient);
        binance.Open(path);
        binance.Run(90);
        var streamed = binance.With("e", "aggTrade").ToList();
        streamed.Count.ShouldBeGreaterThan(200);
        streamed.Zip(streamed.Skip(1)).ShouldAllBe(p => Id(p.Second) == Id(p.First) + 1 && p.Second.GetProperty("f").GetInt64() == p.First.GetProperty("l").GetInt64() + 1);
        var fetched = binance.Get($"{url}?symbol=BTCUSDT&fromId={Id(streamed[0])}&limit=1000").EnumerateArray().ToList();
        fetched.Select(Told).ShouldBe(streamed.Take(1_000).Select(Told));

        // Without a seam between what was before the market became live and after.
        var around = binance.Get($"{url}?symbol=BTCUSDT&fromId={Id(streamed[0]) - 50}&limit=100").EnumerateArray().ToList();
        around.Select(Id).ShouldBe(Enumerable.Range(0, 100).Select(i => Id(streamed[0]) - 50 + i));
        around.Zip(around.Skip(1)).ShouldAllBe(p => p.Second.GetProperty("f").GetInt64() == p.First.GetProperty("l").GetInt64() + 1 && p.Second.GetProperty("T").GetInt64() >= p.First.GetProperty("T").GetInt64());
    }

    [Fact]
    public void Single_trades_add_up_to_the_aggregated_ones()
    {
        var spot = new Listening(Venue.BinanceSpot);
        spot.Open("/ws/btcusdt@aggTrade/btcusdt@trade");
        spot.Run(60);
        var single = spot.With("e", "trade").ToList();
        single.Zip(single.Skip(1)).ShouldAllBe(p => p.Second.GetProperty("t").GetInt64() == p.First.GetProperty("t").GetInt64() + 1);
        single.Sum(t => Number(t, "q")).ShouldBe(spot.With("e", "aggTrade").Sum(t => Number(t, "q")));
        var fetched = spot.Get($"/api/v3/historicalTrades?symbol=BTCUSDT&fromId={single[0].GetProperty("t")}&limit=1000").EnumerateArray();
        fetched.Select(t => (t.GetProperty("id").GetInt64(), t.GetProperty("price").GetString(), t.GetProperty("qty").GetString()))
            .ShouldBe(single.Take(1_000).Select(t => (t.GetProperty("t").GetInt64(), t.GetProperty("p").GetString(), t.GetProperty("q").GetString())));
    }

    [Theory]
    [InlineData(Venue.BinanceSpot, "/ws/btcusdt@kline_1m/btcusdt@aggTrade", "/api/v3/klines")]
    [InlineData(Venue.BinanceUsdm, "/market/ws/btcusdt@kline_1m/btcusdt@aggTrade", "/fapi/v1/klines")]
    public void Each_bar_closes_once_and_is_then_what_rest_shows_and_what_the_trades_say(Venue venue, string path, string url)
    {
        var binance = new Listening(venue, live: Listening.Patient);
        binance.Open(path);
        binance.Run(200);
        var bars = binance.With("e", "kline").Select(e => e.GetProperty("k")).ToList();
        var closed = bars.Where(k => k.GetProperty("x").GetBoolean()).ToList();
        closed.Select(k => k.GetProperty("t").GetInt64()).ShouldBe([Ask.Ms("2026-11-22T13:37Z"), Ask.Ms("2026-11-22T13:38Z"), Ask.Ms("2026-11-22T13:39Z"), Ask.Ms("2026-11-22T13:40Z")]);
        bars.Count.ShouldBeGreaterThan(closed.Count * 10);
        var rest = binance.Get($"{url}?symbol=BTCUSDT&interval=1m&startTime={closed[0].GetProperty("t").GetInt64()}&limit=4").EnumerateArray().ToList();
        foreach (var (live, row) in closed.Zip(rest))
        {
            new[] { "o", "h", "l", "c", "v" }.Select(n => live.GetProperty(n).GetString()).ShouldBe([.. Enumerable.Range(1, 5).Select(i => row[i].GetString())]);
            (live.GetProperty("q").GetString(), live.GetProperty("n").GetInt64(), live.GetProperty("V").GetString()).ShouldBe((row[7].GetString(), row[8].GetInt64(), row[9].GetString()));
            (live.GetProperty("L").GetInt64() - live.GetProperty("f").GetInt64() + 1).ShouldBe(live.GetProperty("n").GetInt64());
        }

        // The second is the first that was live from beginning to end.
        var trades = binance.With("e", "aggTrade").Where(t => t.GetProperty("T").GetInt64() is var time && time >= closed[1].GetProperty("t").GetInt64() && time <= closed[1].GetProperty("T").GetInt64()).ToList();
        trades.Sum(t => Number(t, "q")).ShouldBe(Number(closed[1], "v"));
        (Number(trades[0], "p"), trades.Max(t => Number(t, "p")), trades.Min(t => Number(t, "p")), Number(trades[^1], "p"))
            .ShouldBe((Number(closed[1], "o"), Number(closed[1], "h"), Number(closed[1], "l"), Number(closed[1], "c")));
    }

    [Fact]
    public void Bybits_bars_turn_in_one_message_and_its_trades_are_those_of_rest()
    {
        var bybit = new Listening(Venue.BybitLinear);
        bybit.Say(bybit.Open("/v5/public/linear"), """{"op":"subscribe","args":["kline.1.BTCUSDT","publicTrade.BTCUSDT"]}""");
        bybit.Run(45);
        var turn = bybit.Topic("kline.1.BTCUSDT").Single(m => m.GetProperty("data").GetArrayLength() == 2).GetProperty("data");
        (turn[0].GetProperty("confirm").GetBoolean(), turn[1].GetProperty("confirm").GetBoolean()).ShouldBe((true, false));
        var rest = bybit.Get($"/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&start={turn[0].GetProperty("start")}&end={turn[0].GetProperty("start")}").GetProperty("result").GetProperty("list")[0];
        new[] { "open", "high", "low", "close", "volume", "turnover" }.Select(n => turn[0].GetProperty(n).GetString()).ShouldBe([.. Enumerable.Range(1, 6).Select(i => rest[i].GetString())]);

        var streamed = bybit.Topic("publicTrade.BTCUSDT").SelectMany(m => m.GetProperty("data").EnumerateArray()).Select(t => (t.GetProperty("i").GetString(), t.GetProperty("p").GetString(), t.GetProperty("S").GetString())).ToList();
        var recent = bybit.Get($"/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit={streamed.Count}").GetProperty("result").GetProperty("list").EnumerateArray()
            .Select(t => (t.GetProperty("execId").GetString(), t.GetProperty("price").GetString(), t.GetProperty("side").GetString())).Reverse();
        recent.ShouldBe(streamed);
    }

    [Fact]
    public void Perpetuals_have_marks_and_liquidations()
    {
        var usdm = new Listening(Venue.BinanceUsdm);
        usdm.Open("/market/ws/btcusdt@markPrice@1s/btcusdt@forceOrder");
        usdm.Run(120);
        var marks = usdm.With("e", "markPriceUpdate").ToList();
        marks.Count.ShouldBe(120);
        marks.ShouldAllBe(m => m.GetProperty("E").GetInt64() % 1_000 == 0 && m.GetProperty("T").GetInt64() == Ask.Ms("2026-11-22T16:00Z"));
        usdm.With("e", "forceOrder").ShouldNotBeEmpty();
        usdm.With("e", "forceOrder").ShouldAllBe(f => f.GetProperty("o").GetProperty("X").GetString() == "FILLED");
    }

    private static long Id(JsonElement trade) => trade.GetProperty("a").GetInt64();

    private static (long, string?, string?, long, bool) Told(JsonElement t) =>
        (Id(t), t.GetProperty("p").GetString(), t.GetProperty("q").GetString(), t.GetProperty("T").GetInt64(), t.GetProperty("m").GetBoolean());

    private static decimal Number(JsonElement e, string name) => decimal.Parse(e.GetProperty(name).GetString()!);
}
