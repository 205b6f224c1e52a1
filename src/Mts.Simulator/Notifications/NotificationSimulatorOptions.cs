namespace Mts.Simulator.Notifications;

/// <summary>What the simulated channels know and allow.</summary>
public sealed record NotificationSimulatorOptions
{
    /// <summary>First of four ports on loopback: Discord, Telegram, Slack, webhook; 0 for free ones.</summary>
    public int Port { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string DiscordId { get; init; } = "100000000000000001";

    public string DiscordToken { get; init; } = "simulated-discord-token";

    /// <summary>Messages in any two seconds.</summary>
    public int DiscordPerTwoSeconds { get; init; } = 5;

    public string TelegramToken { get; init; } = "100000001:simulated-telegram-token";

    /// <summary>The one chat, a supergroup.</summary>
    public string TelegramChat { get; init; } = "-1001234567890";

    /// <summary>The id of the same chat before it was upgraded.</summary>
    public string TelegramOldChat { get; init; } = "-4000";

    /// <summary>Messages at once; one a second after that.</summary>
    public int TelegramBurst { get; init; } = 3;

    public string SlackPath { get; init; } = "/services/T0SIM/B0SIM/simulated-slack-token";

    /// <summary>Messages at once; one a second after that.</summary>
    public int SlackBurst { get; init; } = 3;

    public string WebhookSecret { get; init; } = "whsec_c2ltdWxhdGVkLXdlYmhvb2stc2VjcmV0LW9mLXRlc3Rz";
}
