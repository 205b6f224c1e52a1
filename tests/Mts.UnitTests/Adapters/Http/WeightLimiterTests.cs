using Mts.Adapters.Http;

namespace Mts.UnitTests.Adapters.Http;

public sealed class WeightLimiterTests
{
    private static readonly RateBudget Budget = new() { Weight = 100, Window = TimeSpan.FromMinutes(1) };
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Never_spends_more_than_the_budget_in_any_window_under_eight_callers()
    {
        using var limiter = new WeightLimiter(Budget, clock);
        var grants = new List<(DateTimeOffset Time, int Weight)>();
        await clock.RunInTurnsAsync(() => Task.WhenAll(Enumerable.Range(0, 8).Select(caller => SpendAsync(limiter, new Random(caller), grants))), TestContext.Current.CancellationToken);

        grants.Count.ShouldBe(8 * 40);
        foreach (var (end, _) in grants) grants.Where(g => g.Time <= end && g.Time > end - Budget.Window).Sum(g => g.Weight).ShouldBeLessThanOrEqualTo(100);
        // Not slower than needed either: all but the last window are used up to less than the largest weight.
        var least = Math.Floor((grants.Sum(g => g.Weight) - 1) / 100.0);
        ((grants[^1].Time - grants[0].Time) / Budget.Window).ShouldBeInRange(least, least * 1.25);
    }

    [Fact]
    public async Task Serves_first_come_first()
    {
        using var limiter = new WeightLimiter(Budget, clock);
        await limiter.AcquireAsync(100, default);
        var large = limiter.AcquireAsync(90, default).AsTask();
        var small = limiter.AcquireAsync(1, default).AsTask();
        clock.Advance(TimeSpan.FromSeconds(59));
        (large.IsCompleted, small.IsCompleted).ShouldBe((false, false));
        clock.Advance(TimeSpan.FromSeconds(1));
        await large;
        await small;
        limiter.Used.ShouldBe(91);
    }

    [Fact]
    public async Task Takes_over_what_others_spent_but_never_forgets_its_own()
    {
        using var limiter = new WeightLimiter(Budget, clock);
        await limiter.AcquireAsync(40, default);
        limiter.Observe(90);
        limiter.Used.ShouldBe(90);
        limiter.Observe(3);
        limiter.Used.ShouldBe(90);
        clock.Advance(TimeSpan.FromMinutes(1));
        limiter.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Lets_nothing_through_during_a_pause_even_one_that_grows()
    {
        using var limiter = new WeightLimiter(Budget, clock);
        limiter.PauseUntil(clock.GetUtcNow() + TimeSpan.FromSeconds(10));
        var waiting = limiter.AcquireAsync(1, default).AsTask();
        limiter.PauseUntil(clock.GetUtcNow() + TimeSpan.FromSeconds(30));
        limiter.PauseUntil(clock.GetUtcNow() + TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(29));
        waiting.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await waiting;
    }

    [Fact]
    public async Task Gives_its_turn_back_when_cancelled()
    {
        using var limiter = new WeightLimiter(Budget, clock);
        await limiter.AcquireAsync(100, default);
        using var source = new CancellationTokenSource();
        var waiting = limiter.AcquireAsync(1, source.Token).AsTask();
        await source.CancelAsync();
        _ = await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        clock.Advance(TimeSpan.FromMinutes(1));
        await limiter.AcquireAsync(100, default);
    }

    [Fact]
    public async Task Refuses_a_weight_that_no_window_could_ever_hold()
    {
        using var limiter = new WeightLimiter(Budget, clock);
        _ = await Should.ThrowAsync<ArgumentOutOfRangeException>(() => limiter.AcquireAsync(101, default).AsTask());
    }

    private async Task SpendAsync(WeightLimiter limiter, Random random, List<(DateTimeOffset Time, int Weight)> grants)
    {
        for (var i = 0; i < 40; i++)
        {
            var weight = random.Next(1, 21);
            // Without a token all callers stay on one thread, so the clock cannot move between a grant and its line here.
            await limiter.AcquireAsync(weight, CancellationToken.None);
            grants.Add((clock.GetUtcNow(), weight));
        }
    }
}
