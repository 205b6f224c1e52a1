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

    private FrameVerdict Send(string text) => protocol.OnFrame(Encoding.UTF8.GetBytes(text), Now, sink);
}
