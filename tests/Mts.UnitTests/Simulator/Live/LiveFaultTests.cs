using System.Text.Json;
using Mts.Core;
using Mts.Simulator.Faults;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator.Live;

public sealed class LiveFaultTests
{
    [Theory]
    [InlineData("ws-drop", FaultKind.DropDiff, 0)]
    [InlineData("ws-duplicate", FaultKind.DuplicateDiff, 2)]
    [InlineData("ws-replay", FaultKind.ReplayDiff, 2)]
    [InlineData("ws-delay", FaultKind.DelayDiff, 1)]
    [InlineData("ws-reorder", FaultKind.ReorderDiff, 1)]
    public void A_diff_is_dropped_doubled_late_or_out_of_order_and_the_ledger_knows_its_ids(string name, FaultKind kind, int times)
    {
        var spot = new Listening(Venue.BinanceSpot, name + "@5s");
        spot.Open("/ws/btcusdt@depth@100ms");
        spot.Run(10);
        var fired = spot.Venue.Ledger.Entries.Single(e => e.Fault == kind);
        fired.Stream.ShouldBe("btcusdt@depth@100ms");
        var ids = spot.Diffs.Select(d => d.GetProperty("u").GetInt64()).ToList();
        ids.Count(id => id == fired.LastId).ShouldBe(times);
        ids.Order().SequenceEqual(ids).ShouldBe(kind is FaultKind.DropDiff or FaultKind.DuplicateDiff);
    }

    [Fact]
    public void Skipped_ids_are_a_gap_to_the_client_on_every_venue()
    {
        var spot = new Listening(Venue.BinanceSpot, "ws-gap@5s");
        spot.Open("/ws/btcusdt@depth@100ms");
        spot.Run(10);
        var diffs = spot.Diffs.ToList();
        diffs.Zip(diffs.Skip(1)).Count(p => p.Second.GetProperty("U").GetInt64() != p.First.GetProperty("u").GetInt64() + 1).ShouldBe(1);

        var usdm = new Listening(Venue.BinanceUsdm, "ws-gap@5s");
        usdm.Open("/public/ws/btcusdt@depth@100ms");
        usdm.Run(10);
        diffs = [.. usdm.Diffs];
        diffs.Zip(diffs.Skip(1)).Count(p => p.Second.GetProperty("pu").GetInt64() != p.First.GetProperty("u").GetInt64()).ShouldBe(1);
    }

