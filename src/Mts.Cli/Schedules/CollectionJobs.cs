using Mts.Cli.Commands.Collection;
using Mts.Cli.Output;
using Mts.Pipeline.History;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Schedules;

/// <summary>Lends the store to one job.</summary>
internal delegate Task<JobOutcome> StoreLending(Func<SqliteStore, Task<JobOutcome>> use, CancellationToken cancellationToken);

/// <summary>The jobs of schedules.</summary>
/// <param name="session">Settings, clock and log.</param>
/// <param name="sources">The services.</param>
/// <param name="lend">The store, for as long as a job runs.</param>
internal sealed class CollectionJobs(Session session, Sources sources, StoreLending lend)
{
    private const int RowsPerTrim = 5_000;

    /// <summary>Daily bars, holes included.</summary>
    public ScheduledJob Bars(TimeSpan every, int days)
    {
        var venue = session.Settings.Sources.Order[0];
        var markets = Collections.MarketsOf(session, venue, []);
        return new ScheduledJob("collect", every, cancellationToken => lend(
            async store =>
            {
                var now = Timestamp.Now(session.Clock);
                var reports = await Collections.BarsAsync(session, sources, store, venue, markets, Interval.Day, now - TimeSpan.FromDays(days), now, null, cancellationToken);
                session.MirrorAsCsv(store);
                return OutcomeOf(reports);
            },
            cancellationToken));
    }

    public ScheduledJob Macro(TimeSpan every, int days, IReadOnlyList<MacroSeries> series) => new("collect-macro", every, cancellationToken => lend(
        async store =>
        {
            var now = Timestamp.Now(session.Clock);
            var reports = await Collections.MacroAsync(session, sources, store, series, now - TimeSpan.FromDays(days), now, new MacroFill(MacroFillKind.None), null, cancellationToken);
            session.MirrorAsCsv(store);
            return OutcomeOf(reports);
        },
        cancellationToken));

    /// <summary>Deletes from the tables of the live feeds what is no longer kept.</summary>
    public ScheduledJob Retention(TimeSpan every) => new("retention", every, cancellationToken => lend(
        async store =>
        {
            var (rows, now) = (0L, Timestamp.Now(session.Clock));
            foreach (var (kind, rule) in session.Settings.Realtime.Recording.ToOptions().Retention)
            {
                int step;
                do
                {
                    rows += step = store.TrimRealtime(kind, rule, now, RowsPerTrim);
                    // Others write between two steps.
                    await Task.Yield();
                }
                while (step > 0 && !cancellationToken.IsCancellationRequested);
            }

            return new JobOutcome($"{Figures.Count(rows)} rows deleted");
        },
        cancellationToken));

    private static JobOutcome OutcomeOf(IReadOnlyList<CollectionReport> reports)
    {
        var failed = reports.Where(r => r.Failure is not null).ToList();
        var text = $"{reports.Count} series, {Figures.Count(reports.Sum(r => r.Fetched))} fetched, {Figures.Count(reports.Sum(r => r.Written.Inserted))} new, {Figures.Count(reports.Sum(r => r.Written.Revised))} revised";
        return failed.Count == 0 ? new JobOutcome(text) : new JobOutcome($"{text}, {failed.Count} failed: {string.Join("; ", failed.Select(f => $"{f.Series}: {f.Failure}"))}", IsFailed: true);
    }
}
