namespace Mts.Core.Performance;

/// <summary>The returns of a strategy less those of its benchmark.</summary>
/// <param name="TrackingError">Their sample deviation, a year's worth.</param>
/// <param name="InformationRatio">Their mean over their deviation, a year's worth; null where they never differ.</param>
/// <remarks>Goodwin, The Information Ratio, Financial Analysts Journal 54(4), 1998.</remarks>
public readonly record struct ActiveReturn(double TrackingError, double? InformationRatio)
{
    /// <param name="returns">Of the strategy.</param>
    /// <param name="benchmark">Of the same periods.</param>
    /// <param name="periodsPerYear">365 for daily returns.</param>
    /// <returns>Null below two returns, or where the two do not fit.</returns>
    public static ActiveReturn? Of(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double periodsPerYear)
    {
        if (returns.Length < 2 || returns.Length != benchmark.Length) return null;
        var active = new double[returns.Length];
        for (var i = 0; i < active.Length; i++) active[i] = returns[i] - benchmark[i];
        return new ActiveReturn(Volatility.Of(active, periodsPerYear)!.Value, SharpeRatio.Of(active, periodsPerYear));
    }
}
