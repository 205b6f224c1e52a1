using Mts.Core.Market;

namespace Mts.Storage.Sqlite.Realtime;

/// <summary>The numbers of venue and symbol in the table <c>market</c>, looked up once.</summary>
internal sealed class MarketIds(Database database)
{
    private readonly Dictionary<(string Venue, Symbol Symbol), long> known = [];

    /// <summary>The market's number, which is made if need be.</summary>
    public long this[string venue, Symbol symbol]
    {
        get
        {
            if (!known.TryGetValue((venue, symbol), out var id)) known[(venue, symbol)] = id = FindOrAdd(venue, symbol.ToString());
            return id;
        }
    }

    /// <summary>After a transaction that was undone, for the numbers made in it are free again.</summary>
    public void Forget() => known.Clear();

    private long FindOrAdd(string venue, string symbol)
    {
        if (database.ReadInt64("SELECT id FROM market WHERE venue = ? AND symbol = ?", venue, symbol) is { } found) return found;
        database.Run("INSERT INTO market (venue, symbol) VALUES (?, ?)", venue, symbol);
        return database.LastId;
    }
}
