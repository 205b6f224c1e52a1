namespace Mts.Adapters.Venues;

/// <summary>Bounds of what is asked for.</summary>
internal static class PageRange
{
    public static Timestamp Earlier(Timestamp a, Timestamp b) => a < b ? a : b;

    public static Timestamp Later(Timestamp a, Timestamp b) => a > b ? a : b;

    /// <summary>The first whole millisecond not before <paramref name="time"/>, the venues' finest unit.</summary>
    public static Timestamp UpToMillisecond(Timestamp time) => Timestamp.FromUnixMilliseconds((time + TimeSpan.FromMicroseconds(999)).UnixMilliseconds);
}
