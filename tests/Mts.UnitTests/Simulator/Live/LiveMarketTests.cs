using Mts.Core.Market;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator.Live;

public sealed class LiveMarketTests
{
    // Prices from 90,000 down to some hundred ticks, and rates from an order in two seconds.
    public static TheoryData<Venue, string, double> Markets => new()
    {
        { Venue.BinanceSpot, "BTCUSDT", 25 },
        { Venue.BybitLinear, "BTCUSDT", 100 },
        { Venue.BinanceUsdm, "ETHUSDT", 2 },
        { Venue.BybitSpot, "ETHUSDT", 25 },
        { Venue.BybitLinear, "DOGEUSDT", 0.5 },
        { Venue.BinanceSpot, "DOGEUSDT", 25 },
        { Venue.BinanceUsdm, "1000PEPEUSDT", 10 },
        { Venue.BinanceSpot, "PEPEUSDT", 25 },
    };

    [Theory]
    [MemberData(nameof(Markets))]
    public void Stays_narrow_and_deep_and_goes_with_the_path(Venue venue, string symbol, double rate)
    {
        foreach (var seed in new ulong[] { 1, 2 })
        {
            var live = Open(venue, symbol, rate, seed);
            var (narrowest, widest, mid, last, fewest) = (long.MaxValue, 0L, 0.0, 0.0, int.MaxValue);
            foreach (var target in Steps(live, TimeSpan.FromMinutes(30)))
            {
                var (bid, ask) = (live.Book.Bids.Best, live.Book.Asks.Best);
                (narrowest, widest) = (Math.Min(narrowest, ask - bid), Math.Max(widest, ask - bid));
                (mid, last) = (Math.Max(mid, Math.Abs(((bid + ask) / 2.0) - target)), Math.Max(last, Math.Abs(live.LastPrice - target)));
                fewest = Math.Min(fewest, Math.Min(live.Book.Bids.Count, live.Book.Asks.Count));
            }

            var price = live.Target(live.Now);
            narrowest.ShouldBePositive();
            // Half a basis point, or two ticks where one is more than that.
            widest.ShouldBeLessThanOrEqualTo((long)Math.Max(2, 0.000055 * price));
            mid.ShouldBeLessThan(Math.Max(8, 0.0005 * price));
            last.ShouldBeLessThan(Math.Max(10, 0.004 * price));
            // A price of some hundred ticks leaves room for no more bids.
            fewest.ShouldBeGreaterThan(symbol == "PEPEUSDT" ? 50 : 1_000);
        }
    }

    [Fact]
    public void Minutes_follow_one_another_as_those_of_the_path_do()
    {
        var live = Open(Venue.BinanceSpot, "ETHUSDT", 25, 3);
        foreach (var _ in Steps(live, TimeSpan.FromHours(2)))
        {
        }

        var minutes = Enumerable.Range(0, 120).Select(i => live.Minute(live.FirstMinuteMs + (i * Clock.Minute))!.Value).ToList();
        minutes.ShouldAllBe(m => m.Trades > 0);
        foreach (var (before, after) in minutes.Zip(minutes.Skip(1))) Math.Abs((after.Open / (double)before.Close) - 1).ShouldBeLessThan(0.002);
        minutes.ShouldAllBe(m => (m.High / (double)m.Low) - 1 < 0.01);
    }

    private static LiveMarket Open(Venue venue, string symbol, double rate, ulong seed) =>
        new Exchange(seed, new Dictionary<string, FileCandles>()).Find(venue, symbol)!.Open(new LiveOptions { Rate = rate }, seed, Timestamp.Parse("2026-06-01T11:59:30Z").Micros);

    /// <summary>Where the path is after each order.</summary>
    private static IEnumerable<double> Steps(LiveMarket live, TimeSpan length)
    {
        var end = live.StartMicros + (length.Ticks / 10);
        while (live.NextMicros < end)
        {
            live.Step();
            yield return live.Target(live.Now);
        }
    }
}
