namespace Mts.Simulator.Macro;

/// <summary>On which days a series has rows.</summary>
internal enum MacroCalendar
{
    /// <summary>Weekdays; nothing on exchange holidays.</summary>
    Exchange,

    /// <summary>Weekdays; nothing on bank holidays.</summary>
    Bank,

    /// <summary>Every day; weekends and holidays repeat.</summary>
    SevenDays,

    /// <summary>The first of each month.</summary>
    Monthly,
}

/// <summary>One value as it stood from a moment on.</summary>
/// <param name="FromMs">When it was published.</param>
/// <param name="From">The same as a Central date: its vintage.</param>
/// <param name="Value">Null where the source says that there is none.</param>
internal readonly record struct Vintage(long FromMs, DateOnly From, double? Value);

/// <summary>A day or month of a series with all it ever said of it, oldest first.</summary>
internal sealed record MacroRow(DateOnly Day, IReadOnlyList<Vintage> Vintages);

/// <summary>What FRED says about a series, and how the model makes it.</summary>
internal sealed record MacroSeries(string Id, string Title, MacroCalendar Calendar, DateOnly First, int Decimals, string Units, string UnitsShort)
{
    /// <summary>The value of a day before rounding.</summary>
    public required Func<DateOnly, double> Value { get; init; }

    /// <summary>When the row of a day is published first.</summary>
    public required Func<DateOnly, long> Release { get; init; }

    /// <summary>Later values of a row: when, and by which factor of the true value. The first release has factor one.</summary>
    public Func<DateOnly, IEnumerable<(long FromMs, double Factor)>> Revisions { get; init; } = static _ => [];

    /// <summary>The first day for which old vintages are kept; what was published before is dated to it.</summary>
    public DateOnly VintagesFrom { get; init; } = new(2005, 1, 3);

    public bool IsSeasonallyAdjusted { get; init; }

    public string Frequency => Calendar switch
    {
        MacroCalendar.Monthly => "Monthly",
        MacroCalendar.SevenDays => "Daily, 7-Day",
        MacroCalendar.Exchange => "Daily, Close",
        _ => "Daily",
    };

    public string FrequencyShort => Calendar == MacroCalendar.Monthly ? "M" : "D";
}
