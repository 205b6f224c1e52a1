namespace Mts.Adapters.Http;

/// <summary>The wait before a retry: doubled each time up to a cap, plus up to a tenth so that callers do not march in step.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan cap, Random jitter)
{
    private readonly Lock sync = new();

    /// <param name="attempt">0 for the first retry.</param>
    public TimeSpan Delay(int attempt)
    {
        var wait = Math.Min(first.TotalSeconds * Math.Pow(2, attempt), cap.TotalSeconds);
        return TimeSpan.FromSeconds(wait * (1 + (0.1 * Draw())));
    }

    private double Draw()
    {
        lock (sync) return jitter.NextDouble();
    }
}
