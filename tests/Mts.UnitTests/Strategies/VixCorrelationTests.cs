using Mts.Core.Signals;
using Mts.Strategies;
using Mts.Strategies.VixCorrelation;

namespace Mts.UnitTests.Strategies;

public sealed class VixCorrelationTests
{
    private static readonly VixCorrelationOptions Options = new();

    // Sixty days on which the price moves against the VIX, which leaps on the last one.
    private static VixRow[] Golden(double leap = 6)
    {
        var rows = new VixRow[60];
        var (exponent, before) = (0.0, 20.0);
        for (var i = 0; i < rows.Length; i++)
        {
            var vix = 20 + (5 * Math.Sin(i / 5.0)) + (i == 59 ? leap : 0);
            if (i > 0) exponent -= 0.02 * (vix - before);
            var price = 100 * Math.Exp(exponent);
            rows[i] = new VixRow(price, 1.01 * price, 0.99 * price, vix);
            before = vix;
        }

        return rows;
    }

    private static VixRow[] Scaled(VixRow[] rows, double factor) => Array.ConvertAll(rows, r => r with { Vix = r.Vix * factor });

    private static Opinion? Judge(VixRow[] rows, VixCorrelationOptions? options = null) =>
        VixFigures.Of(rows, options ?? Options) is { } figures ? VixCorrelationRule.Judge(figures, options ?? Options) : null;

    [Fact]
    public void Gives_the_figures_of_the_golden_series()
    {
        var figures = VixFigures.Of(Golden(), Options)!;
        figures.Price.ShouldBe(95.061371, 5e-7);
        figures.Percentile.ShouldBe(65, 1e-9);
        figures.Z!.Value.ShouldBe(2.701338, 5e-7);
        figures.Change!.Value.ShouldBe(0.491804, 5e-7);
        figures.Rsi.ShouldBe(48.498484, 5e-7);
        figures.Drawdown.ShouldBe(0.148365, 5e-7);
        figures.Volatility.ShouldBe(0.03724564, 5e-9);
        var strongest = figures.Correlations.Strongest!;
        strongest.R.ShouldBe(-0.998112, 5e-7);
        (strongest.Window, strongest.Lag).ShouldBe((14, 0));
    }

    [Fact]
    public void Buys_at_the_golden_leap()
    {
        var opinion = Judge(Golden())!;
        opinion.Direction.ShouldBe(Direction.Long);
        opinion.Size.ShouldBe(0.01073951, 5e-9);
        opinion.Stop!.Value.ShouldBe(84.439506, 5e-7);
        opinion.Target!.Value.ShouldBe(116.305102, 5e-7);
        opinion.Confidence.ShouldBe(1, 1e-12);
        opinion.Strength.ShouldBe(StrengthLevel.Strong.ToNumber());
        opinion.Reason.ShouldBe(
            "VIX above its upper band 19.81; VIX 22.53 (Normal), RSI 48.5, 14.8 % below the high, correlation -1 (VeryStrong, 14 rows, VIX 0 ahead)");
    }

    [Fact]
    public void Buys_less_at_a_higher_vix()
    {
        var rows = Golden();
        var high = Judge(Scaled(rows, 50 / rows[^1].Vix))!;
        high.Size.ShouldBe(Judge(rows)!.Size / 2, 1e-9);
        high.Confidence.ShouldBe(0.6, 1e-12);
    }

    [Fact]
    public void Filters_refuse()
    {
        Judge(Golden(), Options with { LongMaxRsi = 45 }).ShouldBeNull();
        Judge(Golden(), Options with { LongMinVix = 23 }).ShouldBeNull();
        Judge(Golden(), Options with { MinMove = 0.15 }).ShouldBeNull();
        Judge(Golden()[..9]).ShouldBeNull();
    }

    [Fact]
    public void Sells_short_when_fear_collapses()
    {
        var opinion = Judge(Scaled(Golden(-6), 2), Options with { ShortMinVix = 15 })!;
        opinion.Direction.ShouldBe(Direction.Short);
        opinion.Stop!.Value.ShouldBeGreaterThan(VixFigures.Of(Golden(-6), Options)!.Price);
        opinion.Target!.Value.ShouldBeLessThan(VixFigures.Of(Golden(-6), Options)!.Price);
        opinion.Reason.ShouldStartWith("VIX below its lower band 25.04; VIX 21.06");
    }

    [Fact]
    public void Follows_the_correlation_where_the_vix_is_calm()
    {
        // Without bands and changes the correlation decides: price against VIX means LONG.
        var calm = Options with { BandWidth = 10, RocThreshold = 10, LongMaxRsi = 100, MinMove = 0, LongMinVix = 0 };
        Judge(Golden(), calm)!.Reason.ShouldStartWith("3 windows agree on r ≤ -0.4");
        var dynamic = calm with { DynamicThresholds = true };
        VixFigures.Of(Golden(), dynamic)!.Correlations.LongThreshold.ShouldBeLessThan(-0.9);
    }

    [Fact]
    public void Falls_back_to_the_percentile_of_the_vix()
    {
        var blind = Options with { BandWidth = 10, RocThreshold = 10, LongCorrelation = -1, ShortCorrelation = 1, LongMaxRsi = 100, MinMove = 0, LongMinVix = 0 };
        Judge(Golden(), blind)!.Reason.ShouldStartWith("VIX at percentile 65 ≥ 60");
    }

    [Fact]
    public void A_still_vix_and_price_are_no_error()
    {
        var still = Enumerable.Repeat(new VixRow(100, 100, 100, 20), 40).ToArray();
        var figures = VixFigures.Of(still, Options)!;
        figures.Z.ShouldBeNull();
        figures.Correlations.Strongest.ShouldBeNull();
        Judge(still).ShouldBeNull();
    }

    [Fact]
    public void Says_nothing_when_every_vix_is_missing()
    {
        var strategy = new StrategyCatalog().Create("VixCorrelation", new Dictionary<string, string>());
        new StrategyRun([Days.Of(Days.Walk(3, 120))], Days.Vix(120, _ => null)).Run(strategy).ShouldBeEmpty();
    }
}
