using Mts.Adapters.Venues;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Bybit;

internal static partial class BybitParser
{
    /// <remarks>https://bybit-exchange.github.io/docs/v5/market/orderbook</remarks>
    public static DepthSnapshot ParseOrderBook(ReadOnlySpan<byte> body, Symbol symbol, string venueSymbol)
    {
        var reader = new WireReader(body, "bybit orderbook");
        string? market = null;
        long? update = null;
        Timestamp? matched = null, sent = null;
        List<BookLevel>? bids = null, asks = null;
        EnterResult(ref reader);
        while (reader.NextField())
        {
            if (reader.IsField("s"u8)) market = reader.Text();
            else if (reader.IsField("u"u8)) update = reader.Integer();
            else if (reader.IsField("cts"u8)) matched = reader.Milliseconds();
            else if (reader.IsField("ts"u8)) sent = reader.Milliseconds();
            else if (reader.IsField("b"u8)) bids = reader.Items(VenueRows.Level);
            else if (reader.IsField("a"u8)) asks = reader.Items(VenueRows.Level);
            else reader.Skip();
        }

        Demand(ref reader, venueSymbol, market, "s");
        return new DepthSnapshot(symbol, reader.Require(update, "u"), matched ?? reader.Require(sent, "ts"), reader.Require(bids, "b"), reader.Require(asks, "a"));
    }

    /// <summary>Last price, best quotes and, for a perpetual, its mark price.</summary>
    /// <remarks>https://bybit-exchange.github.io/docs/v5/market/tickers</remarks>
    public static (Ticker Ticker, MarkPrice? Mark) ParseTicker(ReadOnlySpan<byte> body, Symbol symbol, string venueSymbol)
    {
        var reader = new WireReader(body, "bybit tickers");
        TickerRow? row = null;
        EnterResult(ref reader);
        while (reader.NextField())
        {
            if (!reader.IsField("list"u8))
            {
                reader.Skip();
                continue;
            }

            reader.StartArray();
            while (reader.NextItem())
            {
                if (row is not null) throw reader.Fail("more than one market where one was asked for");
                row = ParseTickerRow(ref reader);
            }
        }

        var found = reader.Require(row, "list[0]");
        Demand(ref reader, venueSymbol, found.Symbol, "symbol");
        return found.At(symbol, EnvelopeTime(ref reader));
    }

    private static TickerRow ParseTickerRow(ref WireReader reader)
    {
        var row = new TickerRow();
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("symbol"u8)) row.Symbol = reader.Text();
            else if (reader.IsField("lastPrice"u8)) row.Last = reader.ExactOrNone();
            else if (reader.IsField("bid1Price"u8)) row.Bid = reader.ExactOrNone();
            else if (reader.IsField("bid1Size"u8)) row.BidSize = reader.ExactOrNone();
            else if (reader.IsField("ask1Price"u8)) row.Ask = reader.ExactOrNone();
            else if (reader.IsField("ask1Size"u8)) row.AskSize = reader.ExactOrNone();
            else if (reader.IsField("markPrice"u8)) row.Mark = reader.ExactOrNone();
            else if (reader.IsField("indexPrice"u8)) row.Index = reader.ExactOrNone();
            else if (reader.IsField("fundingRate"u8)) row.Rate = reader.QuotedNumberOrNone();
            else if (reader.IsField("nextFundingTime"u8) && !reader.IsText(""u8)) row.NextFunding = reader.QuotedMilliseconds();
            else reader.Skip();
        }

        return row;
    }

    private struct TickerRow
    {
        public string? Symbol;
        public decimal? Last, Bid, BidSize, Ask, AskSize, Mark, Index;
        public double? Rate;
        public Timestamp? NextFunding;

        public readonly (Ticker, MarkPrice?) At(Symbol symbol, Timestamp time) =>
            (new Ticker(symbol, time, Last, Quote(Bid, BidSize), Quote(Ask, AskSize)),
             Mark is { } mark ? new MarkPrice(symbol, time, mark, Index, Rate, NextFunding == default(Timestamp) ? null : NextFunding) : null);

        private static BookLevel? Quote(decimal? price, decimal? size) => price > 0 && size is { } s ? new BookLevel(price.Value, s) : null;
    }
}
