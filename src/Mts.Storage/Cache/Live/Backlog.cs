namespace Mts.Storage.Cache.Live;

/// <summary>
/// What waits to be written: of every key the newest value, of single moments and events as many as are allowed. Whoever hands something in waits for
/// nothing but a short lock. The newest values stay after they were written, to be written again when the cache has lost them.
/// </summary>
internal sealed class Backlog(int maxKeys, int maxWaiting, TimeProvider clock)
{
    private const int BatchSize = 256;

    private readonly Lock sync = new();
    private readonly Dictionary<string, NewestValue> newest = new(StringComparer.Ordinal);
    private readonly Queue<string> listed = new();
    private readonly BoundedQueue moments = new(maxWaiting);
    private readonly BoundedQueue events = new(maxWaiting);
    private long refused;

    public long Conflated { get; private set; }

    public long Repaired { get; private set; }

    public long Dropped
    {
        get
        {
            lock (sync) return moments.Dropped + events.Dropped + refused;
        }
    }

    public int Waiting
    {
        get
        {
            lock (sync) return listed.Count + moments.Count + events.Count;
        }
    }

    /// <param name="value">The newest of its key.</param>
    /// <param name="isKept">Whether it is also kept under the key of its moment.</param>
    /// <param name="isTold">Whether it is also an event.</param>
    public void Put(LiveValue value, bool isKept, bool isTold)
    {
        lock (sync)
        {
            if (!newest.TryGetValue(value.Key, out var held))
            {
                if (newest.Count < maxKeys) newest[value.Key] = held = new NewestValue(value);
                else refused++;
            }
            else
            {
                if (held.IsUnwritten) Conflated++;
                held.Value = value;
                held.IsUnwritten = true;
            }

            if (isKept) moments.Add(value);
            if (held is null) return;
            held.IsUntold |= isTold;
            List(held);
        }
    }

    public void PutEvent(LiveValue value)
    {
        lock (sync) events.Add(value);
    }

    /// <summary>Takes the next things to be done; if they fail they must be given back.</summary>
    public LiveBatch Take()
    {
        lock (sync)
        {
            var taken = new List<(LiveValue, bool, bool)>();
            while (taken.Count < BatchSize && listed.TryDequeue(out var key))
            {
                if (!newest.TryGetValue(key, out var held)) continue;
                held.IsListed = false;
                if (held.Value.Expires <= clock.GetUtcNow()) newest.Remove(key);
                else taken.Add((held.Value, held.IsUnwritten, held.IsUntold));
                (held.IsUnwritten, held.IsUntold) = (false, false);
            }

            return new LiveBatch(taken, moments.Take(BatchSize), events.Take(BatchSize));
        }
    }

    /// <summary>Puts back what could not be written; a newer value of a key stays in its place.</summary>
    public void GiveBack(LiveBatch batch)
    {
        lock (sync)
        {
            foreach (var (value, write, tell) in batch.Newest)
            {
                if (!newest.TryGetValue(value.Key, out var held)) continue;
                if (held.IsUnwritten && held.Value != value) Conflated++;
                held.IsUnwritten |= write;
                held.IsUntold |= tell;
                List(held);
            }

            moments.GiveBack(batch.Moments);
            events.GiveBack(batch.Events);
        }
    }

    /// <summary>Newest values that should be in the cache now and for a while; those whose lifetime is over are forgotten.</summary>
    public IReadOnlyList<string> ListWritten(TimeSpan atLeast)
    {
        lock (sync)
        {
            var now = clock.GetUtcNow();
            foreach (var (key, _) in newest.Where(n => n.Value.Value.Expires <= now)) newest.Remove(key);
            var horizon = now + atLeast;
            return [.. newest.Where(n => !n.Value.IsUnwritten && n.Value.Value.Expires > horizon).Select(n => n.Key)];
        }
    }

    /// <summary>Has these newest values written again, or all.</summary>
    public void Repair(IEnumerable<string>? keys = null)
    {
        lock (sync)
        {
            foreach (var key in keys ?? [.. newest.Keys])
            {
                if (!newest.TryGetValue(key, out var held) || held.IsUnwritten) continue;
                Repaired++;
                held.IsUnwritten = true;
                List(held);
            }
        }
    }

    private void List(NewestValue held)
    {
        if (held.IsListed) return;
        held.IsListed = true;
        listed.Enqueue(held.Value.Key);
    }
}
