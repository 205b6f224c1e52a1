using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Core.Trading;

namespace Mts.UnitTests.Performance;

public sealed class ReturnsTests
{
    [Fact]
    public void Are_the_changes_from_value_to_value()
    {
        Returns.Of([100, 110, 121]).ShouldBe([0.1, 0.1], 1e-12);
        Returns.Total([100, 110, 121])!.Value.ShouldBe(0.21, 1e-12);
    }

    [Fact]
    public void One_point_has_none() => Returns.Total([100]).ShouldBeNull();
}

public sealed class MaxDrawdownTests
{
    [Fact]
    public void Is_the_deepest_fall_from_a_peak() => MaxDrawdown.Of([100, 120, 110, 90, 95, 130]).ShouldBe(0.25); // 120 → 90

    [Fact]
    public void Is_nothing_where_values_never_fall() => MaxDrawdown.Of([1, 2, 2, 3]).ShouldBe(0);

    [Fact]
    public void Of_five_values() => MaxDrawdown.Of([100_000, 105_000, 98_000, 102_000, 110_000]).ShouldBe(0.0666667, 1e-7);

    [Theory]
    [InlineData(new double[] { 100, 90, 100, 120, 110, 115 }, 2)] // 0 → 2; 3 → end
    [InlineData(new double[] { 100, 120, 110, 90, 95, 130 }, 4)] // 1 → 5
    [InlineData(new double[] { 100, 100, 100, 90, 80 }, 2)] // the last moment at the peak counts
    [InlineData(new double[] { 100, 110, 120 }, 0)]
    public void Lasts_from_the_peak_to_the_recovery_or_the_end(double[] daily, double days)
    {
        var drawdown = new MaxDrawdown(0, daily[0]);
        for (var i = 1; i < daily.Length; i++) drawdown.Add(i * Timestamp.MicrosPerDay, daily[i]);
        drawdown.LongestDays((daily.Length - 1) * Timestamp.MicrosPerDay).ShouldBe(days);
    }
}

public sealed class RatioTests
{
    // Mean 0.01, deviations ±0.01 and ±0.03: sample variance (0.0001 + 0.0001 + 0.0009 + 0.0009) / 3.
    private static readonly double[] Sample = [0.02, 0.00, 0.04, -0.02];

    [Fact]
    public void Volatility_is_the_sample_deviation_times_the_root_of_365() =>
        Volatility.Of(Sample, 365)!.Value.ShouldBe(Math.Sqrt(0.002 / 3) * Math.Sqrt(365), 1e-12);

    [Fact]
    public void Sharpe_is_mean_over_deviation() => SharpeRatio.Of(Sample, 365)!.Value.ShouldBe(0.01 / Math.Sqrt(0.002 / 3) * Math.Sqrt(365), 1e-12);

    [Fact]
    public void Sortino_counts_falls_over_all_returns() => SortinoRatio.Of(Sample, 365)!.Value.ShouldBe(0.01 / Math.Sqrt(0.0004 / 4) * Math.Sqrt(365), 1e-12);

    [Fact]
    public void Are_undefined_where_there_is_nothing_to_divide_by()
    {
        Volatility.Of([0.01], 365).ShouldBeNull();
        SharpeRatio.Of([0.01, 0.01, 0.01], 365).ShouldBeNull();
        SortinoRatio.Of([0.01, 0.02], 365).ShouldBeNull();
        SortinoRatio.Of([], 365).ShouldBeNull();
    }

    [Fact]
    public void Growth_is_per_365_days()
    {
        Cagr.Of(0.21, 730)!.Value.ShouldBe(0.1, 1e-12);
        Cagr.Of(0.1, 29.9).ShouldBeNull();
        Cagr.Of(-1.5, 400).ShouldBeNull();
    }

    [Fact]
    public void Annualising_uses_365_and_not_252() => (Volatility.Of(Sample, 365)!.Value / Volatility.Of(Sample, 252)!.Value).ShouldBe(Math.Sqrt(365 / 252.0), 1e-12);
}

public sealed class TradeFiguresTests
{
    private static readonly Trade[] Trades = [.. new[] { 1000m, -500m, 2000m, -300m, 800m }.Select(p =>
        new Trade(0, "BTC/USDT", Side.Buy, 1, new Timestamp(0), 1, new Timestamp(1), 1, p, 0, ""))];

    [Fact]
    public void Three_of_five_win() => TradeFigures.WinRate(Trades).ShouldBe(0.6);

    [Fact]
    public void Gains_over_losses() => TradeFigures.ProfitFactor(Trades).ShouldBe(3800 / 800.0);

    [Fact]
    public void The_mean_is_600() => TradeFigures.Expectancy(Trades).ShouldBe(600);

    [Fact]
    public void Are_undefined_without_trades_and_without_losses()
    {
        TradeFigures.WinRate([]).ShouldBeNull();
        TradeFigures.Expectancy([]).ShouldBeNull();
        TradeFigures.ProfitFactor([Trades[0]]).ShouldBeNull();
    }
}
