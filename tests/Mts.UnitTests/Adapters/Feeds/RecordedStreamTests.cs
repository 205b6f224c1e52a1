using System.Text;
using System.Text.Json;
using System.Web;
using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Feeds;

/// <summary>The figures are those that the recordings' own description gives.</summary>
public sealed class RecordedStreamTests
{
    private static readonly Timestamp Now = Timestamp.Parse("2026-11-22");

    public static TheoryData<string, bool, int> Sessions => new()
    {
        { "binance/hft_spot_btcusdt_20240808.gz", false, 560 },
        { "binance/hft_usdm_btcusdt_20240718.gz", true, 162 },
        { "binance/hft_usdm_btcusdt_20230404.dat.gz", true, 310 },
    };

    [Theory]
    [MemberData(nameof(Sessions))]
    public void A_book_has_no_gap_and_equals_the_best_quotes_at_every_shared_number(string file, bool isPerpetual, int shared)
    {
        var (venue, instruments) = Binance(isPerpetual);
        var books = new FollowedBooks(venue);
        var protocol = venue.Open([], instruments);
        foreach (var line in Recordings.Texts(file))
        {
            var frame = Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            var isSnapshot = frame.AsSpan().StartsWith("{\"lastUpdateId\""u8);
            books.Count(isSnapshot ? venue.ReadBody(FetchKind.Snapshot, frame, 0, Now, instruments, books) : protocol.OnFrame(frame, Now, books));
        }

        books.Dead.ShouldBeEmpty();
        (books.Gaps, books.Crossed, books.Unequal).ShouldBe((0, 0, 0));
        books.Compared.ShouldBeGreaterThanOrEqualTo(shared);
        if (file.Contains("2023", StringComparison.Ordinal)) books.Marks.ShouldBe(99);
    }

