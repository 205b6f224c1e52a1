using System.Text;
using System.Text.Json;
using Mts.Adapters.Notifications;
using Mts.Core.Alerts;

namespace Mts.UnitTests.Alerts;

public sealed class MessageTests
{
    private static readonly Alert Long = SampleAlert.At(0) with
    {
        Title = new string('T', 500),
        Text = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"line {i} with <tags> & more")),
        Figures = [.. Enumerable.Range(0, 40).Select(i => new AlertFigure($"figure_{i}_with_a_rather_long_name", Math.PI * i))],
    };

    [Fact]
    public void The_signature_is_that_of_the_published_example()
    {
        // https://github.com/standard-webhooks/standard-webhooks, the example that all libraries test against.
        var key = WebhookSignature.Key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").ShouldNotBeNull();
        WebhookSignature.Header([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""))
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Fact]
    public void While_the_secret_changes_there_are_two_signatures()
    {
        var (a, b) = (Enumerable.Repeat((byte)1, 24).ToArray(), Enumerable.Repeat((byte)2, 32).ToArray());
        var both = WebhookSignature.Header([a, b], "m", 1, "{}"u8).Split(' ');
        both.ShouldBe([WebhookSignature.Header([a], "m", 1, "{}"u8), WebhookSignature.Header([b], "m", 1, "{}"u8)]);
        both[0].ShouldNotBe(both[1]);
    }

    [Theory]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_c2hvcnQ=")]
    public void A_secret_that_cannot_be_is_refused(string secret) => WebhookSignature.Key(secret).ShouldBeNull();

    [Fact]
    public void A_webhook_body_names_its_type_and_carries_the_alert()
    {
        using var body = JsonDocument.Parse(WebhookNotifier.Body(SampleAlert.At(0)));
        body.RootElement.GetProperty("type").GetString().ShouldBe("alert.raised");
        body.RootElement.GetProperty("data").GetProperty("figures").GetProperty("price").GetDouble().ShouldBe(100_001.5);
    }

    [Fact]
    public void A_discord_embed_keeps_every_limit()
    {
        using var body = JsonDocument.Parse(DiscordMessage.Of(Long));
        var embed = body.RootElement.GetProperty("embeds")[0];
        var fields = embed.GetProperty("fields").EnumerateArray().ToList();
        embed.GetProperty("title").GetString()!.Length.ShouldBe(256);
        embed.GetProperty("description").GetString()!.Length.ShouldBe(4_096);
        fields.Count.ShouldBe(25);
        var sum = 256 + 4_096 + embed.GetProperty("footer").GetProperty("text").GetString()!.Length
            + fields.Sum(f => f.GetProperty("name").GetString()!.Length + f.GetProperty("value").GetString()!.Length);
        sum.ShouldBeLessThanOrEqualTo(6_000);
        body.RootElement.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("https://discord.com/api/webhooks/1/x", "https://discord.com/api/v10/webhooks/1/x")]
    [InlineData("https://discordapp.com/api/webhooks/1/x", "https://discord.com/api/v10/webhooks/1/x")]
    [InlineData("https://canary.discord.com/api/v9/webhooks/1/x?wait=false", "https://canary.discord.com/api/v9/webhooks/1/x")]
    public void An_old_discord_address_is_rewritten(string given, string used) => DiscordNotifier.Rewritten(given).ShouldBe(used);

    [Fact]
    public void A_long_text_becomes_several_telegram_messages_and_loses_nothing()
    {
        var parts = TelegramText.Of(Long);
        parts.Count.ShouldBeGreaterThan(1);
        parts.ShouldAllBe(p => Read(p).Length <= 4_096);
        string.Join('\n', parts.Select(Read)).ShouldContain(Long.Text);
    }

    [Fact]
    public void A_line_without_a_space_is_split_between_characters()
    {
        var parts = TelegramText.Of(SampleAlert.At(0) with { Text = string.Concat(Enumerable.Repeat("😀", 5_000)), Figures = [] });
        parts.ShouldAllBe(p => Read(p).Length <= 4_096 && !char.IsHighSurrogate(p[p.Length - 1]) && !char.IsLowSurrogate(p[0]));
        parts.Sum(p => p.Count(char.IsHighSurrogate)).ShouldBe(5_000 + 1, "the mark is one too");
    }

    [Fact]
    public void Telegram_gets_what_it_would_read_as_tags_escaped() => TelegramText.Escape("a < b & c > d").ShouldBe("a &lt; b &amp; c &gt; d");

    [Fact]
    public void Slack_blocks_keep_their_limits_and_cut_no_entity()
    {
        var flood = Long with { Text = new string('<', 5_000) };
        using var body = JsonDocument.Parse(SlackMessage.Of(flood));
        var blocks = body.RootElement.GetProperty("blocks").EnumerateArray().ToList();
        blocks[0].GetProperty("text").GetProperty("text").GetString()!.Length.ShouldBe(150);
        var section = blocks[1].GetProperty("text").GetProperty("text").GetString()!;
        section.Length.ShouldBeLessThanOrEqualTo(3_000);
        section.TrimEnd('…').Replace("&lt;", "", StringComparison.Ordinal).ShouldBeEmpty();
        section.Length.ShouldBeGreaterThan(2_900);
        blocks[2].GetProperty("fields").GetArrayLength().ShouldBe(10);
        body.RootElement.GetProperty("text").GetString()!.Length.ShouldBeLessThan(4_000);
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Only_public_addresses_may_be_asked(string address, bool isPublic) => PublicAddress.IsPublic(System.Net.IPAddress.Parse(address)).ShouldBe(isPublic);

    private static string Read(string html) => System.Net.WebUtility.HtmlDecode(html.Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal));
}
