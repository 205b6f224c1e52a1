namespace Mts.Core.Performance;

/// <summary>By how much the Sharpe ratio of one record lies above that of another one of the same days.</summary>
/// <param name="Value">Per year, first less second.</param>
/// <param name="Interval">By a paired stationary bootstrap: both records are drawn at the same days, so that what moves both moves neither.</param>
/// <param name="BlockLength">Mean length of the blocks, days.</param>
/// <remarks>After Ledoit and Wolf, Robust Performance Hypothesis Testing with the Sharpe Ratio, J. Empirical Finance 15(5), 2008; percentile interval.</remarks>
public sealed record SharpeDifference(double Value, ConfidenceInterval? Interval, double BlockLength)
{
    private const int Resamples = 2_000;

    /// <param name="first">Daily returns.</param>
    /// <param name="second">Of the same days.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <returns>Null where a ratio is undefined or the two do not fit.</returns>
    public static SharpeDifference? Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int seed)
    {
        if (first.Length != second.Length || SharpeRatio.Of(first, 365) is not { } one || SharpeRatio.Of(second, 365) is not { } other) return null;
        var length = Math.Max(Performance.BlockLength.Of(first), Performance.BlockLength.Of(second));
        if (first.Length is < ReturnIntervals.LeastReturns or > 100_000) return new SharpeDifference(one - other, null, length);
        var bootstrap = new StationaryBootstrap(first.Length, length, seed);
        var (indices, left, right) = (new int[first.Length], new double[first.Length], new double[first.Length]);
        var differences = new List<double>(Resamples);
        for (var i = 0; i < Resamples; i++)
        {
            bootstrap.Draw(indices);
            for (var d = 0; d < indices.Length; d++) (left[d], right[d]) = (first[indices[d]], second[indices[d]]);
            if (SharpeRatio.Of(left, 365) is { } a && SharpeRatio.Of(right, 365) is { } b) differences.Add(a - b);
        }

        return new SharpeDifference(one - other, ConfidenceInterval.Of(differences.ToArray(), Resamples), length);
    }
}
