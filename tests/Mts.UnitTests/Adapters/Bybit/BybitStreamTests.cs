using System.Text;
using Mts.Adapters.Bybit;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.UnitTests.Adapters.Feeds;

namespace Mts.UnitTests.Adapters.Bybit;

public sealed class BybitStreamTests
{
    private static readonly Timestamp Start = Timestamp.Parse("2026-09-28T12:00:00Z");

    private readonly InstrumentTable instruments = new(MarketKind.Perpetual);
    private readonly HeardMarket sink = new();
    private readonly IFeedProtocol linear;
    private readonly IFeedProtocol spot;

    public BybitStreamTests()
    {
        instruments.Add(new Symbol("BTC", "USDT", "USDT"));
        instruments.Add(new Symbol("BTC", "USDC", "USDC"));
        linear = new BybitStream(MarketKind.Perpetual, new BybitStreamSettings { BookDepth = 50 }).Open([new StreamRef(0, Channel.Depth), new StreamRef(1, Channel.Mark)], instruments);
        spot = new BybitStream(MarketKind.Spot, new BybitStreamSettings { BookDepth = 50 }).Open(
            [new StreamRef(0, Channel.Depth)], instruments);
    }

    public static TheoryData<string, string[]> Messages => new()
    {
        {
            """{"topic":"orderbook.50.BTCUSDT","type":"snapshot","ts":1790617150042,"data":{"s":"BTCUSDT","b":[["16493.50","0.006"]],"a":[["16611.00","0.029"]],"u":18521288,"seq":7961638724},"cts":1790617150040}""",
            ["snapshot 0 18521288-18521288 after  seq 7961638724 at 2026-09-28T17:39:10.040Z bids 16493.5:0.006 asks 16611:0.029"]
        },
        {
            """{"topic":"orderbook.50.BTCUSDT","ts":1790617150042,"type":"delta","data":{"s":"BTCUSDT","b":[],"a":[["16611","0"]],"u":18521289,"seq":7961638725},"cts":1790617150040}""",
            ["diff 0 18521289-18521289 after  seq 7961638725 at 2026-09-28T17:39:10.040Z bids none asks 16611:0"]
        },
        {
            """{"topic":"orderbook.50.BTCUSDT","ts":1790617150042,"type":"delta","data":{"s":"BTCUSDT","b":[],"a":[],"u":1,"seq":7961638725}}""",
            ["diff 0 1-1 after  seq 7961638725 at 2026-09-28T17:39:10.042Z bids none asks none"]
        },
        {
            """{"topic":"orderbook.50.BTCPERP","type":"delta","ts":1790617150042,"data":{"s":"BTCPERP","b":[],"a":[],"u":7,"seq":8},"cts":1790617150040}""",
            ["diff 1 7-7 after  seq 8 at 2026-09-28T17:39:10.040Z bids none asks none"]
        },
        {
            """{"topic":"orderbook.1.BTCUSDT","type":"snapshot","ts":1790617150042,"data":{"s":"BTCUSDT","b":[["16493.50","0.006"]],"a":[],"u":5,"seq":7961638724},"cts":1790617150040}""",
            ["quote 0 7961638724 at 2026-09-28T17:39:10.040Z 16493.5:0.006 0:0"]
        },
        {
            """{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1790617150042,"data":[{"T":1790617150040,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"00000000-0000-0000-0000-0000000000ff","BT":false,"seq":1},{"T":1790617150041,"s":"BTCUSDT","S":"Sell","v":"2","p":"16578","i":"2290000000050703789","BT":false}]}""",
            ["trade 0 255 at 2026-09-28T17:39:10.040Z 16578.5:0.001 buy", "trade 0 2290000000050703789 at 2026-09-28T17:39:10.041Z 16578:2 sell"]
        },
        {
            """{"topic":"kline.1.BTCUSDT","data":[{"start":1790617080000,"end":1790617139999,"interval":"1","open":"16649.5","close":"16677","high":"16677","low":"16608","volume":"2.5","turnover":"1","confirm":true,"timestamp":1790617140000},{"start":1790617140000,"end":1790617199999,"interval":"1","open":"16677","close":"16677","high":"16677","low":"16677","volume":"0","turnover":"0","confirm":false,"timestamp":1790617140000}],"ts":1790617150042,"type":"snapshot"}""",
            ["bar 0 2026-09-28T17:38:00Z 16649.5 16677 16608 16677 2.5 closed at 2026-09-28T17:39:10.042Z", "bar 0 2026-09-28T17:39:00Z 16677 16677 16677 16677 0 open at 2026-09-28T17:39:10.042Z"]
        },
        {
            """{"topic":"allLiquidation.BTCUSDT","type":"snapshot","ts":1790617150042,"data":[{"T":1790617150040,"s":"BTCUSDT","S":"Sell","v":"20000","p":"0.04499"},{"T":1790617150041,"s":"BTCUSDT","S":"Buy","v":"1","p":"5"}]}""",
            ["liquidation 0 at 2026-09-28T17:39:10.040Z 0.04499:20000 short", "liquidation 0 at 2026-09-28T17:39:10.041Z 5:1 long"]
        },
        {
            """{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","markPrice":"61875.25","indexPrice":"61903.5","nextFundingTime":"1790640000000","fundingRate":"-0.0001","bid1Price":"1"},"cs":1,"ts":1790617150042}""",
            ["mark 0 at 2026-09-28T17:39:10.042Z 61875.25 index 61903.5 rate -0.0001 next 2026-09-29T00:00:00Z"]
        },
        {
            """{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","markPrice":"61875.25","indexPrice":"61903.5","nextFundingTime":"","fundingRate":""},"cs":1,"ts":1790617150042}""",
            ["mark 0 at 2026-09-28T17:39:10.042Z 61875.25 index 61903.5 rate  next "]
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Reads_every_kind_of_message(string message, string[] heard)
    {
        Send(message).Outcome.ShouldBe(FrameOutcome.Applied);
        Send(message).Outcome.ShouldBe(FrameOutcome.Applied);
        Send(message.Replace(",", " ,\n", StringComparison.Ordinal)).Outcome.ShouldBe(FrameOutcome.Applied);
        sink.Lines.ShouldBe([.. heard, .. heard, .. heard]);
    }

    [Fact]
    public void Keeps_a_tickers_fields_until_they_change_or_end()
    {
        Send("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"1"},"cs":1,"ts":1790617150042}""")
            .ShouldBe(new FrameVerdict(new StreamRef(0, Channel.Mark), FrameOutcome.Discarded));
        Send("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","markPrice":"100","indexPrice":"101","nextFundingTime":"1790640000000","fundingRate":"0.0001"},"cs":1,"ts":1790617150042}""");
        Send("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","bid1Price":"99"},"cs":2,"ts":1790617151042}""");
        Send("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","fundingRate":"0.0002"},"cs":3,"ts":1790617152042}""");
        Send("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","indexPrice":"","markPrice":"102"},"cs":4,"ts":1790617153042}""");
        sink.Lines.ShouldBe(
        [
            "mark 0 at 2026-09-28T17:39:10.042Z 100 index 101 rate 0.0001 next 2026-09-29T00:00:00Z",
            "mark 0 at 2026-09-28T17:39:11.042Z 100 index 101 rate 0.0001 next 2026-09-29T00:00:00Z",
            "mark 0 at 2026-09-28T17:39:12.042Z 100 index 101 rate 0.0002 next 2026-09-29T00:00:00Z",
            "mark 0 at 2026-09-28T17:39:13.042Z 102 index  rate 0.0002 next 2026-09-29T00:00:00Z",
        ]);
    }

    [Theory]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1790617150042,"data":{"s":"ETHUSDT","b":[],"a":[],"u":7,"seq":8}}""", "another symbol than the topic names")]
    [InlineData("""{"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1790617150042,"data":{"s":"BTCUSDT","b":[],"a":[],"u":7,"seq":8}}""", "another depth than was asked for")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"update","ts":1790617150042,"data":{"s":"BTCUSDT","b":[],"a":[],"u":7,"seq":8}}""", "a field of the wrong type")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1790617150042,"data":{"s":"BTCUSDT","b":[],"a":[],"u":-7,"seq":8}}""", "a field of the wrong type")]
    [InlineData("""{"topic":"kline.5.BTCUSDT","data":[],"ts":1790617150042,"type":"snapshot"}""", "another interval than was asked for")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","ts":1790617150042,"data":{}}""", "no list where one is expected")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","ts":1790617150042,"data":[{"T":1790617150040,"s":"BTCUSDT","S":"Hold","v":"1","p":"1","i":"1"}]}""", "a field of the wrong type")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","ts":1790617150042,"data":[{"T":1790617150040,"s":"BTCUSDT","S":"Buy","v":"1","p":"1","i":"one"}]}""", "a field of the wrong type")]
    [InlineData("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT"},"ts":1790617150042}""", "a field is missing")]
    public void Dead_letters_what_a_rule_refuses_under_its_stream(string message, string reason)
    {
        var verdict = Send(message);
        (verdict.Outcome, verdict.Reason, verdict.Stream.Instrument).ShouldBe((FrameOutcome.DeadLettered, reason, 0));
    }

    [Theory]
    [InlineData("""{"topic":"orderbook.50.LTCUSDT","type":"delta","ts":1790617150042,"data":{"s":"LTCUSDT","b":[],"a":[],"u":7,"seq":8}}""", "unknown symbol")]
    [InlineData("""{"topic":"insurance.USDT","data":[]}""", "unknown kind of message")]
    [InlineData("""{"topic":"nothing","data":[]}""", "unknown kind of message")]
    [InlineData("""{"topic":7}""", "a field of the wrong type")]
    [InlineData("{}", "unknown kind of message")]
    public void Dead_letters_what_belongs_to_no_stream_under_the_connection(string message, string reason) =>
        Send(message).ShouldBe(FrameVerdict.Dead(StreamRef.Connection, reason));

    [Fact]
    public void Brings_nothing_new_where_a_list_is_empty() =>
        Send("""{"topic":"publicTrade.BTCUSDT","ts":1790617150042,"data":[]}""").Outcome.ShouldBe(FrameOutcome.Duplicate);

    [Theory]
    [InlineData("""{"success":true,"ret_msg":"pong","conn_id":"0970","op":"ping"}""")]
    [InlineData("""{"success":true,"ret_msg":"pong","conn_id":"0970","req_id":"","op":"ping"}""")]
    [InlineData("""{"args":["1672916271846"],"op":"pong"}""")]
    [InlineData("""{"req_id":"test","op":"pong","args":["1675418560633"],"conn_id":"x"}""")]
    [InlineData("""{"success":true,"ret_msg":"pong","conn_id":"x","op":"pong"}""")]
    public void Pings_and_knows_every_shape_of_a_pong(string pong)
    {
        var protocol = OpenedAndAcknowledged();
        protocol.NextTimer.ShouldBe(Start + TimeSpan.FromSeconds(20));
        Next(protocol, Start + TimeSpan.FromSeconds(19.9)).ShouldBe("");
        Next(protocol, Start + TimeSpan.FromSeconds(20)).ShouldBe("""{"req_id":"ping","op":"ping"}""");
        protocol.OnFrame(Encoding.UTF8.GetBytes(pong), Start, sink).ShouldBe(FrameVerdict.Control);
        protocol.OnTimer(Start + TimeSpan.FromSeconds(31), sink);
        protocol.IsEnding.ShouldBeFalse();
        protocol.NextTimer.ShouldBe(Start + TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void Takes_the_connection_for_ending_where_no_pong_comes()
    {
        var protocol = OpenedAndAcknowledged();
        Next(protocol, Start + TimeSpan.FromSeconds(20));
        protocol.NextTimer.ShouldBe(Start + TimeSpan.FromSeconds(30));
        protocol.OnTimer(Start + TimeSpan.FromSeconds(30), sink);
        protocol.IsEnding.ShouldBeTrue();
        protocol.NextTimer.ShouldBe(Start + TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData("""{"success":true,"ret_msg":"subscribe","conn_id":"x","req_id":"1","op":"subscribe"}""", SubscriptionState.Acknowledged)]
    [InlineData("""{"success":true,"ret_msg":"","conn_id":"x","req_id":"","op":"subscribe"}""", SubscriptionState.Acknowledged)]
    [InlineData("""{"success":true,"ret_msg":"subscribe","conn_id":"x","op":"subscribe"}""", SubscriptionState.Acknowledged)]
    [InlineData("""{"success":true,"conn_id":"x","data":{"failTopics":[],"successTopics":["orderbook.50.BTCUSDT"]},"type":"COMMAND_RESP"}""", SubscriptionState.Acknowledged)]
    [InlineData("""{"success":false,"ret_msg":"error:already subscribed,topic:orderbook.50.BTCUSDT","conn_id":"x","req_id":"1","op":"subscribe"}""", SubscriptionState.Acknowledged)]
    [InlineData("""{"success":true,"conn_id":"x","data":{"failTopics":["orderbook.50.BTCUSDT"],"successTopics":[]},"type":"COMMAND_RESP"}""", SubscriptionState.Refused)]
    [InlineData("""{"success":false,"ret_msg":"error:handler not found,topic:orderbook.50.BTCUSDT","conn_id":"x","req_id":"1","op":"subscribe"}""", SubscriptionState.Unavailable)]
    [InlineData("""{"success":false,"ret_msg":"error:Too many visits!","conn_id":"x","req_id":"1","op":"subscribe"}""", SubscriptionState.Refused)]
    [InlineData("""{"success":true,"ret_msg":"subscribe","conn_id":"x","req_id":"99","op":"subscribe"}""", SubscriptionState.Sent)]
    public void Matches_every_shape_of_an_answer(string answer, SubscriptionState state)
    {
        spot.Path.ShouldBe("/v5/public/spot");
        spot.OnOpened(Start);
        Next(spot, Start).ShouldBe("""{"req_id":"1","op":"subscribe","args":["orderbook.50.BTCUSDT"]}""");
        spot.OnFrame(Encoding.UTF8.GetBytes(answer), Start, sink).ShouldBe(FrameVerdict.Control);
        spot.StateOf(new StreamRef(0, Channel.Depth)).ShouldBe(state);
    }

    [Fact]
    public void Asks_for_ten_topics_at_a_time_on_spot()
    {
        var many = new InstrumentTable(MarketKind.Spot);
        var streams = Enumerable.Range(0, 25).Select(i => new StreamRef(many.Add(new Symbol($"COIN{i}", "USDT")), Channel.Trade)).ToList();
        var protocol = new BybitStream(MarketKind.Spot, new BybitStreamSettings()).Open(streams, many);
        protocol.OnOpened(Start);
        var counts = Enumerable.Range(0, 4).Select(i => Next(protocol, Start + TimeSpan.FromSeconds(i)).Split("publicTrade").Length - 1);
        counts.ShouldBe([10, 10, 5, 0]);
    }

    [Fact]
    public void Names_its_settings_and_finds_the_depth_of_a_recording()
    {
        Should.Throw<ConfigurationException>(() => new BybitStream(MarketKind.Spot, new BybitStreamSettings { BookDepth = 500 })).Message.ShouldContain("bybit.spot.bookDepth");
        BybitStream.DepthIn("""{"topic":"orderbook.200.BTCUSDT"}"""u8).ShouldBe(200);
        BybitStream.DepthIn("""{"topic":"orderbook.rpi.BTCUSDT"}"""u8).ShouldBeNull();
        BybitStream.DepthIn("{}"u8).ShouldBeNull();
    }

    private IFeedProtocol OpenedAndAcknowledged()
    {
        linear.Path.ShouldBe("/v5/public/linear");
        linear.OnOpened(Start);
        Next(linear, Start).ShouldBe("""{"req_id":"1","op":"subscribe","args":["orderbook.50.BTCUSDT","tickers.BTCPERP"]}""");
        linear.OnFrame("""{"success":true,"ret_msg":"","conn_id":"x","req_id":"1","op":"subscribe"}"""u8, Start, sink);
        return linear;
    }

    private static string Next(IFeedProtocol protocol, Timestamp now) => protocol.TryTakeOutgoing(now, out var text) ? Encoding.UTF8.GetString(text) : "";

    private FrameVerdict Send(string text) => linear.OnFrame(Encoding.UTF8.GetBytes(text), Start, sink);
}
