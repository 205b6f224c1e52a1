namespace Mts.Core.Indicators;

/// <summary>Average true range with smoothing 1/length, started by the simple mean; in price units.</summary>
/// <param name="length">Ranges in the first mean.</param>
/// <remarks>
/// Wilder, New Concepts in Technical Trading Systems, 1978. The true range is the greatest of high − low, |high − last close| and |low − last close|;
/// the first bar has no last close and counts with high − low.
/// </remarks>
public sealed class AverageTrueRange(int length = 14)
{
    private readonly int length = length > 0 ? length : throw new ArgumentOutOfRangeException(nameof(length), length, "At least one range.");
    private double mean;
    private double? lastClose;
    private int count;

    /// <summary>Null until as many bars as the length were added.</summary>
    public double? Value => count >= length ? mean : null;

    public void Add(double high, double low, double close)
    {
        var range = lastClose is { } last ? Math.Max(high, last) - Math.Min(low, last) : high - low;
        count = Math.Min(count + 1, length);
        mean += (range - mean) / count;
        lastClose = close;
    }
}
