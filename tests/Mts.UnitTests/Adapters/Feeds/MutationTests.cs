using System.Globalization;
using System.Text;
using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.UnitTests.Adapters.Binance;
using Mts.UnitTests.Adapters.Bybit;

namespace Mts.UnitTests.Adapters.Feeds;

public sealed class MutationTests
{
    private static readonly Timestamp Now = Timestamp.Parse("2026-09-28T18:00:00Z");

    private static readonly string[] Values =
        ["null", "true", "-1", "0", "1.5", "1e400", "9223372036854775808", "18446744073709551616", "\"\"", "\"NaN\"", "\"-0\"", "\"1e-1\"", "\".5\"", "\"0x10\"", "\"１\"", "[]", "{}", "[[]]", "\"\\ud800\"", "01"];

    /// <summary>How many; <c>MTS_MUTATIONS</c> asks for more.</summary>
    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("MTS_MUTATIONS"), CultureInfo.InvariantCulture, out var count) ? count : 20_000;

    public static TheoryData<string> Venues => ["binance spot", "binance perpetual", "bybit spot", "bybit perpetual"];

    // A blank before a frame keeps it from the fast path and changes nothing else.
    [Theory]
    [MemberData(nameof(Venues))]
    public void Whatever_comes_has_one_verdict_and_the_same_by_both_paths(string name)
    {
        var random = new Random(11);
        var originals = Originals(name);
        var (fast, fastSink) = Open(name);
        var (full, fullSink) = Open(name);
        var accepted = 0;
        for (var i = 0; i < Count / 4; i++)
        {
            var frame = Mutate(originals[random.Next(originals.Count)], originals, random);
            (fastSink.Lines.Count, fullSink.Lines.Count).ShouldBe((0, 0));
            var verdict = fast.OnFrame(frame, Now, fastSink);
            full.OnFrame([(byte)' ', .. frame], Now, fullSink).ShouldBe(verdict, Text(frame));
            fastSink.Lines.ShouldBe(fullSink.Lines, Text(frame));
            (verdict.Reason is null).ShouldBe(verdict.Outcome != FrameOutcome.DeadLettered, Text(frame));
            if (verdict.Outcome is FrameOutcome.DeadLettered or FrameOutcome.Control) fastSink.Lines.ShouldBeEmpty(Text(frame));
            if (verdict.Outcome == FrameOutcome.Applied) accepted++;
            fastSink.Lines.Clear();
            fullSink.Lines.Clear();
        }

        accepted.ShouldBeInRange(Count / 100, Count / 4);
    }

    [Fact]
    public void Whatever_is_answered_to_a_fetch_has_a_verdict()
    {
        var random = new Random(13);
        foreach (var name in Venues)
        {
            var (venue, instruments, sink) = Venue((string)name);
            var bodies = Bodies(((string)name).StartsWith("binance", StringComparison.Ordinal));
            var accepted = 0;
            for (var i = 0; i < Count / 8; i++)
            {
                var (kind, body) = bodies[random.Next(bodies.Count)];
                var verdict = venue.ReadBody(kind, Mutate(body, [body], random), 0, Now, instruments, sink);
                (verdict.Reason is null).ShouldBe(verdict.Outcome != FrameOutcome.DeadLettered);
                verdict.Stream.Instrument.ShouldBe(0);
                if (verdict.Outcome == FrameOutcome.DeadLettered) sink.Lines.ShouldBeEmpty();
                else accepted++;
                sink.Lines.Clear();
            }

            accepted.ShouldBePositive();
        }
    }

    private static List<string> Originals(string name)
    {
        var isBinance = name.StartsWith("binance", StringComparison.Ordinal);
        var isSpot = name.EndsWith("spot", StringComparison.Ordinal);
        IEnumerable<string> messages = (isBinance, isSpot) switch
        {
            (true, true) => BinanceSpotStreamTests.Messages.Select(m => m.Data.Item1),
            (true, false) => BinanceUsdmStreamTests.Messages.Select(m => m.Data.Item1),
            _ => BybitStreamTests.Messages.Select(m => m.Data.Item1).Where(m => !isSpot || !m.Contains("PERP", StringComparison.Ordinal)),
        };
        var all = messages.ToList();
        if (isBinance) all.AddRange(all.Select(m => $$"""{"stream":"btcusdt@some","data":{{m}}}""").ToList());
        all.AddRange(isBinance
            ? ["""{"result":null,"id":1}""", """{"code":2,"msg":"no","id":1}""", """{"error":{"code":4,"msg":"no"},"id":1}""", """{"e":"serverShutdown","E":1770123456789}"""]
            : ["""{"success":true,"ret_msg":"","conn_id":"x","req_id":"1","op":"subscribe"}""", """{"success":true,"ret_msg":"pong","op":"ping"}"""]);
        return all;
    }

    private static List<(FetchKind Kind, string Body)> Bodies(bool isBinance) => isBinance
        ?
        [
            (FetchKind.Snapshot, BodyTests.BinanceSnapshot), (FetchKind.Trades, BodyTests.BinanceTrades), (FetchKind.Bars, BodyTests.BinanceBars),
        ]
        :
        [
            (FetchKind.Snapshot, BodyTests.BybitSnapshot), (FetchKind.Trades, BodyTests.BybitTrades), (FetchKind.Bars, BodyTests.BybitBars),
        ];

    private static (IFeedProtocol, HeardMarket) Open(string name)
    {
        var (venue, instruments, sink) = Venue(name);
        return (venue.Open([], instruments), sink);
    }

    private static (IVenueProtocol, InstrumentTable, HeardMarket) Venue(string name)
    {
        var market = name.EndsWith("spot", StringComparison.Ordinal) ? MarketKind.Spot : MarketKind.Perpetual;
        IVenueProtocol venue = name switch
        {
            "binance spot" => new BinanceSpotStream(new BinanceStreamSettings()),
            "binance perpetual" => new BinanceUsdmStream(new BinanceStreamSettings()),
            _ => new BybitStream(market, new BybitStreamSettings { BookDepth = 50 }),
        };
        var instruments = new InstrumentTable(market);
        instruments.Add(new Symbol("BTC", "USDT"));
        instruments.Add(new Symbol("BTC", "USDC"));
        return (venue, instruments, new HeardMarket());
    }

    private static byte[] Mutate(string original, List<string> others, Random random)
    {
        var frame = Encoding.UTF8.GetBytes(original).ToList();
        for (var times = random.Next(1, 4); times > 0 && frame.Count > 2; times--)
        {
            var at = random.Next(frame.Count);
            switch (random.Next(10))
            {
                case 0: frame[at] = (byte)random.Next(256); break;
                case 1: frame.RemoveRange(at, Math.Min(random.Next(1, 6), frame.Count - at)); break;
                case 2: frame.Insert(at, (byte)" \t\n\"\\{}[],:0-.eé"[random.Next(16)]); break;
                case 3: frame.InsertRange(at, frame.GetRange(at, Math.Min(random.Next(1, 30), frame.Count - at))); break;
                case 4: frame.RemoveRange(at, frame.Count - at); break;
                case 5: frame.AddRange(Encoding.UTF8.GetBytes(others[random.Next(others.Count)])); break;
                case 6: ReplaceValue(frame, at, random); break;
                default: ReplaceDigit(frame, at, random); break;
            }
        }

        return [.. frame];
    }

    // Most changes of a digit leave a frame that is still accepted.
    private static void ReplaceDigit(List<byte> frame, int at, Random random)
    {
        var digit = frame.FindIndex(at, c => c is >= (byte)'0' and <= (byte)'9');
        if (digit >= 0) frame[digit] = (byte)('0' + random.Next(10));
    }

    private static void ReplaceValue(List<byte> frame, int at, Random random)
    {
        var start = frame.FindIndex(at, c => c is (byte)':' or (byte)',' or (byte)'[');
        if (start < 0) return;
        var end = frame.FindIndex(start + 1, c => c is (byte)',' or (byte)'}' or (byte)']');
        if (end < 0) return;
        frame.RemoveRange(start + 1, end - start - 1);
        frame.InsertRange(start + 1, Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]));
    }

    private static string Text(byte[] frame) => Encoding.Latin1.GetString(frame);
}
