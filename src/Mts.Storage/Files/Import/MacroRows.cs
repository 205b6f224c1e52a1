using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Collects the observations of one series, one for each day, and counts the others.</summary>
internal sealed class MacroRows(MacroSeries series, DateOnly today)
{
    private readonly SortedDictionary<DateOnly, MacroObservation> byDay = [];
    private readonly List<long> times = [];

    public MacroSeries Series { get; } = series;

    public int Duplicates { get; private set; }

    public int Conflicts { get; private set; }

    /// <returns>Null, or the rule that the row breaks.</returns>
    public string? Add(DateOnly day, double? value, bool isInterpolated, bool isForwardFilled)
    {
        var observation = new MacroObservation(day, value, Series.KnownTime(day), isForwardFilled, isInterpolated);
        if (MacroRules.Broken(Series.Id, observation, today) is { } reason) return reason;
        times.Add(Timestamp.FromDate(day).Micros);
        if (byDay.TryAdd(day, observation)) return null;
        if (byDay[day] == observation) Duplicates++;
        else Conflicts++;
        return null;
    }

    public MacroImport Build(RowTally tally)
    {
        var observations = WithLaterKnownTimes();
        var order = RowOrder.Of(times.ToArray());
        var missing = observations.Count(o => o.Value is null);
        return new MacroImport(Series.Id, observations, new ImportReport
        {
            Kind = "macro",
            Files = tally.Files,
            Series = Series.Id,
            Dialects = tally.Dialects,
            RowsRead = tally.RowsRead,
            Accepted = observations.Count - missing,
            Missing = missing,
            Duplicates = Duplicates,
            Conflicts = Conflicts,
            Rejected = tally.Rejected,
            RejectedRows = tally.Sample,
            First = observations.Count > 0 ? Timestamp.FromDate(observations[0].Day) : null,
            Last = observations.Count > 0 ? Timestamp.FromDate(observations[^1].Day) : null,
            Order = order.Name,
            OutOfOrder = order.Against,
            Truncated = tally.IsTruncated,
        });
    }

    // What was interpolated could be known only with the observation after it.
    private List<MacroObservation> WithLaterKnownTimes()
    {
        var observations = byDay.Values.ToList();
        var later = Timestamp.MaxValue;
        for (var i = observations.Count - 1; i >= 0; i--)
        {
            if (observations[i].IsInterpolated) observations[i] = observations[i] with { KnownTime = later };
            else if (observations[i].Value is not null && !observations[i].IsForwardFilled) later = observations[i].KnownTime;
        }

        return observations;
    }
}
