using Mts.Core.Ports;

namespace Mts.Storage.Sqlite.Realtime;

/// <summary>The condition of a <see cref="RealtimeRange"/>: parameters 1 to 4.</summary>
internal static class RangeSql
{
    public const string OfMarket = "(?1 IS NULL OR m.venue = ?1) AND (?2 IS NULL OR m.symbol = ?2)";

    public const string OfPair = "((?1 IS NULL OR m.venue = ?1) AND (?2 IS NULL OR m.symbol = ?2) OR (?1 IS NULL OR o.venue = ?1) AND (?2 IS NULL OR o.symbol = ?2))";

    public static string Times(string table) => $"({table}.time >= ?3 AND {table}.time < ?4)";

    public static List<T> ReadRange<T>(this Database database, string sql, Func<Statement, T> row, RealtimeRange range) => database.Read(
        sql, row, range.Venue, range.Symbol?.ToString(), range.From?.Micros ?? long.MinValue, range.Until?.Micros ?? long.MaxValue);
}
