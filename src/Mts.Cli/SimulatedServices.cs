using Mts.Simulator;

namespace Mts.Cli;

/// <summary>The settings that point the adapters at a simulator, as environment variables.</summary>
internal static class SimulatedServices
{
    public static IReadOnlyList<(string Name, string Value)> Variables(SimulatorHost simulator, SimulatorOptions options) =>
    [
        ("MTS__Sources__Binance__SpotAddress", simulator.BinanceSpot.AbsoluteUri),
        ("MTS__Sources__Binance__UsdmAddress", simulator.BinanceUsdm.AbsoluteUri),
        ("MTS__Sources__Bybit__BaseAddress", simulator.Bybit.AbsoluteUri),
        ("MTS__Sources__CoinGecko__BaseAddress", new Uri(simulator.CoinGecko, "api/v3").AbsoluteUri),
        ("MTS__Sources__Fred__BaseAddress", new Uri(simulator.Fred, "fred").AbsoluteUri),
        ("MTS__Sources__Fred__ApiKey", options.FredKey),
    ];

    /// <summary>Where the venues' WebSocket streams are; the paths below are the venues' own.</summary>
    public static IReadOnlyList<(string Name, string Value)> Sockets(SimulatorHost simulator) =>
    [
        ("binance_spot", simulator.BinanceSpotSocket.AbsoluteUri),
        ("binance_usdm", simulator.BinanceUsdmSocket.AbsoluteUri),
        ("bybit", simulator.BybitSocket.AbsoluteUri),
    ];
}
