using System.Text.Json;
using Mts.Core;
using Mts.Core.Ports;
using Mts.Storage.Files.Realtime;
using Mts.UnitTests.Adapters;
using static Mts.UnitTests.Storage.Realtime.RealtimeSamples;

namespace Mts.UnitTests.Storage.Realtime;

public sealed class RealtimeFilesTests : IDisposable
{
    private const string Book = "realtime/orderbooks/binance_BTCUSDT_orderbook_20240102.csv";
    private const string Spreads = "realtime/spreads/binance_BTCUSDT_spreads_20240102.csv";

    private readonly TempFolder folder = new();
    private readonly ManualTimeProvider clock = new(At(0).ToDateTimeOffset());
    private RealtimeFiles files;

    public RealtimeFilesTests() => files = new RealtimeFiles(folder.Path, clock);

    public void Dispose()
    {
        files.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Books_spreads_funding_and_bars_have_the_columns_of_the_first_system_with_exact_numbers()
    {
        files.WriteRealtime(new RealtimeBatch { Books = [RealtimeSamples.Book(0.25)], Spreads = [Spread(0)], Funding = [Funding(0)], Bars = [Minute(0)] });

        Lines(Book).ShouldBe(["timestamp,side,level,price,quantity",
            "1704164645250,bid,0,43000,1.5", "1704164645250,bid,1,42999.5,2", "1704164645250,ask,0,43010,0.5", "1704164645250,ask,1,43010.1,0.001"]);
        var spread = Lines(Spreads);
        spread[0].ShouldBe("timestamp,bid_price,ask_price,spread_absolute,spread_percentage,mid_price");
        // 10 / 43005 × 100, worked out by hand.
        spread[1].ShouldStartWith("1704164645000,43000,43010,10,0.023253");
        spread[1].ShouldEndWith(",43005");
        Lines("realtime/funding/bybit_BTCUSDT-PERP_funding_20240102.csv").ShouldBe(["timestamp,funding_rate,predicted_rate,funding_time", "1704164645000,0.0001,0.0001,1704182400000"]);
        Lines("realtime/binance/binance_BTCUSDT_bars_1m_20240102.csv").ShouldBe(["timestamp,open,high,low,close,volume", "1704153600000,99,103,98,100,5"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("times")]
    [InlineData("timestamp,bid_price\n1704164")]
    public void A_torn_last_line_is_cut_off_and_the_header_stands_once(string left)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(Spreads))!);
        File.WriteAllText(folder.File(Spreads), left);

        files.WriteRealtime(new RealtimeBatch { Spreads = [Spread(0)] });
        Reopen();
        files.WriteRealtime(new RealtimeBatch { Spreads = [Spread(1)] });

        var all = Lines(Spreads);
        all.Count(l => l.StartsWith("timestamp", StringComparison.Ordinal)).ShouldBe(1);
        all.Count(l => l.StartsWith("1704164645000,", StringComparison.Ordinal)).ShouldBe(1);
        all.Count(l => l.StartsWith("1704164646000,", StringComparison.Ordinal)).ShouldBe(1);
        all.Length.ShouldBe(3);
        File.ReadAllText(folder.File(Spreads)).ShouldEndWith("\n");
    }

