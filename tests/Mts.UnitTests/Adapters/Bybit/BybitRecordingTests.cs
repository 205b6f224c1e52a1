using System.Text.Json;
using Mts.Adapters.Bybit;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Bybit;

/// <summary>The parsers over what Bybit really sent, and over the examples of its documentation.</summary>
public sealed class BybitRecordingTests
{
    [Fact]
    public void Recorded_bars_and_funding_are_read_oldest_first()
    {
        var answers = Recordings.Read("bybit/rest_2026.jsonl");
        var bars = BybitParser.ParseKlines(answers.Single(e => e.Path.EndsWith("/kline", StringComparison.Ordinal)).Body, "linear", "BTCUSDT");
        bars.ShouldBe([
            new Bar(Timestamp.FromUnixMilliseconds(1786816800000), 63044.4, 63089.6, 63000.1, 63027.8, 385.721),
            new Bar(Timestamp.FromUnixMilliseconds(1786820400000), 63027.8, 63032.3, 63027.7, 63032.3, 4.591),
        ]);
        var rates = BybitParser.ParseFundingRates(answers.Single(e => e.Path.EndsWith("/funding/history", StringComparison.Ordinal)).Body, "BTCUSDT");
        rates.Select(r => r.Rate).ShouldBe([0.00004737, 0.00004403]);
    }

    [Fact]
    public void A_recorded_list_of_800_contracts_gives_the_perpetuals_among_them()
    {
        var (_, body) = Recordings.Messages("bybit/cf_v5_session_20260809_btc_sol.jsonl.zst",
            l => l.TryGetProperty("url", out var url) && url.GetString()!.Contains("instruments-info", StringComparison.Ordinal)).ShouldHaveSingleItem();
        var page = BybitParser.ParseInstruments(body, "linear");
        (page.Instruments.Count + page.LeftOut).ShouldBe(800);
        page.NextCursor.ShouldBeNull();
        page.Instruments.Count.ShouldBeGreaterThan(600);
        page.Instruments.ShouldAllBe(i => i.Symbol.IsPerpetual && i.Tick > 0 && i.Lot > 0 && i.FundingInterval > TimeSpan.Zero);
        page.Instruments.Select(i => i.Symbol).ShouldBeUnique();
        page.Instruments.ShouldContain(i => i.Symbol == new Symbol("BTC", "USDC", "USDC"));
        page.Instruments.Single(i => i.Symbol == new Symbol("BTC", "USDT", "USDT")).ShouldBe(
            new Instrument("bybit", new Symbol("BTC", "USDT", "USDT"), 0.1m, 0.001m, 5m, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void The_documentations_examples_are_read()
    {
        var examples = Recordings.Messages("bybit/doc_examples.jsonl", l => l.GetProperty("source").GetString()!.Contains("/market/", StringComparison.Ordinal));
        byte[] Example(string page, string category) => examples.Single(e =>
            Name(e.Line) == page && (category.Length == 0 || JsonDocument.Parse(e.Data).RootElement.GetProperty("result").GetProperty("category").GetString() == category)).Data;

        BybitParser.ParseKlines(Example("kline", ""), "inverse", "BTCUSD")[^1].ShouldBe(
            new Bar(Timestamp.FromUnixMilliseconds(1670608800000), 17071, 17073, 17027, 17055.5, 268611));
        BybitParser.ParseTime(Example("time", "")).Micros.ShouldBe(1688639403423213);
        BybitParser.ParseOrderBook(Example("orderbook", ""), new Symbol("BTC", "USDT"), "BTCUSDT").Asks.ShouldBe([new BookLevel(65557.7m, 16.606555m)]);
        BybitParser.ParseInstruments(Example("instrument", "spot"), "spot").Instruments.ShouldHaveSingleItem().Lot.ShouldBe(0.000001m);
        var (spot, mark) = BybitParser.ParseTicker(Example("tickers", "spot"), new Symbol("BTC", "USDT"), "BTCUSDT");
        (spot.Last, spot.Bid, mark).ShouldBe((20533.13m, new BookLevel(20517.96m, 2m), null));
        BybitParser.ParseTicker(Example("tickers", "inverse"), new Symbol("BTC", "USD", "BTC"), "BTCUSD").Mark!.Mark.ShouldBe(114898.43m);
        BybitParser.ParseFundingRates(Example("history-fund-rate", ""), "ETHPERP").ShouldBe([new FundingRate(Timestamp.FromUnixMilliseconds(1672041600000), 0.0001, null)]);
    }

    private static string Name(JsonElement line) => Path.GetFileNameWithoutExtension(line.GetProperty("source").GetString()!);
}
