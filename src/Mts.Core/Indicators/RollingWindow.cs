namespace Mts.Core.Indicators;

/// <summary>The last values, oldest first; allocates once.</summary>
/// <param name="length">Values that are kept, at least 1.</param>
public sealed class RollingWindow(int length)
{
    // Each value stands twice, a window apart, so that the last ones are always one span.
    private readonly double[] values = new double[2 * (length > 0 ? length : throw new ArgumentOutOfRangeException(nameof(length), length, "At least one value."))];
    private int next;

    public int Length { get; } = length;

    public int Count { get; private set; }

    public bool IsFull => Count == Length;

    /// <summary>True right after an <see cref="Add"/> that ended a round through the window: the time to renew running sums.</summary>
    public bool IsRoundEnd => next == 0;

    /// <summary>What is in the window, oldest first; valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<double> Values => IsFull ? values.AsSpan(next, Length) : values.AsSpan(0, Count);

    /// <returns>The value that left the window; 0 while it fills.</returns>
    public double Add(double value)
    {
        var left = 0.0;
        if (IsFull) left = values[next];
        else Count++;
        values[next] = value;
        values[next + Length] = value;
        if (++next == Length) next = 0;
        return left;
    }
}
