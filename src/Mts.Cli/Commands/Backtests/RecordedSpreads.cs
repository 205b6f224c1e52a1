namespace Mts.Cli.Commands.Backtests;

/// <summary>The spreads that live feeds have left in the store.</summary>
internal static class RecordedSpreads
{
    // A little before the range, for the first orders.
    private static readonly TimeSpan Before = TimeSpan.FromHours(2);

    /// <returns>By the time at which they were received, oldest first; those of a crossed or empty book are left out.</returns>
    public static IReadOnlyList<SpreadQuote> Of(Storage.Sqlite.SqliteStore store, SeriesKey key, Timestamp start, Timestamp end) =>
    [
        .. store.ReadSpreads(new RealtimeRange(key.Venue, key.Symbol, start - Before, end))
            .Where(s => s.Absolute >= 0 && s.Mid > 0)
            .Select(s => new SpreadQuote(s.Received, s.Percentage * 100))
            .OrderBy(s => s.Time),
    ];
}
