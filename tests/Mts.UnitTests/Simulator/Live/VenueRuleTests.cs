using System.Text.Json;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator.Live;

public sealed class VenueRuleTests
{
    [Fact]
    public void Binance_answers_control_messages_in_its_own_shapes()
    {
        var spot = new Listening(Venue.BinanceSpot);
        var connection = spot.Open("/stream?streams=btcusdt@trade");
        Answer(spot, connection, """{"method":"SUBSCRIBE","params":["ethusdt@bookTicker","nosuch@trade"],"id":1}""").ShouldBe("""{"result":null,"id":1}""");
        Answer(spot, connection, """{"method":"LIST_SUBSCRIPTIONS","id":"a1"}""").ShouldBe("""{"result":["btcusdt@trade","ethusdt@bookTicker","nosuch@trade"],"id":"a1"}""");
        Answer(spot, connection, """{"method":"UNSUBSCRIBE","params":["ethusdt@bookTicker"],"id":2}""").ShouldBe("""{"result":null,"id":2}""");
        Answer(spot, connection, """{"method":"GET_PROPERTY","params":["combined"],"id":3}""").ShouldBe("""{"result":true,"id":3}""");
        spot.Run(2);
        Answer(spot, connection, """{"params":[],"id":3}""").ShouldContain("\"code\":2");
        Answer(spot, connection, "nonsense").ShouldContain("\"code\":3");
        spot.Run(30);
        spot.Frames.Where(f => f.Kind == VenueFrame.Text).ShouldNotContain(f => f.Text.Contains("ethusdt@bookTicker\",", StringComparison.Ordinal) && f.Sent > Listening.Start);
        spot.Venue.Ledger.Violations.ShouldBe(0);
    }

    [Theory]
    [InlineData("/market/stream?streams=", 0, 1)]
    [InlineData("/public/stream?streams=", 1, 0)]
    [InlineData("/stream?streams=", 1, 0)]
    public void On_futures_the_wrong_address_acknowledges_and_stays_silent(string path, int depth, int trades)
    {
        var usdm = new Listening(Venue.BinanceUsdm);
        var connection = usdm.Open(path);
        Answer(usdm, connection, """{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms","btcusdt@aggTrade"],"id":1}""").ShouldBe("""{"result":null,"id":1}""");
        usdm.Run(10);
        Math.Min(1, usdm.Diffs.Count()).ShouldBe(depth);
        Math.Min(1, usdm.With("e", "aggTrade").Count()).ShouldBe(trades);
    }

