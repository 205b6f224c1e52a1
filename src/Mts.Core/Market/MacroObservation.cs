namespace Mts.Core.Market;

/// <summary>One value of a macroeconomic series.</summary>
/// <param name="Day">The day (or first day of the period) that the value describes.</param>
/// <param name="Value">In the series' unit; null where the source says that there is none (a holiday).</param>
/// <param name="KnownTime">When the value became public; nothing may use it before.</param>
/// <param name="IsForwardFilled">The value is that of an earlier day, carried forward on request.</param>
/// <param name="IsInterpolated">The value lies between two observations and therefore was known only with the later one.</param>
public readonly record struct MacroObservation(
    DateOnly Day, double? Value, Timestamp KnownTime, bool IsForwardFilled = false, bool IsInterpolated = false);