    [Theory]
    [InlineData("binance/hft_spot_btcusdt_20240809.gz", false, 3_044, 10_147)]
    [InlineData("binance/hft_usdm_btcusdt_20240719.gz", true, 5_696, 9_727)]
    public void Every_line_is_read(string file, bool isPerpetual, int changes, int trades)
    {
        var (venue, instruments) = Binance(isPerpetual);
        var books = new FollowedBooks(venue);
        var protocol = venue.Open([], instruments);
        foreach (var line in Recordings.Texts(file)) books.Count(protocol.OnFrame(Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]), Now, books));
        books.Dead.ShouldBeEmpty();
        (books.Outcomes[FrameOutcome.Buffered], books.Trades).ShouldBe((changes, trades));
    }

    [Theory]
    [InlineData("binance/cf_spot_session_20211012.jsonl.zst", false, 177, 2, 2)]
    [InlineData("binance/cf_usdm_session_20210722.jsonl.zst", true, 764, 91, 67)]
    public void Four_markets_with_their_snapshots_have_no_gap(string file, bool isPerpetual, int changes, int trades, int bars)
    {
        var (venue, instruments) = Binance(isPerpetual);
        var books = new FollowedBooks(venue);
        var protocol = venue.Open([], instruments);
        var seen = 0;
        foreach (var (line, data) in Recordings.Messages(file, l => IsRead(l)).OrderBy(l => l.Line.GetProperty("ts").GetDouble()))
        {
            if (line.GetProperty("t").GetString() == "http")
            {
                var symbol = HttpUtility.ParseQueryString(new Uri(line.GetProperty("url").GetString()!).Query)["symbol"]!;
                books.Count(venue.ReadBody(FetchKind.Snapshot, data, instruments.Find(Encoding.ASCII.GetBytes(symbol)), Now, instruments, books));
                continue;
            }

            if (data.AsSpan().IndexOf("depthUpdate"u8) >= 0) seen++;
            books.Count(protocol.OnFrame(data, Now, books));
        }

        books.Dead.ShouldBeEmpty();
        (books.Gaps, books.Crossed, books.Unequal).ShouldBe((0, 0, 0));
        (seen, books.Trades, books.Bars, instruments.Count).ShouldBe((changes, trades, bars, 4));
        books.Outcomes.ShouldNotContainKey(FrameOutcome.Discarded);
    }

    [Fact]
    public void Bybits_perpetuals_have_no_gap_and_two_hundred_levels()
    {
        var (books, instruments) = Bybit("bybit/cf_v5_session_20260809_btc_sol.jsonl.zst", MarketKind.Perpetual, 200, "linear");
        books.Dead.ShouldBeEmpty();
        (books.Gaps, books.Crossed, books.Repeats, books.Marks).ShouldBe((0, 0, 0, 378));
        foreach (var name in new[] { "BTCUSDT", "SOLUSDT" })
        {
            var book = books.Book(instruments.Find(Encoding.ASCII.GetBytes(name)));
            (book.Bids.Count, book.Asks.Count).ShouldBe((200, 200));
        }
    }

    [Fact]
    public void Bybits_spot_pair_has_no_gap_and_its_tickers_bring_nothing()
    {
        var (books, _) = Bybit("bybit/cf_v5_session_20260809_btc_sol.jsonl.zst", MarketKind.Spot, 200, "spot");
        books.Dead.ShouldBeEmpty();
        (books.Gaps, books.Crossed, books.Marks).ShouldBe((0, 0, 0));
        (books.Book(0).Bids.Count, books.Book(0).Asks.Count).ShouldBe((200, 200));
        books.Outcomes[FrameOutcome.Control].ShouldBe(41 + 7); // Tickers, answers.
    }

    [Fact]
    public void Bybit_repeats_quiet_books_of_one_level()
    {
        var (books, instruments) = Bybit("bybit/cf_v5_linear_orderbook1_20250613.jsonl", MarketKind.Perpetual, 1, "linear");
        books.Dead.ShouldBeEmpty();
        (books.Repeats, books.Gaps, instruments.Count).ShouldBe((16, 0, 4));
    }

    // Kinds that are not followed, one trade of 2019 without an id, topics that are gone.
    [Theory]
    [InlineData("binance/ws_single_messages.jsonl", "binance-spot", "depthSnapshot")]
    [InlineData("binance/ws_single_messages.jsonl", "binance-usdm", "24hrTicker,2404,_210129,depthSnapshot,openInterest,1568693103463")]
    [InlineData("bybit/ws_single_messages.jsonl", "bybit", "liquidation.,BTCUSDU23,orderbook.1.,orderbook.50.")]
    [InlineData("bybit/ws_control.jsonl", "bybit", "")]
    [InlineData("binance/ws_control.jsonl", "binance", "SUBSCRIBE")]
    public void Single_messages_are_read_but_for_those_expected(string file, string venueName, string expected)
    {
        var (binance, binanceMarkets) = Binance(venueName.EndsWith("usdm", StringComparison.Ordinal));
        var bybitMarkets = new InstrumentTable(MarketKind.Perpetual, isOpen: true);
        var bybit = new BybitStream(MarketKind.Perpetual, new BybitStreamSettings());
        var isBinance = venueName.StartsWith("binance", StringComparison.Ordinal);
        var protocol = isBinance ? binance.Open([], binanceMarkets) : bybit.Open([], bybitMarkets);
        var books = new FollowedBooks(isBinance ? binance : bybit);
        var unexpected = new List<string>();
        foreach (var (line, data) in Recordings.Messages(file, l => l.GetProperty("venue").GetString()!.StartsWith(venueName, StringComparison.Ordinal)))
        {
            var verdict = protocol.OnFrame(data, Now, books);
            var text = Encoding.UTF8.GetString(data);
            var isExpected = expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Any(e => text.Contains(e, StringComparison.Ordinal));
            if (verdict.Outcome == FrameOutcome.DeadLettered && !isExpected) unexpected.Add($"{verdict.Reason}: {text}");
        }

        unexpected.ShouldBeEmpty();
    }

    private static bool IsRead(JsonElement line) => line.GetProperty("t").GetString() switch
    {
        "recv" => true,
        "http" => line.GetProperty("url").GetString()!.Contains("/depth", StringComparison.Ordinal),
        _ => false,
    };

    private static (IVenueProtocol, InstrumentTable) Binance(bool isPerpetual)
    {
        var instruments = new InstrumentTable(isPerpetual ? MarketKind.Perpetual : MarketKind.Spot, isOpen: true);
        IVenueProtocol venue = isPerpetual ? new BinanceUsdmStream(new BinanceStreamSettings()) : new BinanceSpotStream(new BinanceStreamSettings());
        return (venue, instruments);
    }

    private static (FollowedBooks, InstrumentTable) Bybit(string file, MarketKind market, int depth, string path)
    {
        var venue = new BybitStream(market, new BybitStreamSettings { BookDepth = depth });
        var instruments = new InstrumentTable(market, isOpen: true);
        var protocol = venue.Open([], instruments);
        var books = new FollowedBooks(venue);
        var connections = Recordings.Texts(file).Select(l => JsonDocument.Parse(l).RootElement)
            .Where(l => l.GetProperty("t").GetString() == "connect" && l.GetProperty("addr").GetString()!.EndsWith(path, StringComparison.Ordinal))
            .Select(l => l.GetProperty("conn").GetString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, data) in Recordings.Messages(file, l => l.GetProperty("t").GetString() == "recv" && connections.Contains(l.GetProperty("conn").GetString())))
            books.Count(protocol.OnFrame(data, Now, books));
        return (books, instruments);
    }
}
