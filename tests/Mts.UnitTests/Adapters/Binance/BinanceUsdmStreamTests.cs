using System.Text;
using Mts.Adapters.Binance;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.UnitTests.Adapters.Feeds;

namespace Mts.UnitTests.Adapters.Binance;

public sealed class BinanceUsdmStreamTests
{
    private static readonly Timestamp Now = Timestamp.Parse("2026-09-28T12:00:00Z");

    private readonly InstrumentTable instruments = new(MarketKind.Perpetual);
    private readonly HeardMarket sink = new();
    private readonly BinanceUsdmStream venue = new(new BinanceStreamSettings());
    private readonly IFeedProtocol protocol;

    public BinanceUsdmStreamTests()
    {
        instruments.Add(new Symbol("BTC", "USDT", "USDT"));
        protocol = venue.Open([new StreamRef(0, Channel.Depth)], instruments);
    }

    public static TheoryData<string, string> Messages => new()
    {
        {
            """{"e":"depthUpdate","E":1790617150042,"T":1790617150040,"s":"BTCUSDT","U":157,"u":160,"pu":149,"b":[["83931.70","1.500"]],"a":[["83931.80","0.000"]]}""",
            "diff 0 157-160 after 149 seq 0 at 2026-09-28T17:39:10.040Z bids 83931.7:1.5 asks 83931.8:0"
        },
        {
            """{"e":"depthUpdate","E":1790617150042,"T":1790617150040,"s":"BTCUSDT","ps":"BTCUSDT","U":157,"u":160,"pu":149,"b":[],"a":[],"st":1}""",
            "diff 0 157-160 after 149 seq 0 at 2026-09-28T17:39:10.040Z bids none asks none"
        },
        {
            """{"e":"bookTicker","u":400900217,"E":1790617150042,"T":1790617150040,"s":"BTCUSDT","b":"25.3519","B":"31.21","a":"25.3652","A":"40.66","st":1}""",
            "quote 0 400900217 at 2026-09-28T17:39:10.040Z 25.3519:31.21 25.3652:40.66"
        },
        {
            """{"e":"aggTrade","E":1790617150042,"a":3478018549,"s":"BTCUSDT","p":"83434.40","q":"0.016","nq":"0.016","f":8154045700,"l":8154045704,"T":1790617150040,"m":true,"st":1}""",
            "trade 0 3478018549 at 2026-09-28T17:39:10.040Z 83434.4:0.016 sell"
        },
        {
            """{"e":"markPriceUpdate","E":1790617150042,"s":"BTCUSDT","p":"84551.5","ap":"84551.1","P":"84559.0","i":"84590.25","r":"0.00000801","T":1790640000000,"st":1}""",
            "mark 0 at 2026-09-28T17:39:10.042Z 84551.5 index 84590.25 rate 8.01E-06 next 2026-09-29T00:00:00Z"
        },
        {
            """{"e":"markPriceUpdate","E":1790617150042,"s":"BTCUSDT","p":"84551.5","P":"84559.0","i":"","r":"0.00000000","T":0}""",
            "mark 0 at 2026-09-28T17:39:10.042Z 84551.5 index  rate  next "
        },
        {
            """{"e":"forceOrder","E":1790617150042,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"116.5","p":"3.80300","ap":"3.85642","X":"FILLED","l":"25.2","z":"116.5","T":1790617150040,"ps":"BTCUSDT","st":1}}""",
            "liquidation 0 at 2026-09-28T17:39:10.040Z 3.803:116.5 long"
        },
        {
            """{"e":"forceOrder","E":1790617150042,"o":{"s":"BTCUSDT","S":"BUY","o":"LIMIT","f":"IOC","q":"1","p":"3.8","ap":"3.8","X":"FILLED","l":"1","z":"1","T":1790617150040}}""",
            "liquidation 0 at 2026-09-28T17:39:10.040Z 3.8:1 short"
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Reads_every_kind_of_message_raw_and_in_an_envelope(string message, string heard)
    {
        Send(message).Outcome.ShouldBe(FrameOutcome.Applied);
        Send($$"""{"stream":"btcusdt@any","data":{{message}}}""").Outcome.ShouldBe(FrameOutcome.Applied);
        Send(" " + message).Outcome.ShouldBe(FrameOutcome.Applied);
        sink.Lines.ShouldBe([heard, heard, heard]);
    }

    [Theory]
    [InlineData("""{"e":"depthUpdate","E":1790617150042,"T":1790617150040,"s":"BTCUSD_PERP","ps":"BTCUSD","U":157,"u":160,"pu":149,"b":[["82997.3","1382"]],"a":[],"st":2}""")]
    [InlineData("""{"e":"forceOrder","E":1790617150042,"o":{"s":"BTCUSD_PERP","S":"SELL","q":"1","p":"3","T":1790617150040,"st":2}}""")]
    public void Passes_over_coin_margined_contracts(string message)
    {
        Send(message).ShouldBe(FrameVerdict.Control);
        sink.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Is_no_trade_where_a_fund_takes_a_position_over() =>
        Send("""{"e":"trade","E":1790617150042,"T":1790617150040,"s":"BTCUSDT","t":5,"p":"0","q":"0","X":"INSURANCE_FUND","m":true}""")
            .ShouldBe(new FrameVerdict(new StreamRef(0, Channel.Trade), FrameOutcome.Control));

    [Fact]
    public void Needs_the_number_before() =>
        Send("""{"e":"depthUpdate","E":1790617150042,"T":1790617150040,"s":"BTCUSDT","U":157,"u":160,"b":[],"a":[]}""").Reason.ShouldBe("a field is missing");

    [Fact]
    public void Sends_books_and_quotes_over_one_route_and_the_rest_over_another()
    {
        protocol.Path.ShouldBe("/public/stream");
        venue.Open([new StreamRef(0, Channel.Mark), new StreamRef(0, Channel.Bar)], instruments).Path.ShouldBe("/market/stream");
        venue.Channels.Where(c => venue.RouteOf(c) == venue.RouteOf(Channel.Depth)).ShouldBe([Channel.Depth, Channel.Quote]);
        Should.Throw<ArgumentException>(() => venue.Open([new StreamRef(0, Channel.Depth), new StreamRef(0, Channel.Mark)], instruments));
    }

    private FrameVerdict Send(string text) => protocol.OnFrame(Encoding.UTF8.GetBytes(text), Now, sink);
}
