using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Trades;

/// <summary>Which column of a file of trades is what; −1 for one that it has not.</summary>
internal sealed record TradeLayout(int Columns, int Time, int Price, int Quantity, int Id = -1, int FirstId = -1, int LastId = -1)
{
    private static readonly string[] Times = ["time", "timestamp", "transact_time", "trade_time", "date"];
    private static readonly string[] Prices = ["price"];
    private static readonly string[] Quantities = ["qty", "quantity", "amount", "size", "volume"];
    private static readonly string[] Ids = ["id", "agg_trade_id", "a", "trade_id", "trdmatchid"];

    /// <returns>The layout that the first row tells, and whether that row is a header; null where it is no row of trades.</returns>
    public static (TradeLayout Layout, bool IsHeader)? Of(string[] cells)
    {
        var names = Array.ConvertAll(cells, c => c.ToLowerInvariant());
        var (time, price, quantity) = (Find(names, Times), Find(names, Prices), Find(names, Quantities));
        if (time >= 0 && price >= 0 && quantity >= 0)
            return (new TradeLayout(cells.Length, time, price, quantity, Find(names, Ids), Find(names, ["first_trade_id"]), Find(names, ["last_trade_id"])), true);
        return Archive(cells) is { } archive ? (archive, false) : null;
    }

    // Binance's archives without a header: the column behind the time says which side was the maker.
    // https://github.com/binance/binance-public-data: trades are id, price, quantity, quote quantity, time, maker; aggregated ones id, price, quantity, first id, last id, time, maker.
    private static TradeLayout? Archive(string[] cells) => cells.Length switch
    {
        6 or 7 when IsFlag(cells[5]) && IsTime(cells[4]) => new TradeLayout(cells.Length, Time: 4, Price: 1, Quantity: 2, Id: 0),
        7 or 8 when IsFlag(cells[6]) && IsTime(cells[5]) => new TradeLayout(cells.Length, Time: 5, Price: 1, Quantity: 2, Id: 0, FirstId: 3, LastId: 4),
        _ => null,
    };

    private static bool IsFlag(string cell) => bool.TryParse(cell, out _);

    private static bool IsTime(string cell) => cell.Length >= 10 && Utf8Time.TryParse(System.Text.Encoding.UTF8.GetBytes(cell), out _, out _);

    private static int Find(string[] names, string[] wanted)
    {
        foreach (var name in wanted)
        {
            if (Array.IndexOf(names, name) is >= 0 and var at) return at;
        }

        return -1;
    }
}
