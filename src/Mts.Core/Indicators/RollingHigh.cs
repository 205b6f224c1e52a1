namespace Mts.Core.Indicators;

/// <summary>The greatest of the last values, in constant time on average.</summary>
/// <param name="length">Values in the window.</param>
public sealed class RollingHigh(int length)
{
    private readonly MonotonicQueue queue = new(length);

    /// <summary>Of what is in the window; null before the first value.</summary>
    public double? Value => queue.Front;

    public void Add(double value) => queue.Add(value);
}
