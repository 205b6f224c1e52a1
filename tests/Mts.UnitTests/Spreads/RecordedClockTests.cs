using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Mts.Core.Market;
using Mts.Pipeline.Spreads;

namespace Mts.UnitTests.Spreads;

/// <summary>Real streams whose recorders' clocks were off by what the notes beside them say.</summary>
public sealed partial class RecordedClockTests
{
    [Theory]
    [InlineData("binance/hft_spot_btcusdt_20240808.gz", 1_270)]
    [InlineData("binance/hft_usdm_btcusdt_20240718.gz", 1_520)]
    [InlineData("bybit/cf_v5_linear_orderbook1_20250613.jsonl", 900)]
    [InlineData("binance/hft_usdm_btcusdt_20230404.dat.gz", 0)]
    public void Finds_how_far_the_venue_was_ahead(string file, double milliseconds)
    {
        var clock = new ClockOffset();
        foreach (var (venueTime, received) in Pairs(file)) clock.Observe(venueTime, received);

        var estimate = clock.Estimate!.Value;
        // What the notes say was read without taking the way into account, as tens of milliseconds.
        Math.Abs(estimate.Offset.TotalMilliseconds - milliseconds).ShouldBeLessThan(estimate.Uncertainty.TotalMilliseconds + 25);
        estimate.Uncertainty.ShouldBeLessThan(TimeSpan.FromMilliseconds(60));
        clock.Steps.ShouldBe(0);
    }

    [Theory]
    [InlineData("binance/hft_spot_btcusdt_20240808.gz")]
    [InlineData("binance/hft_usdm_btcusdt_20240718.gz")]
    public void Stays_where_it_was_from_second_to_second(string file)
    {
        var clock = new ClockOffset();
        var offsets = new List<double>();
        var next = Timestamp.MinValue;
        foreach (var (venueTime, received) in Pairs(file))
        {
            clock.Observe(venueTime, received);
            if (next == Timestamp.MinValue) next = received + TimeSpan.FromSeconds(10);
            if (received < next) continue;
            offsets.Add(clock.Estimate!.Value.Offset.TotalMilliseconds);
            next += TimeSpan.FromSeconds(1);
        }

        offsets.Count.ShouldBeGreaterThan(150);
        (offsets.Max() - offsets.Min()).ShouldBeLessThan(20);
    }

    private static IEnumerable<(Timestamp VenueTime, Timestamp Received)> Pairs(string file)
    {
        var folder = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "MTS_RECORDINGS names no folder");
        using var stream = File.OpenRead(Path.Combine(folder!, file));
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        while (reader.ReadLine() is { } line)
        {
            if (Stamp().Match(line) is not { Success: true } stamp || Receipt().Match(line) is not { Success: true } receipt) continue;
            yield return (Timestamp.FromUnixMilliseconds(long.Parse(stamp.Groups[1].Value, CultureInfo.InvariantCulture)), ReceivedAt(receipt));
        }
    }

    private static Timestamp ReceivedAt(Match receipt) => receipt.Groups[1].Success
        ? Timestamp.FromEpoch(long.Parse(receipt.Groups[1].Value, CultureInfo.InvariantCulture))
        : new Timestamp((long)(decimal.Parse(receipt.Groups[2].Value, CultureInfo.InvariantCulture) * Timestamp.MicrosPerSecond));

    // Binance E, Bybit ts (within a quoted text).
    [GeneratedRegex("""\\?"(?:E|ts)\\?":(\d{13})\b""", RegexOptions.None, 1_000)]
    private static partial Regex Stamp();

    [GeneratedRegex("""^(\d{16,19}) |"t": "recv".*?"ts": (\d+\.\d+)""", RegexOptions.None, 1_000)]
    private static partial Regex Receipt();
}
