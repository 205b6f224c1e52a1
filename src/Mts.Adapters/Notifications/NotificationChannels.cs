using Microsoft.Extensions.Logging;
using Mts.Adapters.Http;
using Mts.Core.Ports;

namespace Mts.Adapters.Notifications;

/// <summary>The channels of the settings, ready to send.</summary>
public sealed class NotificationChannels : IDisposable
{
    private readonly List<INotifier> all = [];

    /// <param name="options">The section <c>notifications</c>.</param>
    /// <param name="channels">Which of them are on, <c>alerts.channels</c>.</param>
    /// <param name="clock">Timeouts and signatures go by it.</param>
    /// <param name="loggers">Never see a secret.</param>
    /// <exception cref="ConfigurationException">A channel has no credential, or one that cannot be; the message names the setting.</exception>
    public NotificationChannels(NotificationOptions options, IReadOnlyList<string> channels, TimeProvider clock, ILoggerFactory loggers)
    {
        OptionProblems.ThrowIfAny([.. options.Problems(), .. options.Missing(channels)]);
        var log = loggers.CreateLogger("Mts.Adapters.Notifications");
        foreach (var channel in channels.Distinct(StringComparer.Ordinal)) all.Add(Create(channel, options, clock, log));
    }

    public IReadOnlyList<INotifier> All => all;

    public void Dispose()
    {
        foreach (var one in all.OfType<IDisposable>()) one.Dispose();
    }

    private static INotifier Create(string channel, NotificationOptions options, TimeProvider clock, ILogger log) => channel switch
    {
        "discord" => new DiscordNotifier(options.Discord, new Poster(options.Timeout, clock)),
        "telegram" => new TelegramNotifier(options.Telegram, new Poster(options.Timeout, clock), log),
        "slack" => new SlackNotifier(options.Slack, new Poster(options.Timeout, clock)),
        "webhook" => new WebhookNotifier(options.Webhook, new Poster(options.Timeout, clock, publicOnly: !options.Webhook.AllowPrivate), clock),
        _ => throw new ConfigurationException($"alerts.channels: '{channel}' is unknown; allowed are {string.Join(", ", NotificationOptions.Channels)}."),
    };
}
