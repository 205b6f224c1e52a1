using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;

namespace Mts.Adapters.Notifications;

/// <summary>The section <c>notifications</c>: how each channel is reached. Secrets come best by the environment.</summary>
public sealed record NotificationOptions
{
    /// <summary>Names of all channels, as in <c>alerts.channels</c>.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["discord", "telegram", "slack", "webhook"];

    /// <summary>Longest time for one try, 1 second to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public DiscordOptions Discord { get; init; } = new();

    public TelegramOptions Telegram { get; init; } = new();

    public SlackOptions Slack { get; init; } = new();

    public WebhookOptions Webhook { get; init; } = new();

    /// <summary>What is out of range or cannot be read, whether the channel is on or not; each problem names its setting.</summary>
    public IEnumerable<string> Problems() => OptionProblems.Of("notifications", this).Concat(Contradictions());

    /// <summary>The same without the ranges of single settings.</summary>
    public IEnumerable<string> Contradictions() =>
        DiscordNotifier.Problems(Discord).Concat(TelegramNotifier.Problems(Telegram)).Concat(SlackNotifier.Problems(Slack)).Concat(WebhookNotifier.Problems(Webhook));

    /// <summary>What the channels that are on cannot do without.</summary>
    /// <param name="channels">As in <c>alerts.channels</c>.</param>
    public IEnumerable<string> Missing(IEnumerable<string> channels) => channels.SelectMany(channel => channel switch
    {
        "discord" => Needed(channel, ("discord.webhookKey", Discord.WebhookKey)),
        "telegram" => Needed(channel, ("telegram.token", Telegram.Token), ("telegram.chatId", Telegram.ChatId)),
        "slack" => Needed(channel, ("slack.webhookKey", Slack.WebhookKey)),
        "webhook" => Needed(channel, ("webhook.address", Webhook.Address?.AbsoluteUri), ("webhook.secret", Webhook.Secret)),
        _ => [],
    });

    private static IEnumerable<string> Needed(string channel, params IEnumerable<(string Name, string? Value)> settings) => settings
        .Where(s => string.IsNullOrWhiteSpace(s.Value))
        .Select(s => $"notifications.{s.Name} (MTS__Notifications__{Variable(s.Name)}) is missing, and the channel {channel} is on; set it, or take {channel} out of alerts.channels.");

    private static string Variable(string name) => string.Join("__", name.Split('.').Select(p => char.ToUpperInvariant(p[0]) + p[1..]));
}

/// <summary>The section <c>notifications.discord</c>.</summary>
public sealed record DiscordOptions
{
    /// <summary>The webhook's address, <c>https://discord.com/api/v10/webhooks/{id}/{token}</c>; a secret.</summary>
    public string WebhookKey { get; init; } = "";

    /// <summary>Thread of the channel to post in; empty for the channel itself.</summary>
    public string Thread { get; init; } = "";
}

/// <summary>The section <c>notifications.telegram</c>.</summary>
public sealed record TelegramOptions
{
    public Uri BaseAddress { get; init; } = new("https://api.telegram.org");

    /// <summary>The bot's token, <c>123456789:AA…</c>; a secret.</summary>
    public string Token { get; init; } = "";

    /// <summary>A number, negative for groups, or <c>@channel</c>.</summary>
    public string ChatId { get; init; } = "";
}

/// <summary>The section <c>notifications.slack</c>.</summary>
public sealed record SlackOptions
{
    /// <summary>The webhook's address, <c>https://hooks.slack.com/services/T…/B…/X…</c>; a secret.</summary>
    public string WebhookKey { get; init; } = "";
}

/// <summary>The section <c>notifications.webhook</c>: a receiver of one's own that checks signatures (Standard Webhooks 1.0.0).</summary>
public sealed record WebhookOptions
{
    public Uri? Address { get; init; }

    /// <summary><c>whsec_</c> and the base64 of 24 to 64 random bytes.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The secret before, as long as receivers still go by it; empty for none.</summary>
    public string PreviousSecret { get; init; } = "";

    /// <summary>Whether the address may be of this machine or a private network.</summary>
    public bool AllowPrivate { get; init; }
}
