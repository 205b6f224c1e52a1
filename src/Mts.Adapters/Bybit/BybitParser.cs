using Mts.Adapters.Venues;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Bybit;

/// <summary>Bybit's REST answers to Core, pure: an envelope around <c>result</c>, nearly all numbers in quotes, lists newest first.</summary>
/// <remarks>An envelope whose retCode is not 0 never comes here; see <see cref="BybitFaults"/>.</remarks>
internal static partial class BybitParser
{
    /// <summary>The bars, turned to oldest first; the last may be unfinished.</summary>
    /// <exception cref="DataValidationException">The body is no such answer, or one for another market.</exception>
    /// <remarks>https://bybit-exchange.github.io/docs/v5/market/kline</remarks>
    public static List<Bar> ParseKlines(ReadOnlySpan<byte> body, string category, string venueSymbol)
    {
        var reader = new WireReader(body, "bybit kline");
        string? market = null, kind = null;
        List<Bar>? bars = null;
        EnterResult(ref reader);
        while (reader.NextField())
        {
            if (reader.IsField("symbol"u8)) market = reader.Text();
            else if (reader.IsField("category"u8)) kind = reader.Text();
            else if (reader.IsField("list"u8)) bars = reader.Items(ParseRow);
            else reader.Skip();
        }

        Demand(ref reader, category, kind, "category");
        Demand(ref reader, venueSymbol, market, "symbol");
        reader.Require(bars, "list").Reverse();
        return bars!;
    }

    /// <remarks>https://bybit-exchange.github.io/docs/v5/market/time</remarks>
    public static Timestamp ParseTime(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body, "bybit time");
        long? nanos = null;
        EnterResult(ref reader);
        while (reader.NextField())
        {
            if (reader.IsField("timeNano"u8)) nanos = reader.QuotedInteger();
            else reader.Skip();
        }

        return new Timestamp(reader.Require(nanos, "timeNano") / 1_000);
    }

    /// <summary>Settled rates, turned to oldest first.</summary>
    /// <remarks>https://bybit-exchange.github.io/docs/v5/market/history-fund-rate</remarks>
    public static List<FundingRate> ParseFundingRates(ReadOnlySpan<byte> body, string venueSymbol)
    {
        var reader = new WireReader(body, "bybit funding/history");
        List<FundingRate>? rates = null;
        EnterResult(ref reader);
        while (reader.NextField())
        {
            if (!reader.IsField("list"u8))
            {
                reader.Skip();
                continue;
            }

            rates = [];
            reader.StartArray();
            while (reader.NextItem()) rates.Add(ParseRate(ref reader, venueSymbol));
        }

        reader.Require(rates, "list").Reverse();
        return rates!;
    }

    private static Bar ParseRow(ref WireReader reader)
    {
        reader.StartArray();
        reader.Item("the start");
        var bar = VenueRows.Bar(ref reader, reader.QuotedMilliseconds());
        reader.SkipItems();
        return bar;
    }

    private static FundingRate ParseRate(ref WireReader reader, string venueSymbol)
    {
        string? symbol = null;
        Timestamp? time = null;
        double? rate = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("symbol"u8)) symbol = reader.Text();
            else if (reader.IsField("fundingRateTimestamp"u8)) time = reader.QuotedMilliseconds();
            else if (reader.IsField("fundingRate"u8)) rate = reader.QuotedNumber();
            else reader.Skip();
        }

        Demand(ref reader, venueSymbol, symbol, "symbol");
        return new FundingRate(reader.Require(time, "fundingRateTimestamp"), reader.Require(rate, "fundingRate"), null);
    }

    /// <summary>Steps into the envelope's <c>result</c>.</summary>
    private static void EnterResult(ref WireReader reader)
    {
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("result"u8))
            {
                reader.StartObject();
                return;
            }

            reader.Skip();
        }

        throw reader.Fail("'result' is missing");
    }

    /// <summary>The envelope's own time, from after its <c>result</c>.</summary>
    private static Timestamp EnvelopeTime(ref WireReader reader)
    {
        Timestamp? time = null;
        while (reader.NextField())
        {
            if (reader.IsField("time"u8)) time = reader.Milliseconds();
            else reader.Skip();
        }

        return reader.Require(time, "time");
    }

    private static void Demand(ref WireReader reader, string asked, string? given, string field)
    {
        if (reader.Require(given, field) != asked) throw reader.Fail($"an answer for {field} {given} instead of {asked}");
    }
}
