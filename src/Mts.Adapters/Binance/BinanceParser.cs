using Mts.Adapters.Venues;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Binance;

/// <summary>Binance's REST answers to Core, pure.</summary>
/// <remarks>Fields come in any order and new ones appear at any time; keys differ only by case (<c>T</c>, <c>t</c>).</remarks>
internal static partial class BinanceParser
{
    /// <summary>Rows of twelve columns, oldest first; the last may be unfinished.</summary>
    /// <exception cref="DataValidationException">The body is no such list, or a row spans more than <paramref name="interval"/>.</exception>
    /// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints#klinecandlestick-data</remarks>
    public static List<Bar> ParseKlines(ReadOnlySpan<byte> body, Interval interval)
    {
        var bars = new List<Bar>();
        var reader = new WireReader(body, "binance klines");
        reader.StartArray();
        while (reader.NextItem()) bars.Add(ParseKline(ref reader, interval));
        return bars;
    }

    /// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/rest-api/general-endpoints#check-server-time</remarks>
    public static Timestamp ParseTime(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body, "binance time");
        Timestamp? time = null;
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.IsField("serverTime"u8)) time = reader.Milliseconds();
            else reader.Skip();
        }

        return reader.Require(time, "serverTime");
    }

    private static Bar ParseKline(ref WireReader reader, Interval interval)
    {
        reader.StartArray();
        reader.Item("the open time");
        var open = reader.Milliseconds();
        var bar = VenueRows.Bar(ref reader, open);
        reader.Item("the close time");
        var last = reader.Milliseconds();
        // A halt has cut bars short; a longer one belongs to another interval.
        if (last < open || last >= open + interval.Length) throw reader.Fail($"a {interval} bar from {open} to {last}");
        reader.SkipItems();
        return bar;
    }
}
