namespace Mts.Core.Indicators;

/// <summary>Where the newest value stands among the last ones, 0 to 100.</summary>
/// <param name="length">Values in the window.</param>
public sealed class PercentileRank(int length)
{
    private readonly RollingWindow window = new(length);

    /// <summary>Null until the window is full.</summary>
    public double? Value => window.IsFull ? Of(window.Values, window.Values[^1]) : null;

    /// <summary>Rank of <paramref name="value"/>, which is one of <paramref name="values"/>, as a share of their number; ties share their mean rank.</summary>
    /// <returns>Null where there are no values.</returns>
    public static double? Of(ReadOnlySpan<double> values, double value)
    {
        if (values.IsEmpty) return null;
        var (below, equal) = (0, 0);
        foreach (var other in values)
        {
            if (other < value) below++;
            else if (other == value) equal++;
        }

        return 100 * (below + (equal > 0 ? (equal + 1) / 2.0 : 0)) / values.Length;
    }

    public void Add(double value) => window.Add(value);
}
