using Mts.Simulator;
using Mts.Simulator.Notifications;

namespace Mts.Cli;

/// <summary>The settings that point the adapters at a simulator, as environment variables.</summary>
internal static class SimulatedServices
{
    public static IReadOnlyList<(string Name, string Value)> Variables(SimulatorHost simulator, SimulatorOptions options) =>
    [
        ("MTS__Sources__Binance__SpotAddress", simulator.BinanceSpot.AbsoluteUri),
        ("MTS__Sources__Binance__UsdmAddress", simulator.BinanceUsdm.AbsoluteUri),
        ("MTS__Sources__Bybit__BaseAddress", simulator.Bybit.AbsoluteUri),
        ("MTS__Sources__Binance__StreamAddress", simulator.BinanceSpotSocket.AbsoluteUri),
        ("MTS__Sources__Binance__UsdmStreamAddress", simulator.BinanceUsdmSocket.AbsoluteUri),
        ("MTS__Sources__Bybit__StreamAddress", simulator.BybitSocket.AbsoluteUri),
        ("MTS__Sources__CoinGecko__BaseAddress", new Uri(simulator.CoinGecko, "api/v3").AbsoluteUri),
        ("MTS__Sources__Fred__BaseAddress", new Uri(simulator.Fred, "fred").AbsoluteUri),
        ("MTS__Sources__Fred__ApiKey", options.FredKey),
    ];

    public static Task<NotificationSimulator> StartChannelsAsync(SimulatorOptions options, CancellationToken cancellationToken) =>
        NotificationSimulator.StartAsync(new NotificationSimulatorOptions { Port = options.Port == 0 ? 0 : options.Port + 20, Clock = options.Clock }, cancellationToken);

    /// <summary>The settings that turn all channels on and point them at the simulated ones; none where there are none.</summary>
    public static IReadOnlyList<(string Name, string Value)> Variables(NotificationSimulator? channels) => channels is null ? [] :
    [
        ("MTS__Alerts__Channels", "discord,telegram,slack,webhook"),
        ("MTS__Notifications__Discord__WebhookKey", channels.Discord.AbsoluteUri),
        ("MTS__Notifications__Telegram__BaseAddress", channels.Telegram.AbsoluteUri),
        ("MTS__Notifications__Telegram__Token", channels.Options.TelegramToken),
        ("MTS__Notifications__Telegram__ChatId", channels.Options.TelegramChat),
        ("MTS__Notifications__Slack__WebhookKey", channels.Slack.AbsoluteUri),
        ("MTS__Notifications__Webhook__Address", channels.Webhook.AbsoluteUri),
        ("MTS__Notifications__Webhook__Secret", channels.Options.WebhookSecret),
        ("MTS__Notifications__Webhook__AllowPrivate", "true"),
    ];

    /// <summary>Where the venues' WebSocket streams are; the paths below are the venues' own.</summary>
    public static IReadOnlyList<(string Name, string Value)> Sockets(SimulatorHost simulator) =>
    [
        ("binance_spot", simulator.BinanceSpotSocket.AbsoluteUri),
        ("binance_usdm", simulator.BinanceUsdmSocket.AbsoluteUri),
        ("bybit", simulator.BybitSocket.AbsoluteUri),
    ];
}
