using System.Text;
using Mts.Adapters.Binance;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.UnitTests.Adapters.Feeds;

namespace Mts.UnitTests.Adapters.Binance;

public sealed class BinanceSubscriptionTests
{
    private static readonly Timestamp Start = Timestamp.Parse("2026-09-28T12:00:00Z");
    private static readonly StreamRef Depth = new(0, Channel.Depth);
    private static readonly StreamRef Trades = new(0, Channel.Trade);
    private static readonly StreamRef Bars = new(1, Channel.Bar);

    private readonly InstrumentTable instruments = new(MarketKind.Spot);
    private readonly HeardMarket sink = new();
    private readonly BinanceSpotStream venue = new(new BinanceStreamSettings());

    public BinanceSubscriptionTests()
    {
        instruments.Add(new Symbol("BTC", "USDT"));
        instruments.Add(new Symbol("ETH", "USDT"));
    }

    [Fact]
    public void Asks_once_open_and_believes_the_answer()
    {
        var protocol = venue.Open([Depth, Bars], instruments);
        Next(protocol, Start).ShouldBe("");
        protocol.OnOpened(Start);
        protocol.NextTimer.ShouldBe(Start);
        protocol.StateOf(Depth).ShouldBe(SubscriptionState.Queued);
        Next(protocol, Start).ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms","ethusdt@kline_1m"],"id":1}""");
        protocol.StateOf(Depth).ShouldBe(SubscriptionState.Sent);
        Send(protocol, """{"result":null,"id":1}""").ShouldBe(FrameVerdict.Control);
        sink.Subscriptions.ShouldBe([(Depth, SubscriptionState.Acknowledged, null), (Bars, SubscriptionState.Acknowledged, null)]);
        protocol.StateOf(Bars).ShouldBe(SubscriptionState.Acknowledged);
        protocol.NextTimer.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"code":2,"msg":"Invalid request: unknown variant","id":1}""", "Invalid request: unknown variant", SubscriptionState.Unavailable)]
    [InlineData("""{"error":{"code":-1121,"msg":"Invalid symbol."},"id":1}""", "Invalid symbol.", SubscriptionState.Unavailable)]
    [InlineData("""{"error":{"code":4,"msg":"Too many subscriptions"},"id":1}""", "Too many subscriptions", SubscriptionState.Refused)]
    [InlineData("""{"error":{"code":-1003,"msg":"Too many requests."},"id":1}""", "Too many requests.", SubscriptionState.Refused)]
    [InlineData("""{"error":{"code":3},"id":null}""", "the venue refused the request", SubscriptionState.Refused)]
    public void Hears_a_refusal_in_both_shapes_and_whether_it_is_final(string answer, string words, SubscriptionState state)
    {
        var protocol = Opened(Depth);
        Next(protocol, Start);
        Send(protocol, answer).ShouldBe(FrameVerdict.Control);
        sink.Subscriptions.ShouldBe([(Depth, state, words)]);
    }

    [Fact]
    public void Does_not_ask_a_venue_one_by_one_that_has_no_time()
    {
        var protocol = Opened(Depth, Trades);
        Next(protocol, Start);
        Send(protocol, """{"error":{"code":-1008,"msg":"Server is currently overloaded"},"id":1}""");
        sink.Subscriptions.Select(s => s.State).ShouldBe([SubscriptionState.Refused, SubscriptionState.Refused]);
        Next(protocol, Start + TimeSpan.FromSeconds(5)).ShouldBe("");
    }

    [Fact]
    public void Asks_whether_the_connection_lives_within_the_rate_of_messages()
    {
        var protocol = Opened(Depth);
        Next(protocol, Start);
        Send(protocol, """{"result":null,"id":1}""");
        protocol.Ping(Start);
        protocol.NextTimer.ShouldBe(Start + TimeSpan.FromMilliseconds(300));
        Next(protocol, Start + TimeSpan.FromMilliseconds(200)).ShouldBe("");
        Next(protocol, Start + TimeSpan.FromMilliseconds(300)).ShouldBe("""{"method":"LIST_SUBSCRIPTIONS","id":0}""");
        Send(protocol, """{"result":["btcusdt@depth@100ms"],"id":0}""").ShouldBe(FrameVerdict.Control);
        sink.Subscriptions.Count.ShouldBe(1);
        protocol.NextTimer.ShouldBeNull();
    }

    [Fact]
    public void Asks_one_by_one_where_many_were_refused_together()
    {
        var protocol = Opened(Depth, Trades, Bars);
        Next(protocol, Start);
        Send(protocol, """{"code":2,"msg":"no","id":1}""");
        sink.Subscriptions.ShouldBeEmpty();
        Next(protocol, Start + TimeSpan.FromSeconds(1)).ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":2}""");
        Next(protocol, Start + TimeSpan.FromSeconds(2)).ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":3}""");
        Next(protocol, Start + TimeSpan.FromSeconds(3)).ShouldBe("""{"method":"SUBSCRIBE","params":["ethusdt@kline_1m"],"id":4}""");
        Send(protocol, """{"result":null,"id":4}""");
        Send(protocol, """{"code":2,"msg":"no","id":3}""");
        Send(protocol, """{"result":null,"id":2}""");
        sink.Subscriptions.ShouldBe(
            [(Bars, SubscriptionState.Acknowledged, null), (Trades, SubscriptionState.Unavailable, "no"), (Depth, SubscriptionState.Acknowledged, null)]);
    }

    [Fact]
    public void Gives_up_on_an_answer_that_is_overdue_and_may_ask_again()
    {
        var protocol = Opened(Depth);
        Next(protocol, Start);
        protocol.NextTimer.ShouldBe(Start + TimeSpan.FromSeconds(10));
        protocol.OnTimer(Start + TimeSpan.FromSeconds(9.9), sink);
        sink.Subscriptions.ShouldBeEmpty();
        protocol.OnTimer(Start + TimeSpan.FromSeconds(10), sink);
        sink.Subscriptions.ShouldBe([(Depth, SubscriptionState.Refused, "the venue did not answer the request")]);
        protocol.NextTimer.ShouldBeNull();
        Send(protocol, """{"result":null,"id":1}""").ShouldBe(FrameVerdict.Control); // Too late.
        protocol.StateOf(Depth).ShouldBe(SubscriptionState.Refused);
        protocol.Subscribe(Depth);
        Next(protocol, Start + TimeSpan.FromSeconds(11)).ShouldEndWith("\"id\":2}");
    }

    [Fact]
    public void Ends_a_stream_and_forgets_one_that_was_not_yet_asked_for()
    {
        var protocol = Opened(Depth, Bars);
        protocol.Unsubscribe(Bars);
        Next(protocol, Start).ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}""");
        Send(protocol, """{"result":null,"id":1}""");
        protocol.Unsubscribe(Depth);
        Next(protocol, Start + TimeSpan.FromSeconds(1)).ShouldBe("""{"method":"UNSUBSCRIBE","params":["btcusdt@depth@100ms"],"id":2}""");
        Send(protocol, """{"result":null,"id":2}""");
        sink.Subscriptions[^1].ShouldBe((Depth, SubscriptionState.None, null));
        protocol.StateOf(Depth).ShouldBe(SubscriptionState.None);
    }

    [Fact]
    public void Ends_a_stream_before_it_is_begun_anew()
    {
        var protocol = Opened(Depth);
        Next(protocol, Start);
        Send(protocol, """{"result":null,"id":1}""");
        for (var times = 0; times < 2; times++)
        {
            protocol.Unsubscribe(Depth);
            protocol.Subscribe(Depth);
        }

        Next(protocol, Start + TimeSpan.FromSeconds(1)).ShouldBe("""{"method":"UNSUBSCRIBE","params":["btcusdt@depth@100ms"],"id":2}""");
        Next(protocol, Start + TimeSpan.FromSeconds(2)).ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":3}""");
        Send(protocol, """{"result":null,"id":2}""");
        protocol.StateOf(Depth).ShouldBe(SubscriptionState.Sent);
    }

    [Fact]
    public void Stays_below_five_messages_a_second_and_splits_long_requests()
    {
        var many = new InstrumentTable(MarketKind.Spot);
        var streams = Enumerable.Range(0, 1_000).Select(i => new StreamRef(many.Add(new Symbol($"COIN{i}", "USDT")), Channel.Depth)).ToList();
        var protocol = venue.Open(streams, many);
        protocol.OnOpened(Start);
        var sent = new List<(Timestamp Time, string Text)>();
        for (var now = Start; now < Start + TimeSpan.FromSeconds(20); now += TimeSpan.FromMilliseconds(10))
        {
            if (Next(protocol, now) is { Length: > 0 } text) sent.Add((now, text));
        }

        sent.Max(s => s.Text.Length).ShouldBeLessThan(4_096);
        sent.Sum(s => s.Text.Split("@depth").Length - 1).ShouldBe(1_000);
        streams.ShouldAllBe(s => protocol.StateOf(s) == SubscriptionState.Sent);
        foreach (var (time, _) in sent) sent.Count(s => s.Time >= time && s.Time < time + TimeSpan.FromSeconds(1)).ShouldBeLessThan(5);
    }

    [Fact]
    public void Refuses_a_speed_that_the_venue_does_not_have() =>
        Should.Throw<ConfigurationException>(() => new BinanceSpotStream(new BinanceStreamSettings { DepthSpeed = TimeSpan.FromMilliseconds(250) })).Message.ShouldContain("binance.spot.depthSpeed");

    private IFeedProtocol Opened(params StreamRef[] streams)
    {
        var protocol = venue.Open(streams, instruments);
        protocol.OnOpened(Start);
        return protocol;
    }

    private static string Next(IFeedProtocol protocol, Timestamp now) => protocol.TryTakeOutgoing(now, out var text) ? Encoding.UTF8.GetString(text) : "";

    private FrameVerdict Send(IFeedProtocol protocol, string text) => protocol.OnFrame(Encoding.UTF8.GetBytes(text), Start, sink);
}
