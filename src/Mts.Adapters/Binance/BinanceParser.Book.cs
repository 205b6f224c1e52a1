using Mts.Adapters.Venues;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Binance;

internal static partial class BinanceParser
{
    /// <remarks>
    /// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints#order-book,
    /// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Order-Book (with times).
    /// </remarks>
    public static DepthSnapshot ParseDepth(ReadOnlySpan<byte> body, Symbol symbol)
    {
        var reader = new WireReader(body, "binance depth");
        long? id = null;
        Timestamp? time = null;
        List<BookLevel>? bids = null, asks = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("lastUpdateId"u8)) id = reader.Integer();
            else if (reader.IsField("T"u8)) time = reader.Milliseconds();
            else if (reader.IsField("bids"u8)) bids = reader.Items(VenueRows.Level);
            else if (reader.IsField("asks"u8)) asks = reader.Items(VenueRows.Level);
            else reader.Skip();
        }

        return new DepthSnapshot(symbol, reader.Require(id, "lastUpdateId"), time, reader.Require(bids, "bids"), reader.Require(asks, "asks"));
    }

    /// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints#compressedaggregate-trades-list</remarks>
    public static List<AggTrade> ParseAggTrades(ReadOnlySpan<byte> body)
    {
        var trades = new List<AggTrade>();
        var reader = new WireReader(body, "binance aggTrades");
        reader.StartArray();
        while (reader.NextItem())
        {
            var trade = ParseAggTrade(ref reader);
            if (trades.Count > 0 && trade.Id <= trades[^1].Id) throw reader.Fail($"trade {trade.Id} follows {trades[^1].Id}");
            trades.Add(trade);
        }

        return trades;
    }

    private static AggTrade ParseAggTrade(ref WireReader reader)
    {
        long? id = null, first = null, last = null;
        Timestamp? time = null;
        decimal? price = null, quantity = null;
        bool? buyerIsMaker = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("a"u8)) id = reader.Integer();
            else if (reader.IsField("p"u8)) price = reader.Exact();
            else if (reader.IsField("q"u8)) quantity = reader.Exact();
            else if (reader.IsField("f"u8)) first = reader.Integer();
            else if (reader.IsField("l"u8)) last = reader.Integer();
            else if (reader.IsField("T"u8)) time = reader.Milliseconds();
            else if (reader.IsField("m"u8)) buyerIsMaker = reader.Boolean();
            else reader.Skip();
        }

        return new AggTrade(reader.Require(id, "a"), reader.Require(time, "T"), reader.Require(price, "p"), reader.Require(quantity, "q"),
            reader.Require(first, "f"), reader.Require(last, "l"), reader.Require(buyerIsMaker, "m"));
    }
}
