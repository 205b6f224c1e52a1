using Mts.Adapters.Venues;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Binance;

internal static partial class BinanceParser
{
    /// <summary>The markets that trade now: spot pairs, or perpetuals where contracts are listed.</summary>
    /// <param name="body">The answer of either host.</param>
    /// <param name="fundingIntervals">By the venue's symbol.</param>
    /// <param name="defaultFunding">For perpetuals not in it.</param>
    /// <remarks>
    /// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/general-endpoints#exchange-information,
    /// https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Exchange-Information.
    /// </remarks>
    public static InstrumentPage ParseExchangeInfo(
        ReadOnlySpan<byte> body, IReadOnlyDictionary<string, TimeSpan>? fundingIntervals = null, TimeSpan? defaultFunding = null)
    {
        var reader = new WireReader(body, "binance exchangeInfo");
        List<Instrument?>? markets = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("symbols"u8)) markets = reader.Items((ref market) => ParseMarket(ref market).ToInstrument(fundingIntervals, defaultFunding));
            else reader.Skip();
        }

        return InstrumentPage.Of(reader.Require(markets, "symbols"));
    }

    private static Market ParseMarket(ref WireReader reader)
    {
        var market = new Market();
        string? symbol = null, status = null, baseAsset = null, quoteAsset = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("symbol"u8)) symbol = reader.Text();
            else if (reader.IsField("status"u8)) status = reader.Text();
            else if (reader.IsField("baseAsset"u8)) baseAsset = reader.Text();
            else if (reader.IsField("quoteAsset"u8)) quoteAsset = reader.Text();
            else if (reader.IsField("marginAsset"u8)) market.MarginAsset = reader.Text();
            else if (reader.IsField("contractType"u8)) market.ContractType = reader.Text();
            else if (reader.IsField("filters"u8)) ParseFilters(ref reader, ref market);
            else reader.Skip();
        }

        market.VenueSymbol = reader.Require(symbol, "symbol");
        market.Status = reader.Require(status, "status");
        (market.Base, market.Quote) = (reader.Require(baseAsset, "baseAsset"), reader.Require(quoteAsset, "quoteAsset"));
        return market;
    }

    private static void ParseFilters(ref WireReader reader, ref Market market)
    {
        reader.StartArray();
        while (reader.NextItem())
        {
            string? type = null;
            decimal? tick = null, step = null, notional = null;
            reader.StartObject();
            while (reader.NextField())
            {
                if (reader.IsField("filterType"u8)) type = reader.Text();
                else if (reader.IsField("tickSize"u8)) tick = reader.Exact();
                else if (reader.IsField("stepSize"u8)) step = reader.Exact();
                else if (reader.IsField("minNotional"u8) || reader.IsField("notional"u8)) notional = reader.Exact();
                else reader.Skip();
            }

            // A step of 0 switches the rule off.
            switch (reader.Require(type, "filterType"))
            {
                case "PRICE_FILTER" when tick > 0: market.Tick = tick; break;
                case "LOT_SIZE" when step > 0: market.Lot = step; break;
                case "MIN_NOTIONAL" or "NOTIONAL" when notional > 0: market.MinNotional = notional; break;
            }
        }
    }

    private struct Market
    {
        public string VenueSymbol, Status, Base, Quote;
        public string? MarginAsset, ContractType;
        public decimal? Tick, Lot, MinNotional;

        public readonly Instrument? ToInstrument(IReadOnlyDictionary<string, TimeSpan>? fundingIntervals, TimeSpan? defaultFunding)
        {
            if (Status != "TRADING" || (ContractType is not null and not ("PERPETUAL" or "TRADIFI_PERPETUAL"))) return null;
            var symbol = new Symbol(Base, Quote, ContractType is null ? null : MarginAsset ?? Quote);
            if (!InstrumentPage.CanBeNamed(symbol, symbol.Compact, VenueSymbol)) return null;
            TimeSpan? funding = null;
            if (symbol.IsPerpetual) funding = fundingIntervals is not null && fundingIntervals.TryGetValue(VenueSymbol, out var own) ? own : defaultFunding;
            return new Instrument("binance", symbol, Tick, Lot, MinNotional, funding);
        }
    }
}
