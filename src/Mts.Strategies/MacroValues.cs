using Mts.Core.Market;

namespace Mts.Strategies;

/// <summary>Figures of the observations of a macro series that are known, oldest day first.</summary>
internal static class MacroValues
{
    // The weekly release of a daily series leaves its newest value up to ten days old.
    private const int MaxAgeDays = 14;

    /// <returns>Null where there is none, or the newest describes a day more than two weeks ago: the series has stopped.</returns>
    public static double? Newest(ReadOnlySpan<MacroObservation> known, Timestamp now) =>
        known.IsEmpty || now.Date.DayNumber - known[^1].Day.DayNumber > MaxAgeDays ? null : known[^1].Value;

    /// <returns>Of the last <paramref name="count"/> values; null where there are fewer.</returns>
    public static double? Mean(ReadOnlySpan<MacroObservation> known, int count)
    {
        if (known.Length < count) return null;
        var sum = 0.0;
        foreach (ref readonly var observation in known[^count..]) sum += observation.Value ?? 0;
        return sum / count;
    }
}
