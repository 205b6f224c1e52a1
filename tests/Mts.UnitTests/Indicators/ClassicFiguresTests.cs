using Mts.Core.Indicators;

namespace Mts.UnitTests.Indicators;

/// <summary>Figures that other programs give for the same series.</summary>
public sealed class ClassicFiguresTests
{
    [Fact]
    public void Rsi_over_simple_means()
    {
        var rsi = new RsiSimple(14);
        var values = ClassicSeries.Closes.Select(c =>
        {
            rsi.Add(c);
            return Math.Round(rsi.Value, 4);
        }).ToArray();
        values[14..20].ShouldBe([70.4641, 70.021, 69.8312, 80.5677, 73.3333, 59.8063]);
        values[..14].ShouldAllBe(v => v == 50);
    }

    [Fact]
    public void Wilders_rsi_starts_like_the_simple_one_and_then_remembers()
    {
        var rsi = new RsiWilder(14);
        foreach (var close in ClassicSeries.Closes[..14]) rsi.Add(close);
        rsi.Value.ShouldBeNull();
        rsi.Add(ClassicSeries.Closes[14]);
        rsi.Value!.Value.ShouldBe(70.4641, 5e-5);

        // By hand: gains 3.34/14 and losses 1.40/14, then a loss of 0.28: 3.34·13/14² over its sum with (1.40·13/14 + 0.28)/14.
        rsi.Add(ClassicSeries.Closes[15]);
        rsi.Value!.Value.ShouldBe(100 * (3.34 * 13 / 14) / ((3.34 * 13 / 14) + (1.40 * 13 / 14) + 0.28), 1e-9);
    }

    [Fact]
    public void Macd_of_adjusted_means()
    {
        var macd = new Macd();
        foreach (var close in ClassicSeries.Closes) macd.Add(close);
        macd.Value!.Value.ShouldBe(-0.5405816, 5e-8);
        macd.Signal!.Value.ShouldBe(-0.2462408, 5e-8);
        macd.Histogram!.Value.ShouldBe(-0.2943409, 1e-7);
    }

    [Fact]
    public void Bollinger_bands_of_the_sample_deviation()
    {
        var bands = new BollingerBands(20, 2);
        foreach (var close in ClassicSeries.Closes) bands.Add(close);
        bands.Upper!.Value.ShouldBe(47.681957, 5e-7);
        bands.Middle!.Value.ShouldBe(45.241, 5e-7);
        bands.Lower!.Value.ShouldBe(42.800043, 5e-7);
    }

    [Fact]
    public void Rolling_volatility_of_fifteen_closes()
    {
        // The population's deviation of 14 log returns, times √15.
        var volatility = new LogReturnVolatility(14, 15, DeviationKind.Population);
        for (var k = 0; k < 20; k++) volatility.Add(100 + (7 * k % 5));
        volatility.Value!.Value.ShouldBe(0.0909262, 5e-8);
    }
}
