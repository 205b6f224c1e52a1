namespace Mts.Adapters.Venues;

/// <summary>Bounds of what is asked for.</summary>
internal static class PageRange
{
    /// <summary>The first whole millisecond not before <paramref name="time"/>, the venues' finest unit.</summary>
    public static Timestamp UpToMillisecond(Timestamp time) => Timestamp.FromUnixMilliseconds((time + TimeSpan.FromMicroseconds(999)).UnixMilliseconds);

    /// <summary>The last whole millisecond before <paramref name="until"/>: the venues' upper bounds are inclusive.</summary>
    public static long LastMillisecondBefore(Timestamp until) => (until - TimeSpan.FromMicroseconds(1)).UnixMilliseconds;

    /// <summary>How many bars may open with <paramref name="from"/> ≤ open time &lt; <paramref name="until"/>.</summary>
    public static long GridPoints(Interval interval, Timestamp from, Timestamp until) => (Before(interval, until).Micros - Before(interval, from).Micros) / interval.Micros;

    private static Timestamp Before(Interval interval, Timestamp time) => interval.Floor(time - TimeSpan.FromMicroseconds(1));
}
