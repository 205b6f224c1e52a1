using Mts.Adapters.Http;
using Mts.Core;
using static Mts.UnitTests.Adapters.ScriptedHandler;

namespace Mts.UnitTests.Adapters.Http;

public sealed class RetryTests
{
    [Fact]
    public async Task Succeeds_after_two_failures_and_waits_of_one_and_two_seconds_plus_at_most_a_tenth()
    {
        using var service = new ServiceFixture(Answer(503, "{}"), Throws(new HttpRequestException("reset")), Answer(200, """{"ok":true}"""));
        var answer = await service.GetAsync();
        answer.Status.ShouldBe(200);
        var waits = service.Handler.SecondsBetween;
        waits.Length.ShouldBe(2);
        waits[0].ShouldBeInRange(1, 1.1);
        waits[1].ShouldBeInRange(2, 2.2);
    }

    [Fact]
    public async Task Waits_never_longer_than_the_cap_by_more_than_a_tenth()
    {
        using var service = new ServiceFixture(Answer(500, "{}")) { Options = new HttpOptions { Retries = 10, BreakerFailures = 100, TotalTimeout = TimeSpan.FromHours(1) } };
        _ = await service.FailsAsync<ApiException>();
        double[] expected = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60];
        foreach (var (wait, least) in service.Handler.SecondsBetween.Zip(expected, (a, b) => (a, b))) wait.ShouldBeInRange(least, least * 1.1);
        service.Handler.Requests.Count.ShouldBe(11);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(526)]
    [InlineData(408)]
    public async Task Gives_up_after_three_retries_with_the_status(int status)
    {
        using var service = new ServiceFixture(Answer(status, "<html>bad gateway</html>"));
        var failure = await service.FailsAsync<ApiException>();
        failure.Status.ShouldBe(status);
        failure.IsTransient.ShouldBeTrue();
        failure.Message.ShouldContain("bad gateway");
        service.Handler.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("<html><body>maintenance</body></html>")]
    [InlineData("")]
    [InlineData("""[[1704067200000,"42283.58","42488.""")]
    [InlineData("""{"a":1}{"b":2}""")]
    [InlineData("Throttled")]
    [InlineData("\u001f\u008b\u0008")]
    public async Task Counts_a_200_that_is_no_whole_json_document_as_a_failure(string body)
    {
        using var service = new ServiceFixture(Answer(200, body)) { Options = new HttpOptions { Retries = 1, BreakerFailures = 2 } };
        var failure = await service.FailsAsync<ApiException>();
        failure.IsTransient.ShouldBeTrue();
        service.Handler.Requests.Count.ShouldBe(2);
        service.Client.Value.Breaker.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public async Task Counts_204_as_a_failure()
    {
        using var service = new ServiceFixture(Answer(204, ""), Answer(200, "[]"));
        (await service.GetAsync()).Body.ToArray().ShouldBe("[]"u8.ToArray());
        service.Handler.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(451)]
    [InlineData(302)]
    public async Task Does_not_repeat_what_would_be_refused_again(int status)
    {
        using var service = new ServiceFixture(Answer(status, """{"msg":"no"}"""));
        var failure = await service.FailsAsync<ApiException>();
        failure.IsTransient.ShouldBeFalse();
        failure.Status.ShouldBe(status);
        service.Handler.Requests.Count.ShouldBe(1);
        service.Client.Value.Breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public async Task Gives_up_a_hanging_try_and_says_which_limit_it_was()
    {
        using var service = new ServiceFixture(Hang, Answer(200, "{}"));
        (await service.GetAsync()).Status.ShouldBe(200);
        service.Handler.SecondsBetween[0].ShouldBeInRange(31, 31.1);

        using var always = new ServiceFixture(Hang);
        var failure = await always.FailsAsync<ApiTimeoutException>();
        failure.Message.ShouldContain("30 s (http.tryTimeout)");
        always.Handler.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Ends_at_the_total_timeout_whatever_happens_inside()
    {
        using var service = new ServiceFixture(Hang) { Options = new HttpOptions { TotalTimeout = TimeSpan.FromSeconds(45) } };
        var before = service.Clock.GetUtcNow();
        var failure = await service.FailsAsync<ApiTimeoutException>();
        (service.Clock.GetUtcNow() - before).TotalSeconds.ShouldBe(45);
        failure.Message.ShouldContain("http.totalTimeout");
    }

    [Fact]
    public async Task Ends_with_the_callers_cancellation_and_no_other_exception()
    {
        using var service = new ServiceFixture(Hang);
        using var source = new CancellationTokenSource();
        var call = service.Client.Value.GetAsync("/thing", [], 1, source.Token);
        await source.CancelAsync();
        _ = await Should.ThrowAsync<OperationCanceledException>(() => call);
        service.Client.Value.Breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public async Task Hides_keys_in_every_message()
    {
        using var service = new ServiceFixture(Answer(400, """{"error_message":"key 0123456789abcdef is not registered"}"""));
        service.Service = service.Service with
        {
            SecretQuery = [("api_key", "0123456789abcdef")],
            SecretHeaders = [("x-key", "fedcba9876543210")],
        };
        var failure = await service.FailsAsync<ApiException>();
        failure.ToString().ShouldNotContain("0123456789abcdef");
        failure.Message.ShouldBe("""venue: /thing?symbol=BTC%2FUSDT: answered 400: {"error_message":"key *** is not registered"}""");
        var sent = service.Handler.Requests[0].Request;
        sent.RequestUri!.AbsoluteUri.ShouldBe("https://venue.example/api/thing?symbol=BTC%2FUSDT&api_key=0123456789abcdef");
        sent.Headers.GetValues("x-key").ShouldBe(["fedcba9876543210"]);
    }

    [Fact]
    public async Task Gives_the_request_without_secrets_and_the_hash_of_the_payload()
    {
        using var service = new ServiceFixture(Answer(200, "{}"));
        service.Service = service.Service with { SecretQuery = [("api_key", "0123456789abcdef")] };
        var answer = await service.GetAsync();
        answer.Request.ShouldBe("https://venue.example/api/thing?symbol=BTC%2FUSDT");
        // printf '{}' | sha256sum
        answer.Sha256.ShouldBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    [Fact]
    public async Task Refuses_a_body_beyond_the_cap_at_once()
    {
        using var service = new ServiceFixture(Answer(200, $"[{new string(' ', 2_000)}]")) { Options = new HttpOptions { MaxBodyBytes = 1_024 } };
        var failure = await service.FailsAsync<ApiException>();
        failure.Message.ShouldContain("http.maxBodyBytes");
        service.Handler.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Lets_the_service_tell_an_error_inside_a_200()
    {
        using var service = new ServiceFixture(Answer(200, """{"retCode":10016}"""), Answer(200, """{"retCode":0}"""));
        service.Service = service.Service with
        {
            Faults = answer => answer.Body.Span.IndexOf("10016"u8) < 0 ? null : new ServiceFault("10016", "restarting", FaultKind.Transient),
        };
        (await service.GetAsync()).Body.ToArray().ShouldBe("""{"retCode":0}"""u8.ToArray());
        service.Handler.Requests.Count.ShouldBe(2);
    }
}
