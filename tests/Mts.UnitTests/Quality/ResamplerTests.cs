using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.UnitTests.Quality;

public sealed class ResamplerTests
{
    private static readonly SeriesKey Hourly = new("test", new Symbol("BTC", "USDT"), Interval.Hour);

    [Fact]
    public void A_longer_bar_is_first_open_highest_high_lowest_low_last_close_and_the_exact_sum_of_volume()
    {
        var (days, incomplete) = Resampler.Resample(Hours(24, h => new(h, 10 + h, 12 + h, 9 + h, 11 + h, 0.1)), Interval.Day);
        incomplete.ShouldBe(0);
        days.Length.ShouldBe(1);
        days[0].ShouldBe(new Bar(new Timestamp(0), 10, 35, 9, 34, 2.4));   // 24 × 0.1 is 2.4, not 2.4000000000000004
    }

    [Fact]
    public void A_bucket_with_a_missing_bar_is_left_out_and_counted()
    {
        var (fourHours, incomplete) = Resampler.Resample(Hours(12, h => new(h, 1, 1, 1, 1, 1), except: 5), Interval.FourHours);
        incomplete.ShouldBe(1);
        fourHours.OpenTimes.ToArray().ShouldBe([0, 8 * Interval.Hour.Micros]);
    }

    [Fact]
    public void An_interval_that_is_no_multiple_is_refused() =>
        Should.Throw<ConfigurationException>(() => Resampler.Resample(Hours(3, h => new(h, 1, 1, 1, 1, 1)), Interval.Minute)).Message.ShouldContain("1m");

    private static BarSeries Hours(int count, Func<int, (int Hour, double O, double H, double L, double C, double V)> bar, int except = -1)
    {
        var builder = new BarSeriesBuilder();
        for (var h = 0; h < count; h++)
        {
            if (h == except) continue;
            var (_, o, hi, lo, c, v) = bar(h);
            builder.Add(h * Interval.Hour.Micros, o, hi, lo, c, v);
        }

        return builder.Build(Hourly, hasVolume: true);
    }
}
