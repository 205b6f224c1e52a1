namespace Mts.Core.Market;

/// <summary>The length of a bar: a fixed span on a grid that starts at the Unix epoch, weeks on Monday.</summary>
public readonly record struct Interval
{
    private static readonly (string Name, long Seconds)[] Known =
    [
        ("1s", 1), ("1m", 60), ("3m", 180), ("5m", 300), ("15m", 900), ("30m", 1_800),
        ("1h", 3_600), ("2h", 7_200), ("4h", 14_400), ("6h", 21_600), ("8h", 28_800), ("12h", 43_200),
        ("1d", 86_400), ("3d", 259_200), ("1w", 604_800),
    ];

    // 1970-01-01 was a Thursday; the Monday grid is shifted by four days.
    private const long MondayShift = 4 * Timestamp.MicrosPerDay;

    private Interval(long micros) => Micros = micros;

    public static readonly Interval Minute = new(60 * Timestamp.MicrosPerSecond);
    public static readonly Interval Hour = new(3_600 * Timestamp.MicrosPerSecond);
    public static readonly Interval FourHours = new(14_400 * Timestamp.MicrosPerSecond);
    public static readonly Interval Day = new(Timestamp.MicrosPerDay);
    public static readonly Interval Week = new(7 * Timestamp.MicrosPerDay);

    /// <summary>Of bars that end when something is full instead of when time is up; their series carries close times.</summary>
    public static readonly Interval Irregular;

    /// <summary>The calendar month, UTC: for bars that are made of shorter ones, never for stored ones. Its length is the mean one of the Gregorian calendar.</summary>
    public static readonly Interval Month = new(2_629_746 * Timestamp.MicrosPerSecond);

    /// <summary>Length in microseconds.</summary>
    public long Micros { get; }

    public TimeSpan Length => TimeSpan.FromTicks(Micros * 10);

    /// <summary>All intervals by name, shortest first.</summary>
    public static IEnumerable<string> Names => Known.Select(k => k.Name);

    public static bool TryParse(string? text, out Interval interval)
    {
        foreach (var (name, seconds) in Known)
        {
            if (!string.Equals(name, text, StringComparison.Ordinal) && !string.Equals(Alias(text), name, StringComparison.Ordinal)) continue;
            interval = new Interval(seconds * Timestamp.MicrosPerSecond);
            return true;
        }

        interval = default;
        return false;
    }

    /// <exception cref="ConfigurationException">The interval is unknown; the message lists those there are.</exception>
    public static Interval Parse(string text) =>
        TryParse(text, out var interval)
            ? interval
            : throw new ConfigurationException($"'{text}' is not an interval; allowed are {string.Join(' ', Names)} (a calendar month has no fixed length).");

    /// <summary>The interval of this length, or null where the length is not one of the known ones.</summary>
    public static Interval? FromMicros(long micros)
    {
        foreach (var (_, seconds) in Known)
        {
            if (seconds * Timestamp.MicrosPerSecond == micros) return new Interval(micros);
        }

        return null;
    }

    /// <summary>Whether bars of this length can be made of whole bars of <paramref name="shorter"/>.</summary>
    public bool IsMultipleOf(Interval shorter) =>
        shorter.Micros > 0 && shorter != Month && (this == Month ? Timestamp.MicrosPerDay : Micros) % shorter.Micros == 0;

    /// <summary>When the bar that opens at <paramref name="open"/> closes.</summary>
    public Timestamp End(Timestamp open) => this == Month ? Timestamp.FromDate(open.Date.AddMonths(1)) : new Timestamp(open.Micros + Micros);

    /// <summary>The open time of the bucket that holds <paramref name="time"/>.</summary>
    public Timestamp Floor(Timestamp time)
    {
        if (this == Irregular) return time;
        if (this == Month) return Timestamp.FromDate(new DateOnly(time.Date.Year, time.Date.Month, 1));
        var shift = Micros == Week.Micros ? MondayShift : 0;
        return new Timestamp((Timestamp.FloorDiv(time.Micros - shift, Micros) * Micros) + shift);
    }

    public bool IsOnGrid(Timestamp time) => Floor(time) == time;

    public override string ToString()
    {
        foreach (var (name, seconds) in Known)
        {
            if (seconds * Timestamp.MicrosPerSecond == Micros) return name;
        }

        if (this == Irregular) return "irregular";
        return this == Month ? "1M" : $"{Micros}us";
    }

    private static string? Alias(string? text) => text switch
    {
        "1D" or "D" or "daily" => "1d",
        "1W" or "W" or "weekly" => "1w",
        "1H" or "60m" or "hourly" => "1h",
        "4H" or "240m" => "4h",
        _ => null,
    };
}