    [Theory]
    [InlineData(Venue.BinanceSpot, "/ws", 5)]
    [InlineData(Venue.BinanceUsdm, "/public/ws", 10)]
    public void Too_many_messages_in_a_second_end_the_connection(Venue venue, string path, int allowed)
    {
        var binance = new Listening(venue);
        var connection = binance.Open(path);
        for (var i = 0; i < allowed; i++) binance.Say(connection, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        connection.IsOpen.ShouldBeTrue();
        binance.Run(1.001);
        for (var i = 0; i < allowed; i++) binance.Say(connection, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        connection.IsOpen.ShouldBeTrue();
        binance.Say(connection, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        connection.IsOpen.ShouldBeFalse();
        binance.Frames[^1].Kind.ShouldBe(VenueFrame.Close);
        binance.Venue.Ledger.Violations.ShouldBe(1);
    }

    [Theory]
    [InlineData(Venue.BinanceSpot, "/ws", 1_024)]
    [InlineData(Venue.BinanceUsdm, "/public/ws", 200)]
    public void There_is_a_most_of_streams_per_connection(Venue venue, string path, int allowed)
    {
        var binance = new Listening(venue);
        var connection = binance.Open(path);
        var names = string.Join(',', Enumerable.Range(0, allowed).Select(i => $"\"s{i}@trade\""));
        Answer(binance, connection, $$"""{"method":"SUBSCRIBE","params":[{{names}}],"id":1}""").ShouldBe("""{"result":null,"id":1}""");
        Answer(binance, connection, """{"method":"SUBSCRIBE","params":["one@more"],"id":2}""").ShouldBe("""{"error":{"code":4,"msg":"Too many subscriptions"},"id":2}""");
        binance.Venue.Ledger.Violations.ShouldBe(1);
    }

    [Fact]
    public void Connection_attempts_are_counted_over_five_minutes()
    {
        var spot = new Listening(Venue.BinanceSpot);
        for (var i = 0; i < 300; i++) spot.Open("/ws");
        spot.Venue.Open("/ws", "test", spot.Now).Status.ShouldBe(429);
        spot.Venue.Open("/ws", "another", spot.Now).Status.ShouldBe(101);
        spot.Run(300);
        spot.Venue.Open("/ws", "test", spot.Now).Status.ShouldBe(101);
        new Listening(Venue.BinanceSpot).Venue.Open("/nowhere", "test", Listening.Start).Status.ShouldBe(404);
    }

    [Fact]
    public void Binance_pings_every_twenty_seconds_and_waits_a_minute_for_the_right_pong()
    {
        var spot = new Listening(Venue.BinanceSpot);
        var (good, bad) = (spot.Open("/ws"), spot.Open("/ws"));
        for (var i = 0; i < 30; i++)
        {
            spot.Run(5);
            foreach (var ping in spot.Frames.Where(f => f.Kind == VenueFrame.Ping && f.Connection == good.Id && f.Sent > spot.Now - TimeSpan.FromSeconds(5)).ToList()) spot.Venue.ReceiveControl(good, isPong: true, Convert.FromHexString(ping.Text), spot.Now);
            if (bad.IsOpen) spot.Venue.ReceiveControl(bad, isPong: true, [1, 2, 3], spot.Now);
        }

        spot.Frames.Where(f => f.Kind == VenueFrame.Ping && f.Connection == good.Id).Select(f => (f.Sent - Listening.Start).TotalSeconds).ShouldBe([20, 40, 60, 80, 100, 120, 140]);
        (good.IsOpen, bad.IsOpen).ShouldBe((true, false));
        (spot.Venue.Ledger.Entries.Single(e => e.Event == VenueEvent.Closed).Time - Listening.Start).TotalSeconds.ShouldBe(80);
    }

    [Fact]
    public void A_connection_ends_after_its_longest_life()
    {
        var usdm = new Listening(Venue.BinanceUsdm, live: new LiveOptions { Levels = 50, ConnectionLife = TimeSpan.FromMinutes(2) });
        var connection = usdm.Open("/public/ws/btcusdt@depth");
        usdm.Run(119.9);
        connection.IsOpen.ShouldBeTrue();
        usdm.Run(0.2);
        connection.IsOpen.ShouldBeFalse();
        usdm.Frames[^1].Kind.ShouldBe(VenueFrame.Close);
    }

    [Theory]
    [InlineData(Venue.BybitSpot, "spot", "\"ret_msg\":\"subscribe\"", false)]
    [InlineData(Venue.BybitLinear, "linear", "\"ret_msg\":\"\"", true)]
    public void Bybit_acknowledges_per_category_and_names_unknown_and_repeated_topics(Venue venue, string category, string message, bool hasRequest)
    {
        var bybit = new Listening(venue);
        var connection = bybit.Open("/v5/public/" + category);
        bybit.Say(connection, """{"op":"subscribe","args":["publicTrade.BTCUSDT"]}""");
        var ack = bybit.Frames[^1].Text;
        ack.ShouldContain(message);
        ack.Contains("\"req_id\":\"\"", StringComparison.Ordinal).ShouldBe(hasRequest);
        Answer(bybit, connection, """{"op":"subscribe","args":["publicTrade.ETHUSDT","liquidations:BTCUSDT"]}""").ShouldContain("\"success\":false,\"ret_msg\":\"error:handler not found,topic:liquidations:BTCUSDT\"");
        connection.Streams.ShouldBe(["publicTrade.BTCUSDT"]);
        Answer(bybit, connection, """{"op":"subscribe","args":["publicTrade.BTCUSDT"]}""").ShouldContain("error:already subscribed,topic:publicTrade.BTCUSDT");
        Answer(bybit, connection, """{"req_id":"9","op":"ping"}""").ShouldContain("\"ret_msg\":\"pong\"");
    }

    [Fact]
    public void Bybit_limits_arguments_and_cuts_who_does_not_ping()
    {
        var spot = new Listening(Venue.BybitSpot);
        var connection = spot.Open("/v5/public/spot");
        var eleven = string.Join(',', Enumerable.Range(0, 11).Select(i => $"\"publicTrade.S{i}USDT\""));
        Answer(spot, connection, $$"""{"op":"subscribe","args":[{{eleven}}]}""").ShouldContain("\"success\":false");
        Answer(spot, connection, $$"""{"op":"subscribe","args":["{{new string('x', 21_001)}}"]}""").ShouldContain("21000");
        spot.Venue.Ledger.Violations.ShouldBe(2);
        spot.Run(55);
        spot.Say(connection, """{"op":"ping"}""");
        spot.Run(59);
        connection.IsOpen.ShouldBeTrue();
        spot.Run(2);
        connection.IsOpen.ShouldBeFalse();
        spot.Venue.Ledger.Violations.ShouldBe(3);
    }

    private static string Answer(Listening venue, SimulatedConnection connection, string text)
    {
        venue.Say(connection, text);
        return venue.Frames[^1].Text;
    }
}
