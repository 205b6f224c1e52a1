using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>The rules that a bar must keep to be stored.</summary>
public static class BarRules
{
    /// <param name="bar">The bar.</param>
    /// <param name="interval">Its series' grid.</param>
    /// <param name="now">A bar that closes after this is not finished.</param>
    /// <param name="hasVolume">False expects NaN as volume.</param>
    /// <returns>Null for a good bar, else the broken rule's name: <c>not_finite</c>, <c>price_not_positive</c>, <c>high_below_low</c>,
    /// <c>open_outside_range</c>, <c>close_outside_range</c>, <c>negative_volume</c>, <c>off_grid</c>, <c>future</c>.</returns>
    public static string? Broken(in Bar bar, Interval interval, Timestamp now, bool hasVolume)
    {
        if (!double.IsFinite(bar.Open) || !double.IsFinite(bar.High) || !double.IsFinite(bar.Low) || !double.IsFinite(bar.Close)) return "not_finite";
        if (hasVolume && !double.IsFinite(bar.Volume)) return "not_finite";
        if (bar.Low <= 0 || bar.Open <= 0 || bar.Close <= 0 || bar.High <= 0) return "price_not_positive";
        if (bar.High < bar.Low) return "high_below_low";
        if (bar.Open > bar.High || bar.Open < bar.Low) return "open_outside_range";
        if (bar.Close > bar.High || bar.Close < bar.Low) return "close_outside_range";
        if (hasVolume && bar.Volume < 0) return "negative_volume";
        if (!interval.IsOnGrid(bar.OpenTime)) return "off_grid";
        return bar.OpenTime.Micros + interval.Micros > now.Micros ? "future" : null;
    }
}
