namespace Mts.Storage.Cache.Redis;

/// <summary>The wait before the next try: drawn from zero to a bound that doubles with every failure, so that clients of a server that returns do not come all at once.</summary>
/// <param name="first">Bound after the first failure.</param>
/// <param name="most">Bound after many.</param>
/// <param name="random">Guarded here; not shared.</param>
internal sealed class FullJitter(TimeSpan first, TimeSpan most, Random random)
{
    private readonly Lock sync = new();

    /// <param name="failures">In a row, from 1.</param>
    public TimeSpan Wait(int failures)
    {
        var bound = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(failures, 32) - 1), most.TotalSeconds);
        lock (sync) return TimeSpan.FromSeconds(bound * random.NextDouble());
    }
}
