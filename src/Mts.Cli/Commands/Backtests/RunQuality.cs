using Mts.Core.Quality;
using Mts.Engine;
using Mts.Pipeline.History;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Backtests;

/// <summary>How good the data of a run is, from the store's ledger or the file's import.</summary>
internal static class RunQuality
{
    public static IReadOnlyList<SeriesQuality> OfStore(SqliteStore store, BacktestInputs inputs) =>
        [.. inputs.Instruments.Select(i => RangeQuality.Of(store, store, i.Series, inputs.Start, inputs.End))];

    /// <summary>Counts are of the whole file, which says more than its part; a file of bars made of trades has none.</summary>
    public static SeriesQuality OfFile(ImportReport? report, string file, BarSeries used, Timestamp start, Timestamp end)
    {
        var bars = RangeQuality.Whole(used, start, end);
        return bars with
        {
            Refused = report?.Rejected.Values.Sum() ?? 0, Conflicts = report?.Conflicts ?? 0, Sources = [new SourceShare(file, bars.Present)],
        };
    }

    /// <returns>What speaks against the data, as warnings.</returns>
    /// <exception cref="BacktestDataException">It does, and nobody allowed it.</exception>
    public static IReadOnlyList<string> Refuse(IReadOnlyList<SeriesQuality> quality, bool allow)
    {
        var complaints = quality.SelectMany(q => q.Complaints()).ToList();
        return complaints.Count == 0 || allow
            ? complaints
            : throw new BacktestDataException($"the data is bad: {string.Join("; ", complaints)}. See `mts data verify`; fetch it again, choose another range, or run over it with --allow-gaps.");
    }
}
