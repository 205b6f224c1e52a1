using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator;

public sealed class WeatherTests
{
    private static readonly int first = Clock.DayOf(new DateOnly(2018, 1, 1));
    private static readonly int last = Clock.DayOf(new DateOnly(2025, 12, 31));

    public static TheoryData<ulong> Seeds => [1, 2, 3, 4, 5, 42];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_vix_rises_when_crypto_falls(ulong seed)
    {
        var (weather, bitcoin) = Model(seed, "bitcoin");
        var vix = Days().Select(d => Math.Log(weather[d].Vix / weather[d - 1].Vix)).ToArray();
        Correlation(vix, Returns(bitcoin)).ShouldBeInRange(-0.8, -0.25);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Returns_have_fat_tails_and_calm_and_storm_last(ulong seed)
    {
        var returns = Returns(Model(seed, "bitcoin").Path);
        var sizes = returns.Select(Math.Abs).ToArray();
        Kurtosis(returns).ShouldBeGreaterThan(3.8);
        Enumerable.Range(1, 10).Average(lag => Correlation(sizes[..^lag], sizes[lag..])).ShouldBeGreaterThan(0.05);
        Math.Sqrt(returns.Average(r => r * r)).ShouldBeInRange(0.012, 0.05);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Other_coins_go_with_bitcoin_but_not_in_step(ulong seed)
    {
        var bitcoin = Returns(Model(seed, "bitcoin").Path);
        Correlation(bitcoin, Returns(Model(seed, "ethereum").Path)).ShouldBeInRange(0.6, 0.95);
        Correlation(bitcoin, Returns(Model(seed, "ripple").Path)).ShouldBeInRange(0.4, 0.9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Levels_stay_sensible(ulong seed)
    {
        var (weather, bitcoin) = Model(seed, "bitcoin");
        Days().Select(d => weather[d].Vix).Average().ShouldBeInRange(14, 27);
        Days().Min(d => weather[d].Vix).ShouldBeGreaterThan(9);
        Days().Max(d => weather[d].Vix).ShouldBeInRange(28, 83);
        bitcoin[last].Close.ShouldBeInRange(8_000, 800_000);
        var tether = Model(seed, "tether").Path;
        Days().Max(d => Math.Abs(Math.Log(tether[d].Close))).ShouldBeLessThan(0.01);
    }

    [Fact]
    public void Trends_last_long_enough_to_be_followed()
    {
        // A walk without drift leaves its 50-day range about as often up as down; a market with trends runs on: its 60-day moves are wider than √60 single days.
        var ratios = Seeds.Select(row => (ulong)row.Data).Select(seed => Ratio(Returns(Model(seed, "bitcoin").Path), 60)).ToList();
        ratios.Average().ShouldBeGreaterThan(1.1);
    }

    private static double Ratio(double[] returns, int length)
    {
        var sums = Enumerable.Range(0, returns.Length / length).Select(i => returns.Skip(i * length).Take(length).Sum()).ToArray();
        return Variance(sums) / (length * Variance(returns));
    }

    private static (Weather Weather, CoinPath Path) Model(ulong seed, string id)
    {
        var weather = new Weather(seed);
        return (weather, new CoinPath(Coins.All.Single(c => c.Id == id), weather, seed));
    }

    private static IEnumerable<int> Days() => Enumerable.Range(first + 200, last - first - 199);

    private static double[] Returns(CoinPath path) => [.. Days().Select(d => Math.Log(path[d].Close / path[d - 1].Close))];

    private static double Variance(double[] x)
    {
        var mean = x.Average();
        return x.Average(v => (v - mean) * (v - mean));
    }

    private static double Kurtosis(double[] x)
    {
        var mean = x.Average();
        return x.Average(v => Math.Pow(v - mean, 4)) / Math.Pow(Variance(x), 2);
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Average() / Math.Sqrt(Variance(x) * Variance(y));
    }
}
