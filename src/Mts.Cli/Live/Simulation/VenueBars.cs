using System.Globalization;
using System.Text.Json;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Cli.Live.Simulation;

/// <summary>A venue's own one-minute bars, read without any code of the feeds.</summary>
internal static class VenueBars
{
    /// <returns>The bar that opens at a moment; null where the venue does not give it.</returns>
    public static Bar? At(SimulatedVenue venue, string symbol, Timestamp open, Timestamp now)
    {
        var start = open.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
        var path = venue.Venue switch
        {
            Venue.BinanceSpot => $"/api/v3/klines?symbol={symbol}&interval=1m&startTime={start}&limit=1",
            Venue.BinanceUsdm => $"/fapi/v1/klines?symbol={symbol}&interval=1m&startTime={start}&limit=1",
            _ => $"/v5/market/kline?category={(venue.Venue == Venue.BybitSpot ? "spot" : "linear")}&symbol={symbol}&interval=1&start={start}&end={start}&limit=1",
        };
        var reply = venue.Get(path, "witness", now);
        if (reply.Status != 200) return null;
        using var document = JsonDocument.Parse(reply.Body);
        var list = venue.Venue is Venue.BinanceSpot or Venue.BinanceUsdm ? document.RootElement : document.RootElement.GetProperty("result").GetProperty("list");
        if (list.GetArrayLength() == 0) return null;
        var row = list[0];
        var time = row[0].ValueKind == JsonValueKind.Number ? row[0].GetInt64() : long.Parse(row[0].GetString()!, CultureInfo.InvariantCulture);
        return time == open.UnixMilliseconds ? new Bar(open, Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5])) : null;
    }

    private static double Number(JsonElement field) => double.Parse(field.GetString()!, CultureInfo.InvariantCulture);
}
