using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The range of a run: days as asked, both included, or all that every series has.</summary>
/// <param name="Start">Midnight of the first day; null for the first bar.</param>
/// <param name="End">Midnight after the last day; null for the last close.</param>
internal sealed record RunRange(Timestamp? Start, Timestamp? End)
{
    /// <exception cref="UsageException">The range is empty.</exception>
    public static RunRange Of(Timestamp? firstDay, Timestamp? lastDay, Interval interval)
    {
        if (firstDay is { } first && lastDay is { } last && (last < first || (last == first && interval.Micros >= Interval.Day.Micros)))
            throw new UsageException($"--start {first.Date:yyyy-MM-dd} must lie before --end {last.Date:yyyy-MM-dd}.");
        return new RunRange(firstDay, lastDay is { } day ? new Timestamp(day.Micros + Timestamp.MicrosPerDay) : null);
    }

    /// <summary>How many microseconds of the range a stored series covers; of the whole series where the range is open.</summary>
    public long Covered(SeriesInfo series)
    {
        if (series is not { First: { } first, Last: { } last }) return 0;
        var (from, until) = (Start ?? first, End ?? Close(last, series.Key));
        return Math.Max(0, Math.Min(Close(last, series.Key).Micros, until.Micros) - Math.Max(first.Micros, from.Micros));
    }

    public bool IsCoveredBy(SeriesInfo series) =>
        series is { First: { } first, Last: { } last }
        && (Start is not { } start || first.Micros - start.Micros < series.Key.Interval.Micros)
        && (End is not { } end || end.Micros - Close(last, series.Key).Micros < series.Key.Interval.Micros);

    /// <summary>The range in instants: where a side is open, from the latest first bar, to the earliest last close.</summary>
    public (Timestamp Start, Timestamp End) Resolve(IReadOnlyList<BarSeries> series)
    {
        var start = Start ?? series.Max(s => s[0].OpenTime);
        var end = End ?? series.Min(s => s.CloseTime(s.Length - 1));
        return start < end ? (start, end) : throw new BacktestDataException($"the series have no common range: the last one starts at {start}, the first one ends at {end}.");
    }

    private static Timestamp Close(Timestamp open, SeriesKey key) => new(open.Micros + key.Interval.Micros);
}
