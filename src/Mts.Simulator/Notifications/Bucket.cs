namespace Mts.Simulator.Notifications;

/// <summary>So many messages within any span of a length.</summary>
internal sealed class Bucket(int limit, long windowMs)
{
    private readonly Queue<long> taken = new();

    public int Limit => limit;

    public int Left => limit - taken.Count;

    /// <returns>Null where one more is allowed, and counted; else how long to wait.</returns>
    public double? Take(long nowMs)
    {
        while (taken.TryPeek(out var oldest) && oldest + windowMs <= nowMs) taken.Dequeue();
        if (taken.Count >= limit) return (taken.Peek() + windowMs - nowMs) / 1_000.0;
        taken.Enqueue(nowMs);
        return null;
    }

    /// <summary>Until the bucket is full again.</summary>
    public double ResetAfter(long nowMs) => taken.TryPeek(out var oldest) ? Math.Max(0, (oldest + windowMs - nowMs) / 1_000.0) : 0;
}
