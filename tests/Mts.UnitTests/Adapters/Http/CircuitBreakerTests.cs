using Mts.Adapters.Http;
using Mts.Core;
using static Mts.UnitTests.Adapters.ScriptedHandler;

namespace Mts.UnitTests.Adapters.Http;

public sealed class CircuitBreakerTests
{
    private static readonly HttpOptions Options = new() { Retries = 0, BreakerFailures = 3, BreakDuration = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task Opens_after_failures_in_a_row_half_opens_after_its_time_and_closes_on_success()
    {
        using var service = new ServiceFixture(Answer(500, "{}"), Answer(500, "{}"), Answer(500, "{}"), Answer(200, "{}")) { Options = Options };
        for (var i = 0; i < 3; i++) _ = await service.FailsAsync<ApiException>();
        var breaker = service.Client.Value.Breaker;
        breaker.State.ShouldBe(BreakerState.Open);

        var refused = await service.FailsAsync<ApiConnectionException>();
        refused.Message.ShouldContain("30 s");
        service.Handler.Requests.Count.ShouldBe(3);

        service.Clock.Advance(TimeSpan.FromSeconds(30));
        breaker.State.ShouldBe(BreakerState.HalfOpen);

        _ = await service.GetAsync();
        breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public async Task Opens_again_where_the_trial_fails()
    {
        using var service = new ServiceFixture(Answer(500, "{}")) { Options = Options };
        for (var i = 0; i < 3; i++) _ = await service.FailsAsync<ApiException>();
        service.Clock.Advance(TimeSpan.FromSeconds(30));
        _ = await service.FailsAsync<ApiException>();
        service.Handler.Requests.Count.ShouldBe(4);
        service.Client.Value.Breaker.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public async Task Counts_only_failures_in_a_row()
    {
        using var service = new ServiceFixture(Answer(500, "{}"), Answer(500, "{}"), Answer(404, "{}"), Answer(500, "{}"), Answer(500, "{}")) { Options = Options };
        for (var i = 0; i < 5; i++) _ = await service.FailsAsync<ApiException>();
        service.Client.Value.Breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public void Lets_a_single_trial_pass_at_a_time()
    {
        var clock = new ManualTimeProvider();
        var breaker = new CircuitBreaker(1, TimeSpan.FromSeconds(10), clock);
        breaker.TryEnter().ShouldBeNull();
        breaker.Failed().ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(10));
        breaker.TryEnter().ShouldBeNull();
        breaker.TryEnter().ShouldNotBeNull();
        breaker.Abandoned();
        breaker.TryEnter().ShouldBeNull();
        breaker.Succeeded().ShouldBeTrue();
        breaker.TryEnter().ShouldBeNull();
        breaker.TryEnter().ShouldBeNull();
    }

    [Fact]
    public void Is_not_closed_by_an_answer_that_was_under_way_when_the_ban_came()
    {
        var clock = new ManualTimeProvider();
        var breaker = new CircuitBreaker(5, TimeSpan.FromSeconds(10), clock);
        breaker.Ban(clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        breaker.Succeeded().ShouldBeFalse();
        breaker.Ban(clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        breaker.TryEnter().ShouldBe(TimeSpan.FromMinutes(2));
    }
}
