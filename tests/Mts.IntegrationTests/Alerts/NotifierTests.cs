using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Notifications;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Simulator.Notifications;

namespace Mts.IntegrationTests.Alerts;

public sealed class NotifierTests : IAsyncLifetime
{
    private readonly NotificationSimulatorOptions rules = new() { DiscordPerTwoSeconds = 1_000, TelegramBurst = 1_000, SlackBurst = 1_000 };
    private NotificationSimulator simulator = null!;

    public static TheoryData<string> Channels => ["discord", "telegram", "slack", "webhook"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => simulator = await NotificationSimulator.StartAsync(rules, Cancellation);

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task An_alert_arrives(string channel)
    {
        (await SendAsync(channel)).ShouldBeOfType<NotifyResult.Delivered>();
        simulator.Ledger.Taken(channel).ShouldHaveSingleItem().ShouldContain("BTC <b>above</b> 100 & more");
    }

    [Theory]
    [InlineData("discord", 2.25, 2.25)]
    [InlineData("telegram", 34, 34)]
    [InlineData("slack", 7, 7)]
    [InlineData("webhook", 9, 9)]
    public async Task Each_service_says_in_its_own_way_how_long_to_wait(string channel, double asked, double seconds)
    {
        simulator.Script(channel, $"429:{asked}");
        (await SendAsync(channel)).ShouldBeOfType<NotifyResult.Later>().After.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task A_broken_service_may_be_tried_again(string channel)
    {
        simulator.Script(channel, "500", "reset");
        (await SendAsync(channel)).ShouldBeOfType<NotifyResult.Later>();
        (await SendAsync(channel)).ShouldBeOfType<NotifyResult.Later>();
        (await SendAsync(channel)).ShouldBeOfType<NotifyResult.Delivered>();
        simulator.Ledger.Statuses(channel)[0].ShouldBe(500);
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task A_redirection_is_not_followed(string channel)
    {
        simulator.Script(channel, "redirect");
        (await SendAsync(channel)).ShouldBeOfType<NotifyResult.Refused>();
    }

    [Theory]
    [InlineData("discord", "404")]
    [InlineData("discord", "401")]
    [InlineData("telegram", "403")]
    [InlineData("telegram", "401")]
    [InlineData("slack", "404")]
    [InlineData("slack", "403")]
    [InlineData("slack", "410")]
    [InlineData("webhook", "410")]
    public async Task A_destination_that_is_gone_is_closed_by_the_name_of_its_setting(string channel, string fault)
    {
        simulator.Script(channel, fault);
        (await SendAsync(channel)).ShouldBeOfType<NotifyResult.Closed>().Reason.ShouldContain($"check notifications.{channel}.");
    }

    [Fact]
    public async Task A_silent_service_is_given_up_after_the_timeout()
    {
        simulator.Script("slack", "silent");
        using var channels = Open("slack", o => o with { Timeout = TimeSpan.FromSeconds(1) });
        (await channels.All[0].SendAsync(Sample, Cancellation)).ShouldBe(new NotifyResult.Later("no answer within 1 s (notifications.timeout)"));
    }

    [Fact]
    public async Task A_wrong_secret_is_noticed_by_the_receiver_and_the_old_one_still_holds_while_it_changes()
    {
        const string Fresh = "whsec_bmV3LXNlY3JldC1vZi10aGUtcmVjZWl2ZXItMDE=";
        (await SendAsync("webhook", o => o with { Webhook = o.Webhook with { Secret = Fresh } })).ShouldBeOfType<NotifyResult.Closed>().Reason.ShouldContain("signature");
        (await SendAsync("webhook", o => o with { Webhook = o.Webhook with { Secret = Fresh, PreviousSecret = rules.WebhookSecret } })).ShouldBeOfType<NotifyResult.Delivered>();
    }

    [Fact]
    public async Task A_retry_has_the_same_id_and_the_receiver_takes_it_once()
    {
        using var channels = Open("webhook");
        _ = await channels.All[0].SendAsync(Sample, Cancellation);
        _ = await channels.All[0].SendAsync(Sample, Cancellation);
        simulator.Ledger.Statuses("webhook").ShouldBe([204, 204]);
        simulator.Ledger.Taken("webhook").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_private_receiver_is_refused_when_its_name_is_resolved()
    {
        using var poster = new Poster(TimeSpan.FromSeconds(5), TimeProvider.System, publicOnly: true);
        using var byName = new WebhookNotifier(new WebhookOptions { Address = new UriBuilder(simulator.Webhook) { Host = "localhost" }.Uri, Secret = rules.WebhookSecret }, poster, TimeProvider.System);
        (await byName.SendAsync(Sample, Cancellation)).ShouldBeOfType<NotifyResult.Closed>().Reason.ShouldContain("notifications.webhook.allowPrivate");
        simulator.Ledger.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_group_that_became_a_supergroup_is_followed()
    {
        using var channels = Open("telegram", o => o with { Telegram = o.Telegram with { ChatId = rules.TelegramOldChat } });
        (await channels.All[0].SendAsync(Sample, Cancellation)).ShouldBeOfType<NotifyResult.Delivered>();
        (await channels.All[0].SendAsync(Sample with { Id = "alt_2" }, Cancellation)).ShouldBeOfType<NotifyResult.Delivered>();
        simulator.Ledger.Statuses("telegram").ShouldBe([400, 200, 200]);
    }

    [Fact]
    public async Task A_long_telegram_text_goes_on_where_it_failed()
    {
        var alert = Sample with { Text = string.Join('\n', Enumerable.Range(0, 400).Select(i => $"line {i} <of> many")) };
        using var channels = Open("telegram");
        simulator.Script("telegram", "ok", "429:1");
        var said = new List<NotifyResult>();
        while (said.Count == 0 || said[^1] is NotifyResult.Later) said.Add(await channels.All[0].SendAsync(alert, Cancellation));
        said[^1].ShouldBeOfType<NotifyResult.Delivered>();
        simulator.Ledger.Statuses("telegram").ShouldBe([200, 429, 200]);
        string.Join('\n', simulator.Ledger.Taken("telegram")).ShouldContain(alert.Text);
    }

    [Fact]
    public async Task What_the_services_would_refuse_as_too_long_is_cut()
    {
        var alert = Sample with { Title = new string('T', 1_000), Text = new string('x', 20_000), Figures = [.. Enumerable.Range(0, 60).Select(i => new AlertFigure($"figure_{i}", i))] };
        foreach (var channel in new[] { "discord", "slack", "webhook" }) (await SendAsync(channel, alert: alert)).ShouldBeOfType<NotifyResult.Delivered>();
    }

    [Fact]
    public async Task No_reason_quotes_a_secret()
    {
        foreach (var channel in NotificationOptions.Channels)
        {
            foreach (var fault in new[] { "500", "404", "401", "403", "reset", "redirect", "429:1" })
            {
                simulator.Script(channel, fault);
                var said = (await SendAsync(channel)).ToString()!;
                foreach (var secret in new[] { rules.DiscordToken, rules.TelegramToken, "simulated-slack-token", rules.WebhookSecret }) said.ShouldNotContain(secret);
            }
        }
    }

    [Theory]
    [InlineData("discord", "notifications.discord.webhookKey (MTS__Notifications__Discord__WebhookKey) is missing")]
    [InlineData("telegram", "notifications.telegram.token (MTS__Notifications__Telegram__Token) is missing")]
    [InlineData("slack", "notifications.slack.webhookKey (MTS__Notifications__Slack__WebhookKey) is missing")]
    [InlineData("webhook", "notifications.webhook.secret (MTS__Notifications__Webhook__Secret) is missing")]
    public void A_channel_without_its_credential_stops_at_start(string channel, string message) =>
        Should.Throw<ConfigurationException>(() => new NotificationChannels(new NotificationOptions(), [channel], TimeProvider.System, NullLoggerFactory.Instance)).Message.ShouldContain(message);

    private static Alert Sample => new()
    {
        Id = "alt_1", Rule = "btc-high", Kind = "price", Severity = AlertSeverity.Warning, Phase = AlertPhase.Raised, Subject = "binance BTC/USDT",
        Title = "BTC <b>above</b> 100 & more", Text = "The price is 101.", Time = Timestamp.Parse("2026-03-02T12:00:00Z"), Figures = [new("price", 101)],
    };

    private async Task<NotifyResult> SendAsync(string channel, Func<NotificationOptions, NotificationOptions>? change = null, Alert? alert = null)
    {
        using var channels = Open(channel, change);
        return await channels.All[0].SendAsync(alert ?? Sample, Cancellation);
    }

    private NotificationChannels Open(string channel, Func<NotificationOptions, NotificationOptions>? change = null)
    {
        var options = new NotificationOptions
        {
            Discord = new DiscordOptions { WebhookKey = simulator.Discord.AbsoluteUri },
            Telegram = new TelegramOptions { BaseAddress = simulator.Telegram, Token = rules.TelegramToken, ChatId = rules.TelegramChat },
            Slack = new SlackOptions { WebhookKey = simulator.Slack.AbsoluteUri },
            Webhook = new WebhookOptions { Address = simulator.Webhook, Secret = rules.WebhookSecret, AllowPrivate = true },
        };
        return new NotificationChannels(change is null ? options : change(options), [channel], TimeProvider.System, NullLoggerFactory.Instance);
    }
}
