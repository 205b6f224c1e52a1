using System.Globalization;
using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Core.Feeds;

namespace Mts.Cli.Commands.Bench;

/// <summary>Book messages read, put in order and applied, in memory.</summary>
internal static class FeedWorkloads
{
    private const int Messages = 100_000;
    private const int Runs = 5;
    private const int BinanceSeed = 42;
    private const int BybitSeed = 43;

    public static IEnumerable<BenchResult> Measure()
    {
        yield return Of(
            "feed-binance-depth", new BinanceSpotStream(new BinanceStreamSettings()), BenchFrames.BinanceSnapshot(BinanceSeed), BenchFrames.Binance(Messages, BinanceSeed), 150_000);
        yield return Of("feed-bybit-book", new BybitStream(MarketKind.Spot, new BybitStreamSettings { BookDepth = 50 }), null, BenchFrames.Bybit(Messages, BybitSeed), 425_000);
    }

    private static BenchResult Of(string name, IVenueProtocol venue, byte[]? snapshot, List<byte[]> frames, double goal)
    {
        var bench = new BookBench(venue);
        var protocol = bench.Open();
        var allocated = 0L;
        var seconds = Cpu.Median(Cpu.Of(() => allocated = bench.Run(protocol, snapshot, frames), Runs));
        var length = frames.Average(f => f.Length).ToString("#,##0", CultureInfo.InvariantCulture);
        var perMessage = (allocated / (double)frames.Count).ToString("0.##", CultureInfo.InvariantCulture);
        return new BenchResult($"{name}: {length} bytes, {bench.Levels} levels, {perMessage} B allocated each", frames.Count / seconds, "messages/CPU-s", goal, IsRate: true);
    }
}
