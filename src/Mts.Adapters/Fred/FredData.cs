namespace Mts.Adapters.Fred;

/// <summary>What FRED says about a series.</summary>
/// <param name="Id">The FRED id.</param>
/// <param name="Title">For people.</param>
/// <param name="First">Day of the first observation.</param>
/// <param name="Last">Day of the newest observation.</param>
/// <param name="Frequency"><c>D</c>, <c>W</c>, <c>M</c>, <c>Q</c> and others.</param>
/// <param name="Units">Of the values.</param>
/// <param name="SeasonalAdjustment"><c>SA</c>, <c>NSA</c>, <c>SAAR</c>.</param>
/// <param name="UpdatedAt">When the series last changed.</param>
public sealed record FredSeries(
    string Id, string Title, DateOnly First, DateOnly Last, string Frequency, string Units, string SeasonalAdjustment, Timestamp UpdatedAt);

/// <summary>A value, and the days on which FRED showed it.</summary>
/// <param name="Day">The day, or first day of the period, that it describes.</param>
/// <param name="Value">Null where FRED has "." for missing.</param>
/// <param name="ShownFrom">First day of the real-time period, at the earliest the first day asked for.</param>
public readonly record struct FredObservation(DateOnly Day, double? Value, DateOnly ShownFrom);

/// <param name="Observations">The rows of this page.</param>
/// <param name="Count">Rows of all pages together.</param>
/// <param name="Offset">Rows before this page.</param>
public sealed record FredPage(IReadOnlyList<FredObservation> Observations, int Count, int Offset);

/// <param name="Dates">The dates of this page.</param>
/// <param name="Count">Dates of all pages together.</param>
public sealed record FredVintagePage(IReadOnlyList<DateOnly> Dates, int Count);
