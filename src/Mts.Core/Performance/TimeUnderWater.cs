namespace Mts.Core.Performance;

/// <summary>How much of the time an earlier peak was out of reach.</summary>
public static class TimeUnderWater
{
    /// <param name="equity">The first value is the first peak.</param>
    /// <returns>Share of the later points that lie below the highest one before them, 0 to 1; null below two points.</returns>
    public static double? Of(ReadOnlySpan<double> equity)
    {
        if (equity.Length < 2) return null;
        var (peak, below) = (equity[0], 0);
        foreach (var value in equity[1..])
        {
            if (value < peak) below++;
            else peak = value;
        }

        return (double)below / (equity.Length - 1);
    }
}
