using System.Text;

namespace Mts.Adapters.Http;

/// <summary>Turns an answer that is no success into the exception it means.</summary>
internal sealed class FaultMapping(ServiceOptions service, TimeProvider clock)
{
    private const int SampleLength = 200;

    /// <returns>Nulls for a success.</returns>
    public (ApiException? Failure, FaultKind? Kind) Of(ServiceRequest request, ServiceResponse answer)
    {
        var complaint = JsonShape.Complaint(answer.Body.Span);
        var fault = complaint is null || !answer.IsSuccess ? service.Faults(answer) : null;
        if (fault is null && answer.IsSuccess)
        {
            if (complaint is null) return (null, null);
            var broken = WithoutSecrets($"{request}: answered {answer.Status} with {complaint}: {Sample(answer)}");
            return (new ApiException(service.Name, broken) { Status = answer.Status, IsTransient = true }, FaultKind.Transient);
        }

        var kind = fault?.Kind ?? KindOf(answer.Status);
        var message = WithoutSecrets($"{request}: {Words(answer, fault)}");
        return (Failure(answer, fault, kind, message), kind);
    }

    private ApiException Failure(ServiceResponse answer, ServiceFault? fault, FaultKind kind, string message) => kind switch
    {
        FaultKind.RateLimited => new ApiRateLimitException(service.Name, message, Wait(answer, fault, RetryAfter.Default, RetryAfter.Longest))
        {
            Status = answer.Status, Code = fault?.Code,
        },
        FaultKind.Banned => new ApiRateLimitException(service.Name, message, Wait(answer, fault, service.BanDuration, RetryAfter.LongestBan))
        {
            Status = answer.Status, Code = fault?.Code, IsBan = true,
        },
        _ => new ApiException(service.Name, message) { Status = answer.Status, Code = fault?.Code, IsTransient = kind == FaultKind.Transient },
    };

    // A service may quote the key that it refuses.
    private string WithoutSecrets(string text) =>
        service.SecretHeaders.Concat(service.SecretQuery).Where(s => s.Value.Length > 3).Aggregate(text, (t, s) => t.Replace(s.Value, "***", StringComparison.Ordinal));

    private static FaultKind KindOf(int status) => status switch
    {
        429 => FaultKind.RateLimited,
        418 => FaultKind.Banned,
        408 or >= 500 => FaultKind.Transient,
        _ => FaultKind.Refused,
    };

    private TimeSpan Wait(ServiceResponse answer, ServiceFault? fault, TimeSpan otherwise, TimeSpan longest) =>
        RetryAfter.Clamp(fault?.RetryAfter ?? RetryAfter.Parse(answer.Header("Retry-After"), clock.GetUtcNow()) ?? otherwise, longest);

    private string Words(ServiceResponse answer, ServiceFault? fault)
    {
        if (answer.Status is >= 300 and < 400) return $"redirected ({answer.Status}), which is not followed; check the base address {service.BaseAddress}.";
        var code = fault?.Code is { } c ? $" code {c}" : "";
        return $"answered {answer.Status}{code}: {(string.IsNullOrWhiteSpace(fault?.Message) ? Sample(answer) : fault.Message.Trim())}";
    }

    private static string Sample(ServiceResponse answer)
    {
        if (answer.Body.IsEmpty) return "(nothing)";
        var text = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, SampleLength)]);
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }
}
