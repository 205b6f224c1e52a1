using System.Globalization;
using Mts.Core.Feeds;
using Mts.Simulator.Model;

namespace Mts.Cli.Live.Simulation;

/// <summary>Where the venues serve what feeds ask for.</summary>
internal static class VenuePaths
{
    public static string Of(Venue venue, FetchRequest request, int bybitDepth)
    {
        var symbol = request.Symbol.Compact;
        var root = venue == Venue.BinanceSpot ? "/api/v3" : "/fapi/v1";
        var category = venue == Venue.BybitSpot ? "spot" : "linear";
        var from = request.From?.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
        return (venue is Venue.BinanceSpot or Venue.BinanceUsdm, request.Kind) switch
        {
            (true, FetchKind.Time) => $"{root}/time",
            (false, FetchKind.Time) => "/v5/market/time",
            (true, FetchKind.Snapshot) => $"{root}/depth?symbol={symbol}&limit={request.Levels}",
            (true, FetchKind.Trades) => $"{root}/aggTrades?symbol={symbol}{(request.FromId is { } id ? $"&fromId={id}" : "")}&limit=1000",
            (true, _) => $"{root}/klines?symbol={symbol}&interval=1m&startTime={from}&limit=1000",
            (false, FetchKind.Snapshot) => $"/v5/market/orderbook?category={category}&symbol={symbol}&limit={Math.Min(request.Levels, bybitDepth)}",
            (false, FetchKind.Trades) => $"/v5/market/recent-trade?category={category}&symbol={symbol}&limit={(venue == Venue.BybitSpot ? 60 : 1000)}",
            (false, _) => $"/v5/market/kline?category={category}&symbol={symbol}&interval=1&start={from}&limit=1000",
        };
    }
}
