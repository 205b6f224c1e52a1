namespace Mts.Core.Indicators;

/// <summary>Whether a deviation divides by n − 1 or by n.</summary>
public enum DeviationKind
{
    Sample,
    Population,
}

/// <summary>Standard deviation of the last values.</summary>
/// <param name="length">Values in the window, at least 2 for a sample.</param>
/// <param name="kind">Sample by default.</param>
/// <remarks>Adding is constant; reading goes twice over the window, because running squares lose the small deviations of large prices.</remarks>
public sealed class RollingStdDev(int length, DeviationKind kind = DeviationKind.Sample)
{
    private readonly RollingWindow window = new(length);

    /// <summary>Null until the window is full.</summary>
    public double? Value => window.IsFull ? Of(window.Values, kind) : null;

    /// <summary>Null until the window is full.</summary>
    public double? Mean => window.IsFull ? MeanOf(window.Values) : null;

    /// <returns>Null below two values for a sample, below one for a population.</returns>
    public static double? Of(ReadOnlySpan<double> values, DeviationKind kind = DeviationKind.Sample)
    {
        var degrees = kind == DeviationKind.Sample ? values.Length - 1 : values.Length;
        if (degrees < 1) return null;
        var mean = MeanOf(values);
        var squares = 0.0;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / degrees);
    }

    public void Add(double value) => window.Add(value);

    internal static double MeanOf(ReadOnlySpan<double> values)
    {
        // Measured from the first value, so that equal values have exactly their own mean.
        var sum = 0.0;
        foreach (var value in values) sum += value - values[0];
        return values[0] + (sum / values.Length);
    }
}
