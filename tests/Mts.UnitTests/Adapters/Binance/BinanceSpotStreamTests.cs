using System.Text;
using Mts.Adapters.Binance;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.UnitTests.Adapters.Feeds;

namespace Mts.UnitTests.Adapters.Binance;

public sealed class BinanceSpotStreamTests
{
    private static readonly Timestamp Now = Timestamp.Parse("2026-09-28T12:00:00Z");

    private readonly InstrumentTable instruments = new(MarketKind.Spot);
    private readonly HeardMarket sink = new();
    private readonly IFeedProtocol protocol;

    public BinanceSpotStreamTests()
    {
        instruments.Add(new Symbol("BTC", "USDT"));
        instruments.Add(new Symbol("PEPE", "USDT"));
        protocol = new BinanceSpotStream(new BinanceStreamSettings()).Open([new StreamRef(0, Channel.Depth)], instruments);
    }

    public static TheoryData<string, string> Messages => new()
    {
        {
            """{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[["83931.72","1.5"],["83930.00","0.00000000"]],"a":[["83931.73","0.8"]]}""",
            "diff 0 157-160 after  seq 0 at 2026-09-28T17:39:10.042Z bids 83931.72:1.5,83930:0 asks 83931.73:0.8"
        },
        {
            """{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[],"a":[]}""",
            "diff 0 157-160 after  seq 0 at 2026-09-28T17:39:10.042Z bids none asks none"
        },
        {
            """{"u":400900217,"s":"BTCUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000"}""",
            "quote 0 400900217 at  25.3519:31.21 25.3652:40.66"
        },
        {
            """{"u":400900218,"s":"BTCUSDT","b":"0.00000000","B":"0.00000000","a":"25.36520000","A":"40.66000000"}""",
            "quote 0 400900218 at  0:0 25.3652:40.66"
        },
        {
            """{"e":"aggTrade","E":1790617150042,"s":"BTCUSDT","a":9223372036854775807,"p":"0.001","q":"100","f":100,"l":105,"T":1790617150040,"m":true,"M":true}""",
            "trade 0 9223372036854775807 at 2026-09-28T17:39:10.040Z 0.001:100 sell"
        },
        {
            """{"e":"trade","E":1790617150042,"s":"BTCUSDT","t":12345,"p":"0.001","q":"100","T":1790617150040,"m":false,"M":true}""",
            "trade 0 12345 at 2026-09-28T17:39:10.040Z 0.001:100 buy"
        },
        {
            """{"e":"kline","E":1790617150042,"s":"BTCUSDT","k":{"t":1790617140000,"T":1790617199999,"s":"BTCUSDT","i":"1m","f":-1,"L":-1,"o":"10","c":"12","h":"13","l":"9.5","v":"1000","n":0,"x":true,"q":"1","V":"5","Q":"0.5","B":"0"}}""",
            "bar 0 2026-09-28T17:39:00Z 10 13 9.5 12 1000 closed at 2026-09-28T17:39:10.042Z"
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Reads_every_kind_of_message_raw_and_in_an_envelope(string message, string heard)
    {
        Send(message).Outcome.ShouldBe(FrameOutcome.Applied);
        Send($$"""{"stream":"btcusdt@any","data":{{message}}}""").Outcome.ShouldBe(FrameOutcome.Applied);
        Send($$""" { "data" : {{message.Replace(",", " , ", StringComparison.Ordinal)}} , "stream":"btcusdt@any"} """).Outcome.ShouldBe(FrameOutcome.Applied);
        sink.Lines.ShouldBe([heard, heard, heard]);
    }

    [Theory]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":161,"u":160,"b":[],"a":[]}""", "ids out of order")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":"157","u":160,"b":[],"a":[]}""", "a field of the wrong type")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":9223372036854775808,"b":[],"a":[]}""", "a number out of range")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":1.6e2,"b":[],"a":[]}""", "a field of the wrong type")]
    [InlineData("""{"e":"depthUpdate","E":1790617150,"s":"BTCUSDT","U":157,"u":160,"b":[],"a":[]}""", "a time out of range")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[]}""", "a field is missing")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":null,"a":[]}""", "no list where one is expected")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":{},"a":[]}""", "no list where one is expected")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[["1"]],"a":[]}""", "a field of the wrong type")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[[1,2]],"a":[]}""", "a field of the wrong type")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[["0.0","2"]],"a":[]}""", "a number out of range")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[["-1","2"]],"a":[]}""", "a number out of range")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[["1","-2"]],"a":[]}""", "a number out of range")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[["NaN","2"]],"a":[]}""", "not a number")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[["1e400","2"]],"a":[]}""", "a number that does not fit exactly")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[["0.0000000000001","2"],["100000000","2"]],"a":[]}""", "a number that does not fit exactly")]
    [InlineData("""{"e":"aggTrade","E":1790617150042,"s":"BTCUSDT","a":1,"p":"0.001","q":"0","T":1790617150040,"m":true}""", "a number out of range")]
    [InlineData("""{"e":"aggTrade","E":1790617150042,"s":"BTCUSDT","a":1,"p":"0.001","q":"1","T":1790617150040,"m":"true"}""", "a field of the wrong type")]
    [InlineData("""{"e":"kline","E":1790617150042,"s":"BTCUSDT","k":{"t":1790617140000,"i":"1m","o":"10","c":"12","h":"11","l":"9.5","v":"1","x":true}}""", "an impossible bar")]
    [InlineData("""{"e":"kline","E":1790617150042,"s":"BTCUSDT","k":{"t":1790617140001,"i":"1m","o":"10","c":"10","h":"11","l":"9.5","v":"1","x":true}}""", "an impossible bar")]
    [InlineData("""{"e":"kline","E":1790617150042,"s":"BTCUSDT","k":{"t":1790617140000,"i":"5m","o":"10","c":"10","h":"11","l":"9.5","v":"1","x":true}}""", "another interval than was asked for")]
    public void Dead_letters_what_a_rule_refuses_under_its_stream(string message, string reason)
    {
        var verdict = Send(message);
        (verdict.Outcome, verdict.Reason, verdict.Stream.Instrument).ShouldBe((FrameOutcome.DeadLettered, reason, 0));
        sink.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"LTCUSDT","U":157,"u":160,"b":[],"a":[]}""", "unknown symbol")]
    [InlineData("""{"e":"24hrTicker","E":1790617150042,"s":"BTCUSDT"}""", "unknown kind of message")]
    [InlineData("""{"e":1,"s":"BTCUSDT"}""", "unknown kind of message")]
    [InlineData("""{"stream":"btcusdt@depth20","data":{"lastUpdateId":1,"bids":[],"asks":[]}}""", "unknown kind of message")]
    [InlineData("""{"stream":"!ticker@arr","data":[]}""", "no object where one is expected")]
    [InlineData("""{"stream":5,"data":{}}""", "a field of the wrong type")]
    [InlineData("[]", "no object where one is expected")]
    [InlineData("pong", "broken JSON")]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"s":"BTCUSDT","U":157,"u":160,"b":[],"a":[],"b":[]}""", "a name twice in one object")]
    public void Dead_letters_what_belongs_to_no_stream_under_the_connection(string message, string reason)
    {
        var verdict = Send(message);
        (verdict.Outcome, verdict.Reason, verdict.Stream).ShouldBe((FrameOutcome.DeadLettered, reason, StreamRef.Connection));
        sink.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Asks_for_another_unit_where_numbers_do_not_fit()
    {
        Send("""{"e":"depthUpdate","E":1790617150042,"s":"PEPEUSDT","U":1,"u":2,"b":[["0.0000000012","1234567890123.5"]],"a":[["0.00000000123","1"]]}""")
            .Outcome.ShouldBe(FrameOutcome.Applied);
        sink.Lines.ShouldBe(["diff 1 1-2 after  seq 0 at 2026-09-28T17:39:10.042Z bids 0.0000000012:1234567890123.5 asks 0.00000000123:1"]);
        (sink.ScaleOf(1).PriceDecimals, sink.ScaleOf(1).SizeDecimals).ShouldBe((11, 5)); // One digit of room is left above the size.
        sink.ScaleOf(0).ShouldBe(Mts.Core.Books.NumberScale.Default);
    }

    [Fact]
    public void Dead_letters_numbers_whose_unit_is_refused()
    {
        var stubborn = new HeardMarket { MayRescale = false };
        var verdict = protocol.OnFrame("""{"e":"depthUpdate","E":1790617150042,"s":"PEPEUSDT","U":1,"u":2,"b":[["0.0000000012","1"]],"a":[]}"""u8, Now, stubborn);
        verdict.ShouldBe(FrameVerdict.Dead(new StreamRef(1, Channel.Depth), "a number that does not fit exactly"));
    }

    [Theory]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""")]
    [InlineData("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}""")]
    [InlineData("""{"stream":"!serverShutdown","data":{"E":1770123456789}}""")]
    public void Hears_the_venue_announce_its_end(string message)
    {
        protocol.IsEnding.ShouldBeFalse();
        Send(message).ShouldBe(FrameVerdict.Control);
        protocol.IsEnding.ShouldBeTrue();
    }

    private FrameVerdict Send(string text) => protocol.OnFrame(Encoding.UTF8.GetBytes(text), Now, sink);
}
