using Mts.Core.Market;

namespace Mts.Simulator.Live;

/// <summary>When a venue tells that bars have closed: shortly after each minute's end.</summary>
internal static class BarCloses
{
    private const long DelayMicros = 12_000;
    private const long MinuteMicros = 60 * Timestamp.MicrosPerSecond;

    /// <summary>The first such moment after another one, in microseconds.</summary>
    public static long After(long micros)
    {
        var close = ((micros - DelayMicros) / MinuteMicros * MinuteMicros) + DelayMicros;
        return close > micros ? close : close + MinuteMicros;
    }
}
