using System.Text;
using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Feeds;

public sealed class BodyTests
{
    public const string BinanceSnapshot = """{"lastUpdateId":1027024,"E":1790617150042,"T":1790617150040,"bids":[["4.00000000","431.00000000"]],"asks":[["4.00000200","12.00000000"]]}""";

    public const string BinanceTrades =
        """[{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1790617150040,"m":true,"M":true},{"a":26130,"p":"0.01","q":"1","f":27782,"l":27782,"T":1790617150041,"m":false,"M":true}]""";

    public const string BinanceBars =
        """[[1790617080000,"10","12","9","11","5",1790617139999,"55",3,"2","22","0"],[1790617140000,"11","11.5","10.5","11","1",1790617199999,"11",1,"0","0","0"]]""";

    public const string BybitSnapshot =
        """{"retCode":0,"retMsg":"OK","result":{"s":"BTCUSDT","b":[["65485.47","47.081829"]],"a":[["65557.7","16.606555"]],"ts":1790617150042,"u":230704,"seq":1432604333,"cts":1790617150040},"retExtInfo":{},"time":1790617150050}""";

    public const string BybitTrades =
        """{"retCode":0,"retMsg":"OK","result":{"category":"spot","list":[{"execId":"2100000000007764264","symbol":"BTCUSDT","price":"16618.49","size":"0.00012","side":"Buy","time":"1790617150041","isBlockTrade":false,"seq":"5"},{"execId":"2100000000007764263","symbol":"BTCUSDT","price":"16618.4","size":"1","side":"Sell","time":"1790617150040","isBlockTrade":false,"seq":"4"}]},"time":1790617150050}""";

    public const string BybitBars =
        """{"retCode":0,"retMsg":"OK","result":{"symbol":"BTCUSDT","category":"linear","list":[["1790617140000","11","11.5","10.5","11","1","11"],["1790617080000","10","12","9","11","5","55"]]},"time":1790617150050}""";

    private readonly HeardMarket sink = new();
    private readonly InstrumentTable instruments = new(MarketKind.Spot);

    public BodyTests() => instruments.Add(new Symbol("BTC", "USDT"));

    public static TheoryData<bool, FetchKind, string, string[]> Bodies => new()
    {
        { true, FetchKind.Snapshot, BinanceSnapshot, ["snapshot 0 1027024-1027024 after  seq 0 at 2026-09-28T17:39:10.040Z bids 4:431 asks 4.000002:12"] },
        {
            true, FetchKind.Trades, BinanceTrades,
            ["trade 0 26129 at 2026-09-28T17:39:10.040Z 0.01633102:4.70443515 sell", "trade 0 26130 at 2026-09-28T17:39:10.041Z 0.01:1 buy"]
        },
        {
            true, FetchKind.Bars, BinanceBars,
            ["bar 0 2026-09-28T17:38:00Z 10 12 9 11 5 closed at 2026-09-28T17:40:04Z", "bar 0 2026-09-28T17:39:00Z 11 11.5 10.5 11 1 open at 2026-09-28T17:40:04Z"]
        },
        { false, FetchKind.Snapshot, BybitSnapshot, ["snapshot 0 230704-230704 after  seq 1432604333 at 2026-09-28T17:39:10.040Z bids 65485.47:47.081829 asks 65557.7:16.606555"] },
        {
            false, FetchKind.Trades, BybitTrades,
            ["trade 0 2100000000007764263 at 2026-09-28T17:39:10.040Z 16618.4:1 sell", "trade 0 2100000000007764264 at 2026-09-28T17:39:10.041Z 16618.49:0.00012 buy"]
        },
        {
            false, FetchKind.Bars, BybitBars,
            ["bar 0 2026-09-28T17:38:00Z 10 12 9 11 5 closed at 2026-09-28T17:40:04Z", "bar 0 2026-09-28T17:39:00Z 11 11.5 10.5 11 1 open at 2026-09-28T17:40:04Z"]
        },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Tells_what_the_stream_would_have_told_oldest_first(bool isBinance, FetchKind kind, string body, string[] heard)
    {
        Read(isBinance, kind, body, "2026-09-28T17:40:04Z").Outcome.ShouldBe(FrameOutcome.Applied);
        sink.Lines.ShouldBe(heard);
    }

    [Theory]
    [InlineData(true, BinanceBars)]
    [InlineData(false, BybitBars)]
    public void The_newest_bar_is_closed_some_seconds_after_its_end(bool isBinance, string body)
    {
        Read(isBinance, FetchKind.Bars, body, "2026-09-28T17:40:05Z");
        sink.Lines[1].ShouldContain("closed");
    }

    [Theory]
    [InlineData(true, FetchKind.Snapshot, """{"code":-1121,"msg":"Invalid symbol."}""", "a field is missing")]
    [InlineData(true, FetchKind.Trades, """{"code":-1121,"msg":"Invalid symbol."}""", "no list where one is expected")]
    [InlineData(true, FetchKind.Snapshot, "<html>", "broken JSON")]
    [InlineData(true, FetchKind.Trades, """[{"a":2,"p":"1","q":"1","T":1790617150040,"m":true},{"a":2,"p":"1","q":"1","T":1790617150040,"m":true}]""", "ids out of order")]
    [InlineData(true, FetchKind.Bars, """[[1790617080000,"10","12"]]""", "a field of the wrong type")]
    [InlineData(true, FetchKind.Bars, """[5]""", "a field of the wrong type")]
    [InlineData(false, FetchKind.Snapshot, """{"retCode":10001,"retMsg":"no","result":{},"time":1}""", "the venue refused the request")]
    [InlineData(false, FetchKind.Bars, """{"retCode":0,"result":{"symbol":"ETHUSDT","list":[]}}""", "another symbol than the topic names")]
    public void Dead_letters_what_is_no_such_answer(bool isBinance, FetchKind kind, string body, string reason)
    {
        Read(isBinance, kind, body, "2026-09-28T17:40:04Z").Reason.ShouldBe(reason);
        sink.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, FetchKind.Trades, "[]")]
    [InlineData(true, FetchKind.Bars, "[]")]
    [InlineData(false, FetchKind.Trades, """{"retCode":0,"result":{"category":"spot","list":[]}}""")]
    public void Brings_nothing_new_where_a_list_is_empty(bool isBinance, FetchKind kind, string body) =>
        Read(isBinance, kind, body, "2026-09-28T17:40:04Z").Outcome.ShouldBe(FrameOutcome.Duplicate);

    private FrameVerdict Read(bool isBinance, FetchKind kind, string body, string received)
    {
        IVenueProtocol venue = isBinance ? new BinanceSpotStream(new BinanceStreamSettings()) : new BybitStream(MarketKind.Spot, new BybitStreamSettings());
        return venue.ReadBody(kind, Encoding.UTF8.GetBytes(body), 0, Timestamp.Parse(received), instruments, sink);
    }
}
