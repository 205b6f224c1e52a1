using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Mts.Adapters.Http;

/// <summary>Reads one REST host with everything that takes: budget, retries, breaker, timeouts, errors of one family.</summary>
/// <remarks>One instance per host and process: it holds the host's budget and breaker. Safe for parallel callers.</remarks>
public sealed class ServiceClient : IDisposable
{
    private readonly ServiceOptions service;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly FaultMapping faults;
    private readonly ServicePipeline pipeline;
    private readonly ServiceTransport transport;
    private readonly BanMemory bans;
    private readonly KeyRefusal key;

    /// <param name="service">The host.</param>
    /// <param name="options">The settings of all hosts.</param>
    /// <param name="clock">Every wait and timeout runs on it.</param>
    /// <param name="jitter">Spreads the retries; used under a lock.</param>
    /// <param name="log">Retries and breaker changes are logged here, never with secrets.</param>
    /// <param name="handler">Replaces the pooled connections, in tests.</param>
    /// <exception cref="ConfigurationException">The address is not one, or a setting is out of its range.</exception>
    public ServiceClient(
        ServiceOptions service, HttpOptions options, TimeProvider clock, Random jitter, ILogger log, HttpMessageHandler? handler = null)
    {
        if (!service.BaseAddress.IsAbsoluteUri || service.BaseAddress.Scheme is not ("http" or "https"))
            throw new ConfigurationException($"{service.Name}: the base address '{service.BaseAddress}' is not an http or https address.");
        OptionProblems.ThrowIfAny(options.Problems());
        (this.service, this.clock, this.log) = (service, clock, log);
        faults = new FaultMapping(service, clock);
        pipeline = new ServicePipeline(service, options, clock, jitter, log);
        transport = new ServiceTransport(service, options, clock, handler);
        bans = new BanMemory(options.BanFolder, service.Name, log);
        key = new KeyRefusal(clock);
        if (bans.Read() is { } until && until > clock.GetUtcNow()) Breaker.Ban(until);
    }

    /// <summary>The name in messages and budgets.</summary>
    public string Name => service.Name;

    public CircuitBreaker Breaker => pipeline.Breaker;

    public WeightLimiter Limiter => pipeline.Limiter;

    /// <inheritdoc cref="GetAsync(ServiceRequest, CancellationToken)"/>
    public Task<ServiceResponse> GetAsync(
        string path, IReadOnlyList<(string Name, string Value)> query, int weight, CancellationToken cancellationToken) =>
        GetAsync(new ServiceRequest(path, query, weight), cancellationToken);

    /// <returns>An answer with status 200–299 whose body is one complete JSON document.</returns>
    /// <exception cref="ApiRateLimitException">The service wants a rest longer than this call may take, or has banned this address.</exception>
    /// <exception cref="ApiConnectionException">Not reachable after all retries, or not asked because it failed too often.</exception>
    /// <exception cref="ApiTimeoutException">No complete answer in time.</exception>
    /// <exception cref="ApiException">Any other refusal, with status and the service's code.</exception>
    public Task<ServiceResponse> GetAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (!request.Path.StartsWith('/')) throw new ArgumentException($"the path '{request.Path}' must start with a slash", nameof(request));
        if (request.Weight > Limiter.Budget)
            throw new ConfigurationException($"http.budgets.{Name}.weight: {Limiter.Budget} is less than the {request.Weight} that {request.Path} costs.");
        key.ThrowIfHolds();
        return pipeline.RunAsync(request, TryAsync, cancellationToken);
    }

    public void Dispose()
    {
        pipeline.Dispose();
        transport.Dispose();
    }

    private async ValueTask<ServiceResponse> TryAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(request, cancellationToken);
        log.LogDebug("{Service}: {Request} answered {Status}, {Bytes} bytes", service.Name, request, answer.Status, answer.Body.Length);
        HttpMetrics.Answered(service.Name, answer.Status, answer.Body.Length);
        if (UsedWeight(answer) is { } used) pipeline.Limiter.Observe(used);
        var (failure, kind) = faults.Of(request, answer);
        if (failure is null) return answer;
        if (failure is ApiRateLimitException limit) Rest(limit);
        if (kind == FaultKind.KeyRefused) key.Note(failure);
        throw failure;
    }

    private void Rest(ApiRateLimitException limit)
    {
        var until = clock.GetUtcNow() + (limit.RetryAfter ?? RetryAfter.Default);
        if (!limit.IsBan)
        {
            pipeline.Limiter.PauseUntil(until);
            return;
        }

        pipeline.Breaker.Ban(until);
        bans.Write(until);
        log.LogWarning("{Service}: banned until {Until:u}; nothing is asked before", service.Name, until);
    }

    private int? UsedWeight(ServiceResponse answer)
    {
        foreach (var name in service.UsedWeightHeaders)
        {
            if (int.TryParse(answer.Header(name), NumberStyles.None, CultureInfo.InvariantCulture, out var used)) return used;
        }

        return null;
    }
}
