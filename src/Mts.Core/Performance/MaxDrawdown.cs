using System.Runtime.CompilerServices;
using Mts.Core.Market;

namespace Mts.Core.Performance;

/// <summary>The deepest fall from a peak, and the longest time under water; takes one value at a time.</summary>
/// <param name="startTime">When the capital stood as the first peak, Unix microseconds.</param>
/// <param name="capital">The first peak.</param>
public sealed class MaxDrawdown(long startTime, double capital)
{
    private double peak = capital;
    private double trough = capital;
    private long peakTime = startTime;
    private long longest;
    private bool underWater;

    /// <summary>Positive fraction of the peak; 0 where equity never fell.</summary>
    public double Depth { get; private set; }

    /// <param name="equity">At least one value; the first is the first peak.</param>
    public static double Of(ReadOnlySpan<double> equity)
    {
        var drawdown = new MaxDrawdown(0, equity[0]);
        for (var i = 1; i < equity.Length; i++) drawdown.Add(i, equity[i]);
        return drawdown.Depth;
    }

    /// <param name="time">Unix microseconds, rising.</param>
    /// <param name="equity">Cash and positions.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long time, double equity)
    {
        if (equity >= peak)
        {
            // Under water from the peak until this recovery; a peak that follows its predecessor at once was never left.
            if (underWater && time - peakTime > longest) longest = time - peakTime;
            underWater = false;
            peak = trough = equity;
            peakTime = time;
            return;
        }

        underWater = true;
        if (equity >= trough) return; // no deeper under this peak: the division would say nothing new
        trough = equity;
        var depth = (peak - equity) / peak;
        if (depth > Depth) Depth = depth;
    }

    /// <summary>Days from a peak to its recovery, or to the end of the run; the longest of them.</summary>
    /// <param name="endTime">Unix microseconds.</param>
    public double LongestDays(long endTime) =>
        (double)(underWater ? Math.Max(longest, endTime - peakTime) : longest) / Timestamp.MicrosPerDay;
}
