using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Mts.Adapters.Http;

/// <summary>Decides what is tried again, and when.</summary>
internal sealed class RetryRule(string service, HttpOptions options, TimeProvider clock, Random jitter, ILogger log)
{
    private readonly Backoff backoff = new(options.RetryDelay, options.MaxRetryDelay, jitter);

    public RetryStrategyOptions<ServiceResponse> Options => new()
    {
        MaxRetryAttempts = options.Retries,
        ShouldHandle = args => ValueTask.FromResult(IsWorthIt(args.Context, args.Outcome.Exception)),
        DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Delay(args.AttemptNumber, args.Outcome.Exception)),
        OnRetry = args =>
        {
            HttpMetrics.Retried(service);
            log.LogInformation(
                "{Service}: try {Try} of {Request} in {Delay:F1} s, after: {Failure}",
                service, args.AttemptNumber + 2, Call.Of(args.Context).Request, args.RetryDelay.TotalSeconds, args.Outcome.Exception?.Message);
            return ValueTask.CompletedTask;
        },
    };

    private bool IsWorthIt(ResilienceContext context, Exception? failure)
    {
        if (failure is null or OperationCanceledException) return false;
        var call = Call.Of(context);
        call.LastFailure = failure;
        var mayPass = failure switch
        {
            TimeoutRejectedException => true,
            ApiRateLimitException { IsBan: true } => false,
            ApiException { Code: BreakerStrategy.OpenCode } => false,
            ApiException api => api.IsTransient,
            _ => false,
        };
        return mayPass && clock.GetUtcNow() + (Asked(failure) ?? TimeSpan.Zero) < call.Deadline;
    }

    private TimeSpan Delay(int attempt, Exception? failure)
    {
        var own = backoff.Delay(attempt);
        return Asked(failure) is { } asked && asked > own ? asked : own;
    }

    private static TimeSpan? Asked(Exception? failure) => (failure as ApiRateLimitException)?.RetryAfter;
}
