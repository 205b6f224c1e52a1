using Polly;

namespace Mts.Adapters.Http;

/// <summary>One call on its way through the pipeline.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Deadline">When the call is given up.</param>
internal sealed record Call(ServiceRequest Request, DateTimeOffset Deadline)
{
    public static readonly ResiliencePropertyKey<Call> Key = new("call");

    /// <summary>What went wrong in the latest try.</summary>
    public Exception? LastFailure { get; set; }

    public static Call Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);
}
