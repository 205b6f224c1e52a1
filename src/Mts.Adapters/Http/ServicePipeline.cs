using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace Mts.Adapters.Http;

/// <summary>The resilience of one host, from the outside in: total timeout, retry, breaker, limiter, timeout of one try.</summary>
/// <remarks>Breaker and limiters are the host's state; there must be one pipeline per host in a process.</remarks>
internal sealed class ServicePipeline : IDisposable
{
    private readonly Dictionary<string, WeightLimiter> extra;
    private readonly ResiliencePipeline<ServiceResponse> pipeline;
    private readonly ServiceOptions service;
    private readonly HttpOptions options;
    private readonly TimeProvider clock;

    public ServicePipeline(ServiceOptions service, HttpOptions options, TimeProvider clock, Random jitter, ILogger log)
    {
        (this.service, this.options, this.clock) = (service, options, clock);
        Limiter = new WeightLimiter(options.BudgetOf(service.Name, service.Budget), clock);
        extra = service.ExtraBudgets.ToDictionary(
            b => b.Key, b => new WeightLimiter(options.BudgetOf($"{service.Name}-{b.Key}", b.Value), clock), StringComparer.Ordinal);
        Breaker = new CircuitBreaker(options.BreakerFailures, options.BreakDuration, clock);
        var builder = new ResiliencePipelineBuilder<ServiceResponse> { TimeProvider = clock }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.TotalTimeout, Name = "total" });
        if (options.Retries > 0) _ = builder.AddRetry(new RetryRule(service.Name, options, clock, jitter, log).Options);
        pipeline = builder
            .AddStrategy(_ => new BreakerStrategy(service.Name, Breaker, log), new StateOptions("breaker"))
            .AddStrategy(_ => new LimiterStrategy(service.Name, Limiter, extra, clock), new StateOptions("limiter"))
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.TryTimeout, Name = "try" })
            .Build();
    }

    public WeightLimiter Limiter { get; }

    public CircuitBreaker Breaker { get; }

    /// <exception cref="ApiException">The call failed for good; see its kinds.</exception>
    public async Task<ServiceResponse> RunAsync(
        ServiceRequest request, Func<ServiceRequest, CancellationToken, ValueTask<ServiceResponse>> send, CancellationToken cancellationToken)
    {
        var call = new Call(request, clock.GetUtcNow() + options.TotalTimeout);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Call.Key, call);
        try
        {
            return await pipeline.ExecuteAsync(
                static (context, state) => state.send(state.request, context.CancellationToken), context, (send, request));
        }
        catch (TimeoutRejectedException late)
        {
            throw TimedOut(call, late);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose()
    {
        Limiter.Dispose();
        foreach (var limiter in extra.Values) limiter.Dispose();
    }

    private ApiTimeoutException TimedOut(Call call, TimeoutRejectedException late)
    {
        var total = clock.GetUtcNow() >= call.Deadline;
        var limit = total ? $"{options.TotalTimeout.TotalSeconds} s with all retries (http.totalTimeout)" : $"{options.TryTimeout.TotalSeconds} s (http.tryTimeout)";
        var before = call.LastFailure is { } failure and not TimeoutRejectedException ? $"; before that: {failure.Message}" : ".";
        return new(service.Name, $"{call.Request}: no complete answer within {limit}{before}", call.LastFailure ?? late);
    }

    private sealed class StateOptions : ResilienceStrategyOptions
    {
        public StateOptions(string name) => Name = name;
    }
}
