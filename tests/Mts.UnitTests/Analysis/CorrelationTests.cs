using Mts.Core.Analysis;
using Mts.Core.Market;

namespace Mts.UnitTests.Analysis;

public sealed class CorrelationTests
{
    private static readonly DateOnly First = new(2025, 1, 1);

    [Fact]
    public void Only_days_that_both_have_make_returns()
    {
        var left = new DailySeries([First, First.AddDays(1), First.AddDays(2), First.AddDays(4)], [100, 110, 121, 242]);
        var right = new DailySeries([First, First.AddDays(2), First.AddDays(3), First.AddDays(4)], [10, 20, 30, 5]);
        var pairs = PairedReturns.Of(left, right);
        pairs.Days.ShouldBe([First.AddDays(2), First.AddDays(4)]);
        pairs.Left.ShouldBe([Math.Log(1.21), Math.Log(2)]);
        pairs.Right.ShouldBe([Math.Log(2), Math.Log(0.25)]);
    }

    [Fact]
    public void A_macro_value_counts_from_the_close_after_it_was_published()
    {
        var closes = new DailySeries([.. Enumerable.Range(0, 5).Select(First.AddDays)], [100, 101, 102, 103, 104]);
        // Of the 1st, public on the 2nd at 14:00: known at the close of the 2nd. Of the 2nd, public on the 5th.
        MacroObservation[] vix = [new(First, 20, At(1, 14)), new(First.AddDays(1), 22, At(4, 14))];
        var pairs = PairedReturns.OfKnown(closes, vix);
        pairs.Days.ShouldBe([First.AddDays(4)]);
        pairs.Left.ShouldBe([Math.Log(104.0 / 101)]);
        pairs.Right.ShouldBe([Math.Log(1.1)]);
    }

    [Fact]
    public void Values_that_can_be_zero_give_differences()
    {
        var left = new DailySeries([First, First.AddDays(1)], [100, 110]);
        var right = new DailySeries([First, First.AddDays(1)], [-0.5, 0.25]);
        PairedReturns.Of(left, right).Right.ShouldBe([0.75]);
    }

    [Fact]
    public void A_window_that_is_not_full_has_no_figure()
    {
        var pairs = Random(seed: 1, count: 20, rho: 0.9);
        WindowCorrelation.Of(pairs, 30).ShouldSatisfyAllConditions(w => w.R.ShouldBeNull(), w => w.Test.ShouldBeNull(), w => w.Returns.ShouldBe(20));
        WindowCorrelation.Of(pairs, 20).Test!.PValue.ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void A_shift_is_the_difference_of_the_transformed_correlations()
    {
        var pairs = Concat(Random(seed: 2, count: 180, rho: 0.9), Random(seed: 3, count: 30, rho: 0));
        var shift = CorrelationShift.Of(pairs, 30, 180)!;
        // atanh by its definition ½ ln((1 + r)/(1 − r)); variances 1/27 and 1/177.
        var expected = 0.5 * (Math.Log((1 + shift.Now) / (1 - shift.Now)) - Math.Log((1 + shift.Before) / (1 - shift.Before))) / Math.Sqrt((1.0 / 27) + (1.0 / 177));
        shift.Z.ShouldBe(expected, 1e-12);
        shift.PValue.ShouldBeLessThan(1e-6);
        shift.Baseline.ShouldBe(180);
    }

    [Fact]
    public void Of_markets_that_have_not_changed_one_in_twenty_seems_to()
    {
        var found = Enumerable.Range(0, 2_000).Count(seed => CorrelationShift.Of(Random(seed, 210, 0.5), 30, 180)!.PValue < 0.05);
        found.ShouldBeInRange(70, 135); // 100 ± 3.6 binomial deviations
    }

    [Fact]
    public void Corrected_p_values_are_those_of_the_published_procedure()
    {
        // Benjamini and Hochberg, 1995, section 4.1: of these fifteen, the four smallest are significant at 0.05.
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];
        var adjusted = FalseDiscovery.Adjust(p);
        adjusted.Count(a => a <= 0.05).ShouldBe(4);
        adjusted[3].ShouldBe(0.0095 * 15 / 4, 1e-12);
        adjusted[^1].ShouldBe(1);
        FalseDiscovery.Adjust([0.03, 0.01]).ShouldBe([0.03, 0.02]);
    }

    [Theory]
    [InlineData(0.1, 0.1, 0.1, "diversified")]
    [InlineData(0.8, 0.8, 0.8, "trending")]
    [InlineData(0.1, 0.75, 0.75, "trending")]
    [InlineData(-0.2, 0.5, 0.72, "volatile")]
    [InlineData(0.4, 0.4, 0.4, "mixed")]
    public void The_picture_has_a_name(double ab, double ac, double bc, string regime)
    {
        var mosaic = new CorrelationMosaic(30, ["A", "B", "C"], [Pair("A", "B", ab), Pair("A", "C", ac), Pair("B", "C", bc), Pair("A", "VIXCLS", 0.99, isMacro: true)]);
        mosaic.Regime.ShouldBe(regime);
        mosaic.R("C", "A").ShouldBe(ac);
        mosaic.R("B", "B").ShouldBe(1);
        mosaic.R("B", "VIXCLS").ShouldBeNull();
    }

    private static MarketPair Pair(string left, string right, double r, bool isMacro = false) =>
        new(left, right, isMacro, [new WindowCorrelation(30, 30, r, null)], null);

    private static PairedReturns Concat(PairedReturns a, PairedReturns b) =>
        new([.. Enumerable.Range(0, a.Length + b.Length).Select(First.AddDays)], [.. a.Left, .. b.Left], [.. a.Right, .. b.Right]);

    private static PairedReturns Random(int seed, int count, double rho)
    {
        var random = new Random(seed);
        var (left, right) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (Normal(random), Normal(random));
            (left[i], right[i]) = (x, (rho * x) + (Math.Sqrt(1 - (rho * rho)) * y));
        }

        return new PairedReturns([.. Enumerable.Range(0, count).Select(First.AddDays)], left, right);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Timestamp At(int dayAfterFirst, int hour) => Timestamp.FromDate(First.AddDays(dayAfterFirst)) + TimeSpan.FromHours(hour);
}
