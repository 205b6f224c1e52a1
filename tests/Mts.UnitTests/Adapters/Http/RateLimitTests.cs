using Mts.Adapters.Http;
using Mts.Core;
using static Mts.UnitTests.Adapters.ScriptedHandler;

namespace Mts.UnitTests.Adapters.Http;

public sealed class RateLimitTests
{
    [Theory]
    [InlineData("5", 5)]
    [InlineData(" 7 ", 7)]
    [InlineData("119", 119)]
    [InlineData("0", 1)]
    [InlineData(null, 60)]
    [InlineData("", 60)]
    [InlineData("soon", 60)]
    [InlineData("1.5", 60)]
    [InlineData("-3", 60)]
    [InlineData("0x10", 60)]
    [InlineData("Mon, 01 Jan 2024 00:00:30 GMT", 30)]
    [InlineData("Sun, 31 Dec 2023 23:59:59 GMT", 1)]
    [InlineData("2024-01-01T00:00:30Z", 60)]
    public async Task Waits_as_long_as_the_service_asked(string? retryAfter, double seconds)
    {
        (string, string)[] headers = retryAfter is null ? [] : [("Retry-After", retryAfter)];
        using var service = new ServiceFixture(Answer(429, "{}", headers), Answer(200, "{}"));
        _ = await service.GetAsync();
        // The back-off of the first retry is 1 to 1.1 s and counts where it is longer.
        service.Handler.SecondsBetween[0].ShouldBeInRange(seconds, Math.Max(seconds, 1.1));
    }

    [Theory]
    [InlineData("1000000000")]
    [InlineData("99999999999999999999999999")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task Takes_no_rest_longer_than_an_hour_and_does_not_wait_past_its_own_end(string retryAfter)
    {
        using var service = new ServiceFixture(Answer(429, "{}", ("Retry-After", retryAfter)));
        var before = service.Clock.GetUtcNow();
        var failure = await service.FailsAsync<ApiRateLimitException>();
        failure.RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        failure.IsBan.ShouldBeFalse();
        service.Clock.GetUtcNow().ShouldBe(before);
    }

    [Fact]
    public async Task Makes_all_callers_of_the_host_wait()
    {
        using var service = new ServiceFixture(Answer(429, "{}", ("Retry-After", "20")), Answer(200, "{}"));
        var start = service.Clock.GetUtcNow();
        _ = await service.Clock.RunAsync(
            async () =>
            {
                var client = service.Client.Value;
                var first = client.GetAsync("/a", [], 1, TestContext.Current.CancellationToken);
                var second = client.GetAsync("/b", [], 1, TestContext.Current.CancellationToken);
                return await Task.WhenAll(first, second);
            },
            TestContext.Current.CancellationToken,
            within: TimeSpan.FromSeconds(25));
        service.Handler.Requests.Count.ShouldBe(3);
        service.Handler.Requests.Skip(1).ShouldAllBe(r => r.Time >= start + TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Sends_nothing_while_a_ban_lasts_and_one_request_after_it()
    {
        using var service = new ServiceFixture(Answer(418, "{}", ("Retry-After", "7200")), Answer(200, "{}"));
        var ban = await service.FailsAsync<ApiRateLimitException>();
        (ban.IsBan, ban.Status, ban.RetryAfter).ShouldBe((true, 418, TimeSpan.FromHours(2)));

        service.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        var during = await service.FailsAsync<ApiRateLimitException>();
        (during.IsBan, during.RetryAfter).ShouldBe((true, TimeSpan.FromSeconds(1)));
        service.Handler.Requests.Count.ShouldBe(1);

        service.Clock.Advance(TimeSpan.FromSeconds(1));
        (await service.GetAsync()).Status.ShouldBe(200);
        service.Handler.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Remembers_a_ban_over_a_restart_and_survives_a_broken_memory()
    {
        var folder = Directory.CreateTempSubdirectory("mts-bans");
        try
        {
            var options = new HttpOptions { BanFolder = Path.Combine(folder.FullName, "bans") };
            using (var first = new ServiceFixture(Answer(418, "{}", ("Retry-After", "7200"))) { Options = options }) _ = await first.FailsAsync<ApiRateLimitException>();

            using var second = new ServiceFixture(Answer(200, "{}")) { Options = options };
            second.Clock.Advance(TimeSpan.FromMinutes(119));
            (await second.FailsAsync<ApiRateLimitException>()).IsBan.ShouldBeTrue();
            second.Handler.Requests.ShouldBeEmpty();
            second.Clock.Advance(TimeSpan.FromMinutes(1));
            (await second.GetAsync()).Status.ShouldBe(200);

            await File.WriteAllTextAsync(Path.Combine(options.BanFolder, "venue.ban"), "\0\0\0", TestContext.Current.CancellationToken);
            using var third = new ServiceFixture(Answer(200, "{}")) { Options = options };
            (await third.GetAsync()).Status.ShouldBe(200);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Does_not_ask_again_with_a_key_that_was_refused_a_moment_ago()
    {
        using var service = new ServiceFixture(Answer(401, "{}"), Answer(200, "{}"));
        service.Service = service.Service with { Faults = a => a.IsSuccess ? null : new ServiceFault("10002", "API Key Missing", FaultKind.KeyRefused) };
        _ = await service.FailsAsync<ApiException>();
        var again = await service.FailsAsync<ApiException>();
        (again.Status, again.Code, again.IsTransient).ShouldBe((401, "10002", false));
        again.Message.ShouldContain("API Key Missing");
        service.Handler.Requests.Count.ShouldBe(1);
        service.Clock.Advance(TimeSpan.FromMinutes(10));
        (await service.GetAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Takes_the_services_word_for_a_ban_that_has_no_status_of_its_own()
    {
        using var service = new ServiceFixture(Answer(403, "access too frequent"));
        service.Service = service.Service with { Faults = a => a.Status == 403 ? new ServiceFault(null, "access too frequent", FaultKind.Banned) : null };
        var ban = await service.FailsAsync<ApiRateLimitException>();
        (ban.IsBan, ban.RetryAfter).ShouldBe((true, TimeSpan.FromMinutes(10)));
        service.Client.Value.Breaker.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public async Task Slows_down_by_the_services_own_count()
    {
        using var service = new ServiceFixture(Answer(200, "{}", ("x-used", "95")), Answer(200, "{}"));
        service.Service = service.Service with { Budget = new RateBudget { Weight = 100 }, UsedWeightHeaders = ["X-Used"] };
        _ = await service.GetAsync(weight: 5);
        _ = await service.GetAsync(weight: 5);
        _ = await service.GetAsync(weight: 1);
        service.Handler.SecondsBetween.ShouldBe([0, 60]);
    }
}
