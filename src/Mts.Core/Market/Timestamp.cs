using System.Globalization;

namespace Mts.Core.Market;

/// <summary>An instant, as microseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="Micros">Unix microseconds, UTC; years 1 to 9999.</param>
public readonly record struct Timestamp(long Micros) : IComparable<Timestamp>
{
    public const long MicrosPerSecond = 1_000_000;
    public const long MicrosPerDay = 86_400 * MicrosPerSecond;

    public static readonly Timestamp MinValue = new(-62_135_596_800 * MicrosPerSecond);
    public static readonly Timestamp MaxValue = new((253_402_300_800 * MicrosPerSecond) - 1);

    public long UnixMilliseconds => FloorDiv(Micros, 1_000);

    /// <summary>The UTC calendar day.</summary>
    public DateOnly Date => DateOnly.FromDayNumber((int)FloorDiv(Micros, MicrosPerDay) + UnixEpochDay);

    private const int UnixEpochDay = 719_162;

    public static Timestamp FromUnixSeconds(long seconds) => new(checked(seconds * MicrosPerSecond));

    public static Timestamp FromUnixMilliseconds(long milliseconds) => new(checked(milliseconds * 1_000));

    /// <summary>Midnight UTC at the start of <paramref name="date"/>.</summary>
    public static Timestamp FromDate(DateOnly date) => new((date.DayNumber - UnixEpochDay) * MicrosPerDay);

    public static Timestamp FromDateTimeOffset(DateTimeOffset value) => new((value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10);

    /// <summary>The present instant of <paramref name="clock"/>.</summary>
    public static Timestamp Now(TimeProvider clock) => FromDateTimeOffset(clock.GetUtcNow());

    /// <summary>Reads an epoch number whose unit is told by its size: seconds below 10¹¹, milliseconds below 10¹⁴, microseconds below 10¹⁷, else nanoseconds.</summary>
    /// <remarks>The bounds leave 1973 to 5138 to each unit.</remarks>
    public static Timestamp FromEpoch(long value) => Math.Abs(value) switch
    {
        < 100_000_000_000 => FromUnixSeconds(value),
        < 100_000_000_000_000 => FromUnixMilliseconds(value),
        < 100_000_000_000_000_000 => new(value),
        _ => new(FloorDiv(value, 1_000)),
    };

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(Micros * 10);

    public static Timestamp Earlier(Timestamp a, Timestamp b) => a < b ? a : b;

    public static Timestamp Later(Timestamp a, Timestamp b) => a > b ? a : b;

    public static Timestamp operator +(Timestamp t, TimeSpan span) => new(t.Micros + (span.Ticks / 10));

    public static Timestamp operator -(Timestamp t, TimeSpan span) => new(t.Micros - (span.Ticks / 10));

    public static TimeSpan operator -(Timestamp a, Timestamp b) => TimeSpan.FromTicks((a.Micros - b.Micros) * 10);

    public static bool operator <(Timestamp a, Timestamp b) => a.Micros < b.Micros;

    public static bool operator >(Timestamp a, Timestamp b) => a.Micros > b.Micros;

    public static bool operator <=(Timestamp a, Timestamp b) => a.Micros <= b.Micros;

    public static bool operator >=(Timestamp a, Timestamp b) => a.Micros >= b.Micros;

    public int CompareTo(Timestamp other) => Micros.CompareTo(other.Micros);

    /// <summary>ISO 8601 with <c>Z</c>; whole seconds unless there is a fraction.</summary>
    public override string ToString()
    {
        var value = ToDateTimeOffset();
        if (Micros % MicrosPerSecond == 0) return value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return value.ToString(Micros % 1_000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads ISO 8601 (date, or date and time with or without zone; without one it is UTC) or an epoch number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Timestamp value)
    {
        value = default;
        text = text.Trim();
        if (text.IsEmpty) return false;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var epoch) && text.Length > 8)
        {
            value = FromEpoch(epoch);
            return true;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (text.Length < 10 || text[4] != '-' || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var parsed)) return false;
        value = FromDateTimeOffset(parsed);
        return true;
    }

    /// <exception cref="DataValidationException">The text is neither ISO 8601 nor an epoch number.</exception>
    public static Timestamp Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var value) ? value : throw new DataValidationException($"'{text}' is not a time; write 2024-01-31 or 2024-01-31T12:00:00Z.");

    internal static long FloorDiv(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);
}
