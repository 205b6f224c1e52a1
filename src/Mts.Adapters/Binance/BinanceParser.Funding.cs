using Mts.Adapters.Wire;

namespace Mts.Adapters.Binance;

internal static partial class BinanceParser
{
    /// <summary>Settled rates, oldest first.</summary>
    /// <exception cref="DataValidationException">The body is no such list, or a row is of another market.</exception>
    /// <remarks>https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History</remarks>
    public static List<FundingRate> ParseFundingRates(ReadOnlySpan<byte> body, string venueSymbol)
    {
        var rates = new List<FundingRate>();
        var reader = new WireReader(body, "binance fundingRate");
        reader.StartArray();
        while (reader.NextItem()) rates.Add(ParseFundingRate(ref reader, venueSymbol));
        return rates;
    }

    /// <summary>Funding intervals of the contracts that have their own.</summary>
    /// <remarks>https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-Info</remarks>
    public static Dictionary<string, TimeSpan> ParseFundingInfo(ReadOnlySpan<byte> body)
    {
        var intervals = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var reader = new WireReader(body, "binance fundingInfo");
        reader.StartArray();
        while (reader.NextItem())
        {
            string? symbol = null;
            long? hours = null;
            reader.StartObject();
            while (reader.NextField())
            {
                if (reader.IsField("symbol"u8)) symbol = reader.Text();
                else if (reader.IsField("fundingIntervalHours"u8)) hours = reader.Integer();
                else reader.Skip();
            }

            if (reader.Require(hours, "fundingIntervalHours") is < 1 or > 24) throw reader.Fail($"a funding interval of {hours} hours");
            intervals[reader.Require(symbol, "symbol")] = TimeSpan.FromHours(hours!.Value);
        }

        return intervals;
    }

    /// <remarks>https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Mark-Price</remarks>
    public static MarkPrice ParsePremiumIndex(ReadOnlySpan<byte> body, Symbol symbol)
    {
        var reader = new WireReader(body, "binance premiumIndex");
        string? market = null;
        decimal? mark = null, index = null;
        double? rate = null;
        Timestamp? next = null, time = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("symbol"u8)) market = reader.Text();
            else if (reader.IsField("markPrice"u8)) mark = reader.Exact();
            else if (reader.IsField("indexPrice"u8)) index = reader.ExactOrNone();
            else if (reader.IsField("lastFundingRate"u8)) rate = reader.QuotedNumberOrNone();
            else if (reader.IsField("nextFundingTime"u8)) next = reader.Milliseconds();
            else if (reader.IsField("time"u8)) time = reader.Milliseconds();
            else reader.Skip();
        }

        if (reader.Require(market, "symbol") != symbol.Compact) throw reader.Fail($"an answer for {market} instead of {symbol.Compact}");
        // Delivery contracts carry 0 and an empty rate.
        if (next == default(Timestamp)) next = null;
        return new MarkPrice(symbol, reader.Require(time, "time"), reader.Require(mark, "markPrice"), index, rate, next);
    }

    private static FundingRate ParseFundingRate(ref WireReader reader, string venueSymbol)
    {
        string? symbol = null;
        Timestamp? time = null;
        double? rate = null, mark = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("symbol"u8)) symbol = reader.Text();
            else if (reader.IsField("fundingTime"u8)) time = reader.Milliseconds();
            else if (reader.IsField("fundingRate"u8)) rate = reader.QuotedNumber();
            else if (reader.IsField("markPrice"u8)) mark = reader.QuotedNumberOrNone();
            else reader.Skip();
        }

        if (reader.Require(symbol, "symbol") != venueSymbol) throw reader.Fail($"a rate of {symbol} instead of {venueSymbol}");
        return new FundingRate(reader.Require(time, "fundingTime"), reader.Require(rate, "fundingRate"), mark);
    }
}
