using Mts.Core.Indicators;
using Mts.Core.Indicators.Statistics;
using Mts.Core.Market;

namespace Mts.Core.Analysis;

/// <summary>Where a macro series stands: its newest value, its changes, and how unusual it is.</summary>
/// <param name="Series">Which.</param>
/// <param name="Day">The day that the newest value describes.</param>
/// <param name="Value">In the series' unit.</param>
/// <param name="AgeDays">Whole days from that day to the moment of the look.</param>
/// <param name="Changes">By calendar days back, against the newest value on or before that day; fractions, null without one or from zero.</param>
/// <param name="ZScores">By number of earlier values: distance from their mean in sample deviations, the value itself not among them; null where they are fewer or do not vary.</param>
/// <param name="Percentile">Where the value stands among itself and those of the year before, 0 to 100.</param>
/// <param name="Regimes">What these figures are called, see <see cref="MacroRegimes"/>.</param>
public sealed record MacroFigures(
    MacroSeries Series, DateOnly Day, double Value, int AgeDays,
    IReadOnlyDictionary<int, double?> Changes, IReadOnlyDictionary<int, double?> ZScores, double? Percentile, IReadOnlyList<MacroRegime> Regimes)
{
    /// <summary>Calendar days.</summary>
    public static IReadOnlyList<int> ChangeDays { get; } = [1, 7, 30, 90];

    /// <summary>Values.</summary>
    public static IReadOnlyList<int> ZScoreLengths { get; } = [30, 90];

    /// <param name="series">Which.</param>
    /// <param name="known">What was public by <paramref name="asOf"/>.</param>
    /// <param name="asOf">The moment of the look.</param>
    /// <param name="period">What a value is the last one of; the lengths of the z-scores count these.</param>
    /// <returns>Null where nothing was public.</returns>
    public static MacroFigures? Of(MacroSeries series, DailySeries known, Timestamp asOf, Period period = Period.Day)
    {
        if (known.Length == 0) return null;
        var (day, value) = (known.Days[^1], known.Values[^1]);
        var changes = ChangeDays.ToDictionary(d => d, d => Change(known, d));
        var spaced = known.LastOf(period);
        var scores = ZScoreLengths.ToDictionary(n => n, n => ZScoreOf(spaced, n));
        var year = known.Values.Skip(known.At(day.AddDays(-365)) + 1).ToArray();
        return new MacroFigures(
            series, day, value, asOf.Date.DayNumber - day.DayNumber, changes, scores,
            PercentileRank.Of(year, value), MacroRegimes.Of(series.Id, value, changes, scores));
    }

    /// <summary>From the newest value on or before the day that lies so many calendar days before the newest one.</summary>
    /// <returns>A fraction; null without such a value, and from zero.</returns>
    public static double? Change(DailySeries series, int days)
    {
        if (series.Length == 0 || series.At(series.Days[^1].AddDays(-days)) is not (>= 0 and var before)) return null;
        return series.Values[before] == 0 ? null : (series.Values[^1] - series.Values[before]) / Math.Abs(series.Values[before]);
    }

    private static double? ZScoreOf(DailySeries series, int length) =>
        series.Length <= length ? null : ZScore.Of(series.Values[^1], [.. series.Values.Skip(series.Length - 1 - length).Take(length)]);
}