    [Theory]
    [InlineData("ws-crossed", FaultKind.CrossedBook)]
    [InlineData("ws-wrong-level", FaultKind.WrongLevel)]
    public void A_wrong_message_has_right_ids_and_only_the_clients_book_is_wrong(string name, FaultKind kind)
    {
        var spot = new Listening(Venue.BinanceSpot, name + "@5s");
        spot.Open("/ws/btcusdt@depth@100ms");
        var snapshot = spot.Get("/api/v3/depth?symbol=BTCUSDT&limit=1000");
        spot.Run(10);
        var fired = spot.Venue.Ledger.Entries.Single(e => e.Fault == kind).LastId;
        var book = new Rebuilt(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var diffs = spot.Diffs.ToList();
        diffs.Zip(diffs.Skip(1)).ShouldAllBe(p => p.Second.GetProperty("U").GetInt64() == p.First.GetProperty("u").GetInt64() + 1);
        foreach (var diff in diffs.TakeWhile(d => d.GetProperty("u").GetInt64() <= fired))
        {
            book.Apply(diff.GetProperty("b"), diff.GetProperty("a"));
            if (diff.GetProperty("u").GetInt64() < fired) book.ShouldBe(spot.Venue.Book("BTCUSDT", diff.GetProperty("u").GetInt64()));
        }

        var truth = spot.Venue.Book("BTCUSDT", fired, levels: 400).ShouldNotBeNull();
        if (kind == FaultKind.CrossedBook) book.Bids.First().Price.ShouldBeGreaterThan(book.Asks.First().Price);
        book.Bids.ShouldNotBe(truth.Bids);
    }

    [Fact]
    public void A_mute_stream_is_silent_while_pings_and_others_go_on()
    {
        var spot = new Listening(Venue.BinanceSpot, "ws-mute(btcusdt@depth)@5s+30s");
        spot.Open("/stream?streams=btcusdt@depth@100ms/ethusdt@depth@100ms");
        spot.Run(60);
        Between("BTCUSDT").ShouldBe(0);
        Between("ETHUSDT").ShouldBeGreaterThan(200);
        spot.Frames.Count(f => f.Kind == VenueFrame.Ping).ShouldBe(3);
        spot.Diffs.Last(d => d.GetProperty("s").GetString() == "BTCUSDT").GetProperty("E").GetInt64().ShouldBeGreaterThan(Ms(55));

        int Between(string symbol) => spot.Diffs.Count(d => d.GetProperty("s").GetString() == symbol && d.GetProperty("E").GetInt64() is var time && time > Ms(5.2) && time < Ms(35));
    }

    [Fact]
    public void A_half_open_connection_stays_and_neither_speaks_nor_hears()
    {
        var spot = new Listening(Venue.BinanceSpot, "ws-half-open@5s");
        var connection = spot.Open("/ws/btcusdt@depth@100ms");
        spot.Run(10);
        spot.Say(connection, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        spot.Run(200);
        (connection.IsOpen, connection.IsHalfOpen).ShouldBe((true, true));
        spot.Frames[^1].Sent.ShouldBeLessThan(Listening.Start + TimeSpan.FromSeconds(5.2));
    }

    [Theory]
    [InlineData("ws-cut", VenueFrame.Cut)]
    [InlineData("ws-end", VenueFrame.Close)]
    [InlineData("ws-shutdown", VenueFrame.Close)]
    public void A_connection_ends_by_a_fault(string name, VenueFrame last)
    {
        var spot = new Listening(Venue.BinanceSpot, name + "@5s");
        var connection = spot.Open("/stream?streams=btcusdt@depth@100ms");
        spot.Run(30);
        connection.IsOpen.ShouldBeFalse();
        spot.Frames[^1].Kind.ShouldBe(last);
        spot.Frames.Any(f => f.Text.StartsWith("{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":", StringComparison.Ordinal)).ShouldBe(name == "ws-shutdown");
    }

    [Fact]
    public void Late_frames_arrive_after_the_connection_has_gone()
    {
        var spot = new Listening(Venue.BinanceSpot, "ws-late@2s+3s");
        var old = spot.Open("/ws/btcusdt@depth@100ms");
        spot.Run(4);
        spot.Venue.Closed(old, spot.Now);
        spot.Run(10);
        spot.Frames.Count(f => f.Connection == old.Id && f.Sent > Listening.Start + TimeSpan.FromSeconds(4)).ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Garbage_of_every_kind_comes_beside_the_true_frames()
    {
        var usdm = new Listening(Venue.BinanceUsdm, "ws-garbage-json@1s,ws-garbage-types@2s,ws-garbage-numbers@3s,ws-garbage-event@4s,ws-garbage-binary@5s");
        usdm.Open("/public/stream?streams=btcusdt@depth@100ms");
        usdm.Run(10);
        usdm.Frames.Count(f => f.Kind == VenueFrame.Binary).ShouldBe(1);
        var texts = usdm.Frames.Where(f => f.Kind == VenueFrame.Text).Select(f => f.Text).ToList();
        texts.Count(t => !IsJson(t)).ShouldBe(1);
        texts.Count(t => t.Contains(":[{}]", StringComparison.Ordinal)).ShouldBe(1);
        texts.Count(t => t.Contains("9999999999999999999999999999999999999999e400", StringComparison.Ordinal)).ShouldBe(1);
        texts.Count(t => t.Contains("unheardOf", StringComparison.Ordinal)).ShouldBe(1);
        var diffs = texts.Where(t => IsJson(t) && !t.Contains("[{}]", StringComparison.Ordinal) && !t.Contains("e400", StringComparison.Ordinal) && !t.Contains("unheardOf", StringComparison.Ordinal))
            .Select(t => JsonDocument.Parse(t).RootElement.GetProperty("data")).ToList();
        diffs.Zip(diffs.Skip(1)).ShouldAllBe(p => p.Second.GetProperty("pu").GetInt64() == p.First.GetProperty("u").GetInt64());
        usdm.Venue.Ledger.Faults.Count.ShouldBe(5);
    }

    [Fact]
    public void A_side_empties_and_comes_back_and_the_truth_says_so()
    {
        var spot = new Listening(Venue.BinanceSpot, "ws-empty-side@5s+2s");
        spot.Open("/ws/btcusdt@depth@100ms");
        var snapshot = spot.Get("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        spot.Run(15);
        var book = new Rebuilt(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var empty = 0;
        foreach (var diff in spot.Diffs)
        {
            book.Apply(diff.GetProperty("b"), diff.GetProperty("a"));
            book.ShouldBe(spot.Venue.Book("BTCUSDT", diff.GetProperty("u").GetInt64()));
            if (!book.Bids.Any() || !book.Asks.Any()) empty++;
        }

        empty.ShouldBeGreaterThan(0);
        (book.Bids.Count() > 250 && book.Asks.Count() > 250).ShouldBeTrue();
    }

    [Fact]
    public void A_burst_brings_a_hundred_times_as_many_orders()
    {
        var spot = new Listening(Venue.BinanceSpot, "ws-burst@5s+2s");
        spot.Open("/ws/btcusdt@depth@100ms/btcusdt@bookTicker");
        spot.Run(5);
        var before = spot.Frames.Count;
        spot.Run(2);
        spot.Frames.Count.ShouldBeGreaterThan(before * 5);
    }

    [Theory]
    [InlineData("snapshot-429:1", 429, "-1003")]
    [InlineData("snapshot-418:1", 418, "banned until")]
    [InlineData("snapshot-5xx:1", 500, "-10")]
    [InlineData("snapshot-html:1", 200, "<!DOCTYPE html>")]
    public void A_snapshot_is_refused_and_other_requests_are_not(string plan, int status, string text)
    {
        var spot = new Listening(Venue.BinanceSpot, plan);
        var reply = spot.Venue.Snapshot("BTCUSDT", 100, spot.Now);
        reply.Status.ShouldBeInRange(status, status == 500 ? 504 : status);
        System.Text.Encoding.UTF8.GetString(reply.Body).ShouldContain(text);
        spot.Get("/api/v3/time").GetProperty("serverTime").GetInt64().ShouldBe(spot.Now.UnixMilliseconds);
    }

    [Theory]
    [InlineData(Venue.BinanceSpot, "/ws/btcusdt@depth@100ms")]
    [InlineData(Venue.BinanceUsdm, "/public/ws/btcusdt@depth@100ms")]
    public void A_stale_snapshot_is_a_true_book_from_before_the_stream_began(Venue venue, string path)
    {
        var binance = new Listening(venue, "snapshot-stale:1");
        binance.Venue.Snapshot("BTCUSDT", 100, binance.Now);
        binance.Run(30);
        binance.Open(path);
        binance.Run(2);
        var snapshot = JsonDocument.Parse(binance.Venue.Snapshot("BTCUSDT", 100, binance.Now).Body).RootElement;
        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        id.ShouldBeLessThan(binance.Diffs.First().GetProperty("U").GetInt64() - 1);
        new Rebuilt(snapshot.GetProperty("bids"), snapshot.GetProperty("asks")).ShouldBe(binance.Venue.Book("BTCUSDT", id));
    }

    [Fact]
    public void Acknowledgements_may_be_missing_and_errors_concern_one_stream()
    {
        var missing = new Listening(Venue.BinanceSpot, "ws-ack-missing:1");
        missing.Say(missing.Open("/ws"), """{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}""");
        missing.Run(5);
        missing.With("id").ShouldBeEmpty();
        missing.Diffs.ShouldNotBeEmpty();

        var error = new Listening(Venue.BybitLinear, "ws-ack-error(ETHUSDT):1");
        error.Say(error.Open("/v5/public/linear"), """{"op":"subscribe","args":["orderbook.50.BTCUSDT","orderbook.50.ETHUSDT"]}""");
        error.Run(5);
        error.With("ret_msg").Single().GetProperty("ret_msg").GetString().ShouldBe("error:Too many visits!,topic:orderbook.50.ETHUSDT");
        error.Topic("orderbook.50.BTCUSDT").ShouldNotBeEmpty();
        error.Topic("orderbook.50.ETHUSDT").ShouldBeEmpty();
    }

    [Fact]
    public void Trades_are_doubled_or_missing_and_an_open_bar_is_called_closed()
    {
        var spot = new Listening(Venue.BinanceSpot, "ws-trade-duplicate@5s,ws-trade-gap@7s,ws-kline-open@5s");
        spot.Open("/ws/btcusdt@aggTrade/btcusdt@kline_1m");
        spot.Run(15);
        var ids = spot.With("e", "aggTrade").Select(t => t.GetProperty("a").GetInt64()).ToList();
        var steps = ids.Zip(ids.Skip(1), (a, b) => b - a).ToList();
        (steps.Count(s => s == 0), steps.Count(s => s == 2)).ShouldBe((1, 1));
        spot.Get($"/api/v3/aggTrades?symbol=BTCUSDT&fromId={ids[0]}&limit=1000").GetArrayLength().ShouldBe((int)(ids[^1] - ids[0]) + 1);
        spot.With("e", "kline").Count(k => k.GetProperty("k").GetProperty("x").GetBoolean() && k.GetProperty("E").GetInt64() < k.GetProperty("k").GetProperty("T").GetInt64()).ShouldBe(1);
    }

    [Fact]
    public void The_venues_clock_is_off_in_streams_and_rest_alike()
    {
        var spot = new Listening(Venue.BinanceSpot, "clock-offset@5s+10s");
        spot.Open("/ws/btcusdt@depth@100ms");
        spot.Run(10);
        var offset = spot.Get("/api/v3/time").GetProperty("serverTime").GetInt64() - spot.Now.UnixMilliseconds;
        Math.Abs(offset).ShouldBeInRange(1, 3_000);
        (spot.Diffs.Last().GetProperty("E").GetInt64() - spot.Frames[^1].Sent.UnixMilliseconds).ShouldBeInRange(offset - 1, offset + 1);
        spot.Run(10);
        spot.Get("/api/v3/time").GetProperty("serverTime").GetInt64().ShouldBe(spot.Now.UnixMilliseconds);
    }

    [Theory]
    [InlineData("ws-nothing:0.1", "'ws-nothing' is not a fault")]
    [InlineData("ws-drop", "lacks a share from 0 to 1")]
    [InlineData("ws-drop@soon", "write it like")]
    [InlineData("429@5s", "neither stream nor time")]
    [InlineData("nowhere/ws-drop:0.1", "'nowhere' is not a simulated service")]
    public void A_plan_that_makes_no_sense_is_refused(string plan, string message) =>
        Should.Throw<ConfigurationException>(() => FaultPlan.Parse(plan)).Message.ShouldContain(message);

    private static long Ms(double seconds) => (Listening.Start + TimeSpan.FromSeconds(seconds)).UnixMilliseconds;

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
