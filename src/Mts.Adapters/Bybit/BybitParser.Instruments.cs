using Mts.Adapters.Venues;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Bybit;

internal static partial class BybitParser
{
    /// <summary>Spot pairs, or linear perpetuals; futures with an end are left out.</summary>
    /// <remarks>https://bybit-exchange.github.io/docs/v5/market/instrument</remarks>
    public static InstrumentPage ParseInstruments(ReadOnlySpan<byte> body, string category)
    {
        var reader = new WireReader(body, "bybit instruments-info");
        string? kind = null, cursor = null;
        List<Instrument?>? markets = null;
        EnterResult(ref reader);
        while (reader.NextField())
        {
            if (reader.IsField("category"u8)) kind = reader.Text();
            else if (reader.IsField("nextPageCursor"u8)) cursor = reader.Text();
            else if (reader.IsField("list"u8)) markets = reader.Items(static (ref market) => ParseMarket(ref market).ToInstrument());
            else reader.Skip();
        }

        Demand(ref reader, category, kind, "category");
        return InstrumentPage.Of(reader.Require(markets, "list"), string.IsNullOrEmpty(cursor) ? null : cursor);
    }

    private static Market ParseMarket(ref WireReader reader)
    {
        var market = new Market();
        string? symbol = null, status = null, baseCoin = null, quoteCoin = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("symbol"u8)) symbol = reader.Text();
            else if (reader.IsField("status"u8)) status = reader.Text();
            else if (reader.IsField("baseCoin"u8)) baseCoin = reader.Text();
            else if (reader.IsField("quoteCoin"u8)) quoteCoin = reader.Text();
            else if (reader.IsField("settleCoin"u8)) market.SettleCoin = reader.Text();
            else if (reader.IsField("contractType"u8)) market.ContractType = reader.Text();
            else if (reader.IsField("fundingInterval"u8)) market.FundingMinutes = reader.Integer();
            else if (reader.IsField("priceFilter"u8)) ParseFilter(ref reader, ref market);
            else if (reader.IsField("lotSizeFilter"u8)) ParseFilter(ref reader, ref market);
            else reader.Skip();
        }

        market.VenueSymbol = reader.Require(symbol, "symbol");
        market.Status = reader.Require(status, "status");
        (market.Base, market.Quote) = (reader.Require(baseCoin, "baseCoin"), reader.Require(quoteCoin, "quoteCoin"));
        return market;
    }

    // Spot calls the quantity step basePrecision and the least value minOrderAmt.
    private static void ParseFilter(ref WireReader reader, ref Market market)
    {
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("tickSize"u8)) market.Tick = reader.ExactOrNone();
            else if (reader.IsField("qtyStep"u8) || reader.IsField("basePrecision"u8)) market.Lot = reader.ExactOrNone();
            else if (reader.IsField("minNotionalValue"u8) || reader.IsField("minOrderAmt"u8)) market.MinNotional = reader.ExactOrNone();
            else reader.Skip();
        }
    }

    private struct Market
    {
        public string VenueSymbol, Status, Base, Quote;
        public string? SettleCoin, ContractType;
        public long? FundingMinutes;
        public decimal? Tick, Lot, MinNotional;

        public readonly Instrument? ToInstrument()
        {
            if (Status != "Trading" || ContractType is not (null or "LinearPerpetual")) return null;
            var symbol = new Symbol(Base, Quote, ContractType is null ? null : SettleCoin ?? Quote);
            if (!InstrumentPage.CanBeNamed(symbol, BybitNames.SymbolOf(symbol), VenueSymbol)) return null;
            TimeSpan? funding = symbol.IsPerpetual && FundingMinutes is > 0 and < 10_080 ? TimeSpan.FromMinutes(FundingMinutes.Value) : null;
            return new Instrument("bybit", symbol, Positive(Tick), Positive(Lot), Positive(MinNotional), funding);
        }

        private static decimal? Positive(decimal? value) => value > 0 ? value : null;
    }
}
