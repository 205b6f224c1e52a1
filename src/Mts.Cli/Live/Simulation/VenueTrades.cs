using System.Globalization;
using System.Text.Json;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Cli.Live.Simulation;

/// <summary>A venue's own newest trades, read without any code of the feeds.</summary>
internal static class VenueTrades
{
    /// <returns>As many as one page has; empty where the venue does not answer.</returns>
    public static IReadOnlyList<(UInt128 Id, Timestamp Time)> Newest(SimulatedVenue venue, string symbol, Timestamp now)
    {
        var isBinance = venue.Venue is Venue.BinanceSpot or Venue.BinanceUsdm;
        var reply = venue.Get(
            venue.Venue switch
            {
                Venue.BinanceSpot => $"/api/v3/aggTrades?symbol={symbol}&limit=1000",
                Venue.BinanceUsdm => $"/fapi/v1/aggTrades?symbol={symbol}&limit=1000",
                Venue.BybitSpot => $"/v5/market/recent-trade?category=spot&symbol={symbol}&limit=60",
                _ => $"/v5/market/recent-trade?category=linear&symbol={symbol}&limit=1000",
            },
            "witness", now);
        if (reply.Status != 200) return [];
        using var document = JsonDocument.Parse(reply.Body);
        var list = isBinance ? document.RootElement : document.RootElement.GetProperty("result").GetProperty("list");
        return [.. list.EnumerateArray().Select(t => isBinance
            ? ((UInt128)t.GetProperty("a").GetInt64(), Timestamp.FromUnixMilliseconds(t.GetProperty("T").GetInt64()))
            : (Id(t.GetProperty("execId").GetString()!), Timestamp.FromUnixMilliseconds(long.Parse(t.GetProperty("time").GetString()!, CultureInfo.InvariantCulture))))];
    }

    private static UInt128 Id(string text) => text.Contains('-', StringComparison.Ordinal)
        ? UInt128.Parse(text.Replace("-", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : UInt128.Parse(text, CultureInfo.InvariantCulture);
}