    [Fact]
    public void A_tear_longer_than_a_page_is_cut_off_too()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File("realtime/gaps.jsonl"))!);
        File.WriteAllText(folder.File("realtime/gaps.jsonl"), "{}\n" + new string('x', 10_000));

        files.WriteRealtime(new RealtimeBatch { Gaps = [Gap(0)] });

        var lines = Lines("realtime/gaps.jsonl");
        (lines.Length, lines[0]).ShouldBe((2, "{}"));
    }

    [Fact]
    public void A_batch_that_fails_halfway_leaves_no_line_and_can_be_written_again()
    {
        files.WriteRealtime(new RealtimeBatch { Spreads = [Spread(0)] });
        var batch = new RealtimeBatch { Spreads = [Spread(1)], Accounts = [Account("s", 1)] };
        Directory.CreateDirectory(folder.File("realtime/accounts.json"));

        Should.Throw<StorageException>(() => files.WriteRealtime(batch)).Message.ShouldContain("tried again");
        Directory.Delete(folder.File("realtime/accounts.json"));
        files.WriteRealtime(batch);

        Lines(Spreads).Select(l => l.Split(',')[0]).ShouldBe(["timestamp", "1704164645000", "1704164646000"]);
    }

    [Fact]
    public void At_midnight_the_finished_day_moves_to_raw_and_late_rows_follow_it()
    {
        files.WriteRealtime(new RealtimeBatch { Spreads = [Spread(0)], Books = [RealtimeSamples.Book(0)] });
        clock.Advance(TimeSpan.FromHours(21));

        files.WriteRealtime(new RealtimeBatch { Spreads = [Spread(1), Spread(86_400)] });

        File.Exists(folder.File(Spreads)).ShouldBeFalse();
        Lines("raw/spreads/binance_BTCUSDT_spreads_20240102.csv").Select(l => l.Split(',')[0]).ShouldBe(["timestamp", "1704164645000", "1704164646000"]);
        Lines("realtime/spreads/binance_BTCUSDT_spreads_20240103.csv").Length.ShouldBe(2);
        File.Exists(folder.File("raw/orderbooks/binance_BTCUSDT_orderbook_20240102.csv")).ShouldBeTrue();
    }

    [Fact]
    public void A_day_that_a_dead_process_left_is_finished_by_the_next_one()
    {
        files.WriteRealtime(new RealtimeBatch { Spreads = [Spread(0)] });
        Reopen();
        File.AppendAllText(folder.File(Spreads), "17041");
        clock.Advance(TimeSpan.FromDays(3));

        files.WriteRealtime(new RealtimeBatch { Gaps = [Gap(0)] });

        File.ReadAllText(folder.File("raw/spreads/binance_BTCUSDT_spreads_20240102.csv")).ShouldEndWith("43005\n");
    }

    [Fact]
    public void A_gap_is_a_line_when_it_opens_and_another_when_it_closes()
    {
        files.WriteRealtime(new RealtimeBatch { Gaps = [Gap(0)] });
        files.WriteRealtime(new RealtimeBatch { Gaps = [Gap(0) with { End = At(0.5), Repair = "snapshot" }] });

        Lines("realtime/gaps.jsonl").ShouldBe([
            """{"venue":"binance","symbol":"BTC/USDT","channel":"depth","cause":"sequence","last_id":10,"next_id":14,"start":"2024-01-02T03:04:05Z","end":null,"repair":null}""",
            """{"venue":"binance","symbol":"BTC/USDT","channel":"depth","cause":"sequence","last_id":10,"next_id":14,"start":"2024-01-02T03:04:05Z","end":"2024-01-02T03:04:05.500Z","repair":"snapshot"}""",
        ]);
    }

    [Fact]
    public void A_dead_letter_keeps_its_bytes_reason_and_position()
    {
        files.WriteRealtime(new RealtimeBatch { DeadLetters = [Letter(0) with { Bytes = [0xff, (byte)'a', (byte)'\n'] }] });

        using var json = JsonDocument.Parse(Lines("realtime/dead-letters.jsonl").ShouldHaveSingleItem());
        var letter = json.RootElement;
        letter.GetProperty("bytes").GetBytesFromBase64().ShouldBe([0xff, (byte)'a', (byte)'\n']);
        letter.GetProperty("text").GetString().ShouldBe("\uFFFDa\n");
        (letter.GetProperty("reason").GetString(), letter.GetProperty("position").GetInt64(), letter.GetProperty("epoch").GetInt32()).ShouldBe(("cut off", 41, 3));
    }

    [Fact]
    public void Accounts_are_one_document_of_the_newest_session()
    {
        files.WriteRealtime(new RealtimeBatch { Accounts = [Account("old", 4, Btc)] });
        files.WriteRealtime(new RealtimeBatch { Accounts = [Account("new", 1, Btc), Account("new", 7)] });
        files.WriteRealtime(new RealtimeBatch { Accounts = [Account("new", 9, Btc)] });

        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("realtime/accounts.json")));
        json.RootElement.EnumerateArray().Select(a => (a.GetProperty("symbol").GetString(), a.GetProperty("applied").GetInt64())).ShouldBe([("BTC/USDT", 9), (null, 7)]);
    }

    [Fact]
    public void Days_go_by_age_and_by_size_but_never_the_present_one_for_its_size()
    {
        for (var day = 0; day < 4; day++)
        {
            files.WriteRealtime(new RealtimeBatch { Spreads = [Spread(86_400 * day)], Bars = [Minute(1_440 * day)] });
            clock.Advance(TimeSpan.FromDays(day < 3 ? 1 : 0));
        }

        files.TrimRealtime(RealtimeKind.Spreads, new RetentionRule(Age: TimeSpan.FromDays(2)), At(3 * 86_400), 10).ShouldBe(1);
        Days().ShouldBe(["20240103", "20240104", "20240105"]);
        files.TrimRealtime(RealtimeKind.Spreads, new RetentionRule(Bytes: 1), At(3 * 86_400), 10).ShouldBe(2);
        Days().ShouldBe(["20240105"]);
        files.TrimRealtime(RealtimeKind.Spreads, new RetentionRule(Bytes: 1), At(3 * 86_400), 10).ShouldBe(0);
        Directory.GetFiles(folder.File("realtime/binance")).Length.ShouldBe(4);
    }

    [Fact]
    public void Ledgers_lose_their_oldest_lines_and_go_on()
    {
        files.WriteRealtime(new RealtimeBatch { Gaps = [Gap(0), Gap(60), Gap(120)] });

        files.TrimRealtime(RealtimeKind.Gaps, new RetentionRule(Age: TimeSpan.FromSeconds(90)), At(120), 10).ShouldBe(1);
        files.TrimRealtime(RealtimeKind.Gaps, new RetentionRule(Bytes: 200), At(120), 10).ShouldBe(1);
        files.WriteRealtime(new RealtimeBatch { Gaps = [Gap(180)] });

        Lines("realtime/gaps.jsonl").Select(l => JsonDocument.Parse(l).RootElement.GetProperty("start").GetString()).ShouldBe(["2024-01-02T03:06:05Z", "2024-01-02T03:07:05Z"]);
    }

    private string[] Lines(string name) => File.ReadAllLines(folder.File(name));

    private string[] Days() => [.. new[] { "raw/spreads", "realtime/spreads" }
        .SelectMany(d => Directory.GetFiles(folder.File(d))).Select(f => Path.GetFileNameWithoutExtension(f)[^8..]).Order(StringComparer.Ordinal)];

    private void Reopen()
    {
        files.Dispose();
        files = new RealtimeFiles(folder.Path, clock);
    }
}
