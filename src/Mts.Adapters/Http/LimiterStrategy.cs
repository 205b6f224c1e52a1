using Polly;

namespace Mts.Adapters.Http;

/// <summary>Puts the host's limiters into the pipeline: a pause that outlasts the call fails it at once.</summary>
internal sealed class LimiterStrategy(
    string service, WeightLimiter limiter, IReadOnlyDictionary<string, WeightLimiter> extra, TimeProvider clock) : ResilienceStrategy<ServiceResponse>
{
    protected override async ValueTask<Outcome<ServiceResponse>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<ServiceResponse>>> callback, ResilienceContext context, TState state)
    {
        var call = Call.Of(context);
        if (limiter.PausedUntil > call.Deadline) return Outcome.FromException<ServiceResponse>(Paused());
        try
        {
            if (call.Request.ExtraBudget is { } name) await extra[name].AcquireAsync(1, context.CancellationToken);
            await limiter.AcquireAsync(call.Request.Weight, context.CancellationToken);
        }
        catch (OperationCanceledException cancelled)
        {
            return Outcome.FromException<ServiceResponse>(cancelled);
        }

        return await callback(context, state);
    }

    private ApiRateLimitException Paused()
    {
        var left = limiter.PausedUntil - clock.GetUtcNow();
        return new(service, $"not asked, because the service wants {Math.Ceiling(left.TotalSeconds)} s of rest, longer than this call may take.", left);
    }
}
