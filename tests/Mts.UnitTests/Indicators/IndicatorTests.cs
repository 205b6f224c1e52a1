using Mts.Core.Indicators;

namespace Mts.UnitTests.Indicators;

public sealed class IndicatorTests
{
    [Fact]
    public void What_is_not_there_yet_is_null()
    {
        var (sma, ema, deviation, roc, volatility) = (new Sma(2), new Ema(2), new RollingStdDev(2), new Roc(1), new LogReturnVolatility(2));
        sma.Add(1);
        ema.Add(1);
        deviation.Add(1);
        roc.Add(1);
        volatility.Add(1);
        new double?[] { sma.Value, ema.Value, deviation.Value, roc.Value, volatility.Value, new RollingHigh(2).Value, new RollingLow(2).Value }
            .ShouldAllBe(v => v == null);
        new Macd().Value.ShouldBeNull();
        new SortedWindow(2).Quantile(0.5).ShouldBeNull();
    }

    [Fact]
    public void Ema_starts_with_the_simple_mean()
    {
        var ema = new Ema(3);
        foreach (var value in new[] { 2.0, 4, 6 }) ema.Add(value);
        ema.Value.ShouldBe(4);
        ema.Add(8);
        ema.Value.ShouldBe(6);   // 4 + (8 − 4)/2
    }

    [Fact]
    public void Adjusted_ema_weighs_what_there_is()
    {
        var ema = new AdjustedEma(3);
        ema.Add(2);
        ema.Value.ShouldBe(2);
        ema.Add(8);
        ema.Value!.Value.ShouldBe((8 + (0.5 * 2)) / 1.5, 1e-12);
    }

    [Fact]
    public void Rsi_of_a_still_price_is_no_view()
    {
        RsiSimple.Of([.. Enumerable.Repeat(5.0, 30)]).ShouldBe(50);
        RsiSimple.Of([.. Enumerable.Range(1, 30).Select(i => (double)i)]).ShouldBe(100);
        RsiSimple.Of([.. Enumerable.Range(1, 30).Select(i => 100.0 - i)]).ShouldBe(0);
        var wilder = new RsiWilder();
        for (var i = 0; i < 30; i++) wilder.Add(5);
        wilder.Value.ShouldBeNull();
    }

    [Fact]
    public void Correlation_is_exact_for_lines_even_of_large_values()
    {
        var correlation = new RollingCorrelation(4);
        for (var i = 0; i < 10; i++) correlation.Add(1e9 + i, 5 - (1e-3 * i));
        correlation.Value!.Value.ShouldBe(-1, 1e-9);
        RollingCorrelation.Of([1, 2, 3], [4, 4, 4]).ShouldBeNull();
        RollingCorrelation.Of([1], [2]).ShouldBeNull();
        RollingCorrelation.Of([1, 2, 3, 4], [1, 3, 2, 4])!.Value.ShouldBe(0.8, 1e-12);
    }

    [Fact]
    public void Equal_values_have_no_deviation_at_all()
    {
        var deviation = new RollingStdDev(3);
        foreach (var value in new[] { 9e9, 0.1, 0.1, 0.1 }) deviation.Add(value);
        deviation.Value.ShouldBe(0);
        deviation.Mean.ShouldBe(0.1);
    }

    [Fact]
    public void Quantiles_are_linear_between_neighbours()
    {
        SortedWindow.Quantile([10, 20, 30, 40], 0.75).ShouldBe(32.5);
        SortedWindow.Quantile([10, 20, 30, 40], 0).ShouldBe(10);
        SortedWindow.Quantile([10, 20, 30, 40], 1).ShouldBe(40);
    }

    [Fact]
    public void Means_are_compared_without_rounding()
    {
        var (fast, slow) = (new ExactSum(1), new ExactSum(3));
        foreach (var price in new[] { 0.1, 0.3, 0.2 })
        {
            fast.Add(price);
            slow.Add(price);
        }

        fast.CompareMeanTo(slow).ShouldBe(0);
        fast.Add(0.20000001);
        fast.CompareMeanTo(slow).ShouldBe(1);
        ((0.1 + 0.3 + 0.2) / 3).ShouldNotBe(0.2);   // What doubles would have said.
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(1e11)]
    public void A_price_that_has_no_exact_sum_is_refused(double price) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ExactSum(2).Add(price));

    [Fact]
    public void A_window_needs_a_length()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Sma(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new ExactSum(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new RollingHigh(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => new Ema(0));
    }

    [Fact]
    public void Adding_and_reading_allocate_nothing()
    {
        var (exact, sma, rsi, high, sorted, deviation) =
            (new ExactSum(50), new Sma(50), new RsiSimple(), new RollingHigh(50), new SortedWindow(50), new RollingStdDev(50));
        Feed(1_000);
        Allocated.By(() => Feed(10_000)).ShouldBe(0);

        void Feed(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var price = 100 + (i * 7919 % 101);
                exact.Add(price);
                sma.Add(price);
                rsi.Add(price);
                high.Add(price);
                sorted.Add(price);
                deviation.Add(price);
                _ = exact.CompareMeanTo(exact) + sma.Value + rsi.Value + high.Value + sorted.Quantile(0.75) + deviation.Value;
            }
        }
    }
}
