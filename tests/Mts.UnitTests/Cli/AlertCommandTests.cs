using System.Text.Json;
using Mts.Cli.Configuration;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Pipeline.Alerts;
using Mts.Storage.Sqlite.Alerts;
using Mts.UnitTests.Alerts;

namespace Mts.UnitTests.Cli;

public sealed class AlertCommandTests : IDisposable
{
    private const string Secret = "https://discord.com/api/v10/webhooks/1/very-secret-token";

    private readonly CliRun run = new();

    public AlertCommandTests()
    {
        run.Write("config/settings.json", "{}");
        run.Write("config/assets.json", "[]");
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public void The_example_of_the_page_is_valid_and_complete()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "alerts.md"));
        var start = page.IndexOf("```json\n", StringComparison.Ordinal) + 8;
        run.Write("config/settings.json", page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)]);
        var loaded = SettingsLoader.Load(Path.Combine(run.Folder, "config"), null, run.Variables, []);
        loaded.Settings.Alerts.Rules.Values.Select(r => r.Kind).ShouldBe(AlertRuleCatalog.Kinds, ignoreOrder: true);
    }

    [Fact]
    public async Task Without_a_channel_the_test_writes_to_the_file()
    {
        (await run.RunAsync("alerts", "test", "--json")).ShouldBe(0, run.Error);
        run.Out.ShouldContain("""{"channel":"file","state":"sent","attempts":1,"reason":null}""");
        File.ReadAllLines(Directory.GetFiles(Path.Combine(run.Folder, "data", "alerts"), "*.jsonl").Single()).ShouldHaveSingleItem().ShouldContain("\"rule\":\"test\"");
    }

    [Theory]
    [InlineData("discord", "notifications.discord.webhookKey (MTS__Notifications__Discord__WebhookKey) is missing")]
    [InlineData("telegram", "notifications.telegram.chatId (MTS__Notifications__Telegram__ChatId) is missing")]
    public async Task A_missing_credential_is_named_with_its_variable(string channel, string message)
    {
        run.Variables["MTS__Alerts__Channels"] = channel;
        (await run.RunAsync("alerts", "test")).ShouldBe(2);
        run.Error.ShouldContain(message);
        (await run.RunAsync("config", "validate", "--config", Path.Combine(Repository.Root, "config"))).ShouldBe(2);
        run.Error.ShouldContain(message);
    }

    [Theory]
    [InlineData("MTS__Alerts__Channels", "discrod", "alerts.channels: 'discrod' is unknown (did you mean discord?)")]
    [InlineData("MTS__Alerts__Rules__high__Kind", "prise", "alerts.rules.high.kind: 'prise' is unknown (did you mean price?)")]
    [InlineData("MTS__Alerts__QuietHours__From", "22:00", "alerts.quietHours.until")]
    [InlineData("MTS__Alerts__CoolDown", "30d", "alerts.coolDown")]
    [InlineData("MTS__Notifications__Webhook__Address", "http://10.0.0.1/x", "notifications.webhook.allowPrivate")]
    public async Task A_wrong_setting_stops_at_start_by_its_name(string variable, string value, string message)
    {
        run.Variables[variable] = value;
        (await run.RunAsync("alerts", "test")).ShouldBe(2);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_webhook_that_is_none_is_not_quoted()
    {
        run.Variables["MTS__Notifications__Discord__WebhookKey"] = "https://example.org/very-secret-token";
        (await run.RunAsync("alerts", "test", "--channel", "discord")).ShouldBe(2);
        run.Error.ShouldContain("notifications.discord.webhookKey");
        run.Error.ShouldNotContain("very-secret");
    }

    [Fact]
    public async Task The_settings_show_no_secret()
    {
        run.Variables["MTS__Notifications__Discord__WebhookKey"] = Secret;
        (await run.RunAsync("config", "show")).ShouldBe(0, run.Error);
        run.Out.ShouldContain("notifications.discord.webhookKey");
        run.Out.ShouldNotContain("very-secret");
    }

    [Fact]
    public async Task An_unknown_channel_is_a_usage_error()
    {
        (await run.RunAsync("alerts", "test", "--channel", "pager")).ShouldBe(2);
        run.Error.ShouldContain("allowed are discord, telegram, slack, webhook");
    }

    [Fact]
    public async Task The_list_shows_what_became_of_an_alert()
    {
        var now = Timestamp.Now(TimeProvider.System);
        using (var log = AlertLog.Open(Path.Combine(run.Folder, "data"), TimeProvider.System, TimeSpan.FromDays(30)))
        {
            log.Claim(SampleAlert.At(0) with { Time = now }, TimeSpan.Zero, [new AlertDelivery("discord", DeliveryState.Pending)]);
            log.Note(SampleAlert.At(0).Id, new AlertDelivery("discord", DeliveryState.Failed, 3, "404: unknown webhook"));
        }

        (await run.RunAsync("alerts", "list", "--json")).ShouldBe(0, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        var alert = document.RootElement.GetProperty("alerts")[0];
        alert.GetProperty("rule").GetString().ShouldBe("btc-high");
        alert.GetProperty("time").GetString().ShouldBe(now.ToString());
        alert.GetProperty("deliveries")[0].GetProperty("reason").GetString().ShouldBe("404: unknown webhook");
        (await run.RunAsync("alerts", "list")).ShouldBe(0);
        run.Out.ShouldContain("discord failed");
    }

    [Fact]
    public async Task Without_history_the_list_says_so()
    {
        (await run.RunAsync("alerts", "list")).ShouldBe(0, run.Error);
        run.Out.ShouldContain("no alerts");
    }
}
