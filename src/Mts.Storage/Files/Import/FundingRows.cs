using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <param name="Time">Of the settlement, or when a quote was seen.</param>
/// <param name="Rate">Fraction of notional.</param>
/// <param name="SettlesAt">The settlement that the rate was quoted for; null where it is settled.</param>
internal readonly record struct FundingRow(Timestamp Time, double Rate, Timestamp? SettlesAt);

/// <summary>Lets one row of each time stand, and keeps quotes apart from payments.</summary>
internal static class FundingRows
{
    // No venue has settled more than a few percent of the notional at once; ten times that is another unit.
    private const double GreatestRate = 0.5;

    public static string? Broken(double rate) => !double.IsFinite(rate) ? "not_finite" : Math.Abs(rate) > GreatestRate ? "rate_out_of_range" : null;

    public static FundingImport Assemble(string? venue, Symbol? symbol, IReadOnlyList<FundingRow> rows, RowTally tally, Timestamp asOf)
    {
        var (rates, quotes) = (new List<FundingRate>(), new List<FundingQuote>());
        var (duplicates, conflicts) = (0, 0);
        foreach (var same in rows.Where(r => r.Time <= asOf).GroupBy(r => r.Time).OrderBy(g => g.Key))
        {
            var first = same.First();
            var equal = same.Count(r => r == first) - 1;
            duplicates += equal;
            conflicts += same.Count() - 1 - equal;
            if (first.SettlesAt is { } settlesAt && settlesAt > first.Time) quotes.Add(new FundingQuote(first.Time, first.Rate, settlesAt));
            else rates.Add(new FundingRate(first.Time, first.Rate, null));
        }

        var times = rates.Select(r => r.Time).Concat(quotes.Select(q => q.Time)).Order().ToList();
        var order = RowOrder.Of(rows.Select(r => r.Time.Micros).ToArray());
        return new FundingImport(rates, quotes, venue, symbol, new ImportReport
        {
            Kind = "funding",
            Files = tally.Files,
            Series = string.Join(' ', new[] { venue, symbol?.ToString(), "funding" }.OfType<string>()),
            Dialects = tally.Dialects,
            RowsRead = tally.RowsRead,
            Accepted = times.Count,
            Duplicates = duplicates,
            Conflicts = conflicts,
            Rejected = tally.Rejected,
            RejectedRows = tally.Sample,
            Incomplete = rows.Count(r => r.Time > asOf),
            First = times.Count > 0 ? times[0] : null,
            Last = times.Count > 0 ? times[^1] : null,
            Order = order.Name,
            OutOfOrder = order.Against,
            TimeUnits = tally.TimeUnits,
            Truncated = tally.IsTruncated,
            Warnings = quotes.Count == 0 ? [] : [$"{quotes.Count} rows are rates quoted before their settlement; they are no payments."],
        });
    }
}
