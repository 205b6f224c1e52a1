namespace Mts.Core.Performance;

/// <summary>Confidence intervals of what a record of returns says, by the stationary bootstrap.</summary>
/// <param name="Resamples">Histories drawn.</param>
/// <param name="BlockLength">Mean length of their blocks, periods.</param>
/// <param name="Sharpe">Of the Sharpe ratio per year; null where it is undefined.</param>
/// <param name="TotalReturn">Of the total return.</param>
/// <param name="Cagr">Of the growth per year; null under 30 days.</param>
/// <param name="MaxDrawdown">Of the deepest drawdown from day to day: what histories like this one show, which is mostly more than this one did.</param>
public sealed record ReturnIntervals(
    int Resamples, double BlockLength, ConfidenceInterval? Sharpe, ConfidenceInterval? TotalReturn, ConfidenceInterval? Cagr, ConfidenceInterval? MaxDrawdown)
{
    /// <summary>Below this a record says too little of itself to be resampled.</summary>
    public const int LeastReturns = 20;

    private const int MostResamples = 1_000;
    private const int LeastResamples = 100;
    private const int MostDraws = 10_000_000;

    /// <param name="daily">Returns of one day each.</param>
    /// <param name="seed">Of the run.</param>
    /// <returns>1,000 histories, fewer above 10,000 days; null below 20 days and above 100,000.</returns>
    public static ReturnIntervals? Of(ReadOnlySpan<double> daily, int seed)
    {
        if (daily.Length is < LeastReturns or > MostDraws / LeastResamples) return null;
        var (resamples, length) = (Math.Min(MostResamples, MostDraws / daily.Length), Performance.BlockLength.Of(daily));
        var bootstrap = new StationaryBootstrap(daily.Length, length, seed);
        var (indices, drawn) = (new int[daily.Length], new double[daily.Length]);
        var (sharpes, totals, growths, falls) = (new List<double>(resamples), new double[resamples], new List<double>(resamples), new double[resamples]);
        for (var i = 0; i < resamples; i++)
        {
            bootstrap.Draw(indices);
            for (var d = 0; d < drawn.Length; d++) drawn[d] = daily[indices[d]];
            (totals[i], falls[i]) = Path(drawn);
            if (SharpeRatio.Of(drawn, 365) is { } sharpe) sharpes.Add(sharpe);
            if (Performance.Cagr.Of(totals[i], daily.Length) is { } growth) growths.Add(growth);
        }

        return new ReturnIntervals(resamples, length, Interval([.. sharpes]), Interval(totals), Interval([.. growths]), Interval(falls));

        ConfidenceInterval? Interval(double[] values) => ConfidenceInterval.Of(values, resamples);
    }

    private static (double Total, double Fall) Path(double[] returns)
    {
        var (value, peak, fall) = (1.0, 1.0, 0.0);
        foreach (var r in returns)
        {
            value *= 1 + r;
            if (value > peak) peak = value;
            else fall = Math.Max(fall, (peak - value) / peak);
        }

        return (value - 1, fall);
    }
}
