using Mts.Core.Indicators;

namespace Mts.Strategies;

/// <summary>Volume of the newest bar as a multiple of the mean of the bars before it.</summary>
/// <param name="length">Bars in the mean, without the newest.</param>
internal sealed class VolumeRatio(int length)
{
    private readonly RollingWindow before = new(length);

    /// <summary>Null until there are enough, and where the bars before had no volume.</summary>
    public double? Value { get; private set; }

    public void Add(double volume)
    {
        // Summed anew each time: a running sum leaves crumbs that a bar after a silence would be measured against.
        var sum = 0.0;
        foreach (var other in before.Values) sum += other;
        Value = before.IsFull && sum > 0 ? volume * length / sum : null;
        before.Add(volume);
    }
}
