namespace Mts.Adapters.Wire;

/// <summary>The times of frames: milliseconds from 1973 to 5138, or microseconds where the number is a thousand times as large.</summary>
internal static class WireTime
{
    private const long FirstMillisecond = 100_000_000_000;
    private const long FirstMicrosecond = 100_000_000_000_000;
    private const long EndOfMicroseconds = 100_000_000_000_000_000;

    public static bool TryRead(long value, out Timestamp time)
    {
        time = value < FirstMicrosecond ? new Timestamp(value * 1_000) : new Timestamp(value);
        return value is >= FirstMillisecond and < EndOfMicroseconds;
    }
}
