using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>What is known about the data of the first version of the system.</summary>
internal static class OriginalData
{
    public const string Dialect = "mts-original";

    private static readonly (DateOnly Day, double Value)[] HandMade =
        [(new(2025, 1, 1), 25.5), (new(2025, 1, 3), 24.8), (new(2025, 1, 26), 18.45), (new(2025, 1, 28), 19.2)];

    /// <summary>Values of VIXCLS that were typed in for a test, on a holiday and a Sunday among others; FRED has none or others for these days.</summary>
    public static bool IsHandMade(string seriesId, DateOnly day, double? value) => seriesId == "VIXCLS" && value is { } number && HandMade.Contains((day, number));

    /// <returns>The points by time, and those that were there before with the same or another price.</returns>
    public static PointImport Points(string assetId, IReadOnlyList<PricePoint> rows, RowTally tally, Timestamp asOf)
    {
        var points = new SortedDictionary<Timestamp, PricePoint>();
        var (duplicates, conflicts, incomplete) = (0, 0, 0);
        foreach (var row in rows)
        {
            if (row.Time > asOf) incomplete++;
            else if (points.TryAdd(row.Time, row)) continue;
            else if (points[row.Time].Price.Equals(row.Price)) duplicates++;
            else conflicts++;
        }

        var order = RowOrder.Of(rows.Select(r => r.Time.Micros).ToArray());
        return new PointImport(assetId, [.. points.Values], new ImportReport
        {
            Kind = "points",
            Files = tally.Files,
            Series = $"coingecko {assetId}",
            Dialects = tally.Dialects,
            RowsRead = tally.RowsRead,
            Accepted = points.Count,
            Duplicates = duplicates,
            Conflicts = conflicts,
            Incomplete = incomplete,
            Rejected = tally.Rejected,
            RejectedRows = tally.Sample,
            First = points.Count > 0 ? points.Keys.First() : null,
            Last = points.Count > 0 ? points.Keys.Last() : null,
            Order = order.Name,
            OutOfOrder = order.Against,
            TimeUnits = tally.TimeUnits,
            Truncated = tally.IsTruncated,
            Warnings = ["Prices of the first version are samples of CoinGecko: they are kept as points, never as bars; its volume is that of the trailing 24 hours."],
        });
    }

    /// <summary>Time, price and trailing volume; a volume of 0 stands for none.</summary>
    public static PricePoint Point(Timestamp time, double price, double volume) => new(time, price, volume > 0 ? volume : null);

    public static string? Broken(double price) => !double.IsFinite(price) ? "not_finite" : price <= 0 ? "price_not_positive" : null;
}
