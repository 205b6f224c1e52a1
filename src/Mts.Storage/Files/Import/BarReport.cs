using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Puts the counts of an import of bars together.</summary>
internal static class BarReport
{
    public static ImportReport Of(BarSeries series, BarAssembler assembler, RowTally tally, RowOrder order, string lastBar)
    {
        var gaps = Holes.Find(series.OpenTimes, series.Key.Interval);
        var report = new ImportReport
        {
            Kind = "bars",
            Files = tally.Files,
            Series = series.Key.ToString(),
            Dialects = tally.Dialects,
            Interval = series.Key.Interval.ToString(),
            RowsRead = tally.RowsRead,
            Accepted = series.Length,
            Duplicates = assembler.Duplicates,
            DuplicatesWithOtherVolume = assembler.DuplicatesWithOtherVolume,
            Conflicts = assembler.Losers.Count,
            Rejected = tally.Rejected,
            RejectedRows = tally.Sample,
            Incomplete = assembler.Incomplete,
            Gaps = gaps,
            MissingBars = gaps.Sum(g => g.Bars),
            ZeroVolume = assembler.ZeroVolume,
            HasVolume = series.HasVolume,
            First = series.Length > 0 ? series[0].OpenTime : null,
            Last = series.Length > 0 ? series[series.Length - 1].OpenTime : null,
            LastBar = lastBar,
            Order = order.Name,
            OutOfOrder = order.Against,
            TimeUnits = tally.TimeUnits,
            DateDisagreements = tally.DateDisagreements,
            Truncated = tally.IsTruncated,
        };
        return report with { Warnings = [.. Warnings(report)] };
    }

    private static IEnumerable<string> Warnings(ImportReport report)
    {
        if (report.Truncated) yield return "The file breaks off; the rows before the cut were read.";
        if (report.Order == "newest_first") yield return "Newest rows stand first; they were sorted.";
        if (report.TimeUnits.Count > 1) yield return $"Times are in mixed units: {string.Join(", ", report.TimeUnits.Select(u => $"{u.Value} rows in {u.Key}"))}.";
        if (report.DateDisagreements > 0) yield return $"In {report.DateDisagreements} rows the epoch time and the date differ; the epoch time was taken.";
        if (report.Conflicts > 0) yield return $"{report.Conflicts} rows contradict the accepted row of their time; they are kept as revisions.";
        if (report.LastBar == "unproven") yield return $"Nothing proves that the last bar ({report.Last}) had closed when the file was taken; --as-of TIME says when that was.";
        if (report.Incomplete > 1) yield return $"{report.Incomplete} bars close after the as-of time; one would be usual.";
        if (report.HasVolume == true && report.ZeroVolume == report.Accepted && report.Accepted > 0) yield return "Every volume is 0: the source probably has none.";
    }
}
