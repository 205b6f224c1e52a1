using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace Mts.Adapters.Http;

/// <summary>Puts <see cref="CircuitBreaker"/> into the pipeline.</summary>
internal sealed class BreakerStrategy(string service, CircuitBreaker breaker, ILogger log) : ResilienceStrategy<ServiceResponse>
{
    /// <summary>The code of the exception of a call that was not sent.</summary>
    public const string OpenCode = "breaker-open";

    protected override async ValueTask<Outcome<ServiceResponse>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<ServiceResponse>>> callback, ResilienceContext context, TState state)
    {
        if (breaker.TryEnter() is { } wait) return Outcome.FromException<ServiceResponse>(NotSent(wait));
        var outcome = await callback(context, state);
        switch (outcome.Exception)
        {
            case ApiRateLimitException { IsBan: true }:
                break; // The ban itself has opened the breaker.
            case TimeoutRejectedException or ApiException { IsTransient: true } and not ApiRateLimitException:
                if (breaker.Failed()) log.LogWarning("{Service}: left alone for a while after repeated failures, the last: {Failure}", service, outcome.Exception.Message);
                break;
            case null or ApiException:
                if (breaker.Succeeded()) log.LogInformation("{Service}: answers again", service);
                break;
            default:
                breaker.Abandoned();
                break;
        }

        return outcome;
    }

    private ApiException NotSent(TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds);
        if (!breaker.IsBan)
            return new ApiConnectionException(service, $"not asked, because the last requests all failed; one may try again in {seconds} s.") { Code = OpenCode };
        return new ApiRateLimitException(service, $"not asked, because the service has banned this address for another {seconds} s.", wait)
        {
            IsBan = true,
            Code = OpenCode,
        };
    }
}
