namespace Mts.Adapters.Http;

/// <summary>Lets through at most a budget of weight within any span of a window's length, first come first served.</summary>
/// <remarks>A log of what was spent, not a bucket: a bucket lets up to twice the budget through a fixed window of the venue.</remarks>
public sealed class WeightLimiter : IDisposable
{
    private readonly TimeSpan window;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock sync = new();
    private readonly Queue<(DateTimeOffset Time, int Weight)> spent = new();
    private int used;
    private DateTimeOffset pausedUntil = DateTimeOffset.MinValue;

    public WeightLimiter(RateBudget budget, TimeProvider clock)
    {
        Budget = budget.Weight;
        window = budget.Window;
        this.clock = clock;
    }

    /// <summary>Weight that may be spent within a window.</summary>
    public int Budget { get; }

    /// <summary>Weight spent within the last window.</summary>
    public int Used
    {
        get
        {
            lock (sync)
            {
                Forget(clock.GetUtcNow());
                return used;
            }
        }
    }

    /// <summary>The end of the pause that the service asked for; in the past where there is none.</summary>
    public DateTimeOffset PausedUntil
    {
        get
        {
            lock (sync) return pausedUntil;
        }
    }

    /// <summary>Waits until <paramref name="weight"/> may be spent, and spends it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or more than the whole budget.</exception>
    public async ValueTask AcquireAsync(int weight, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, Budget);
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (TrySpend(weight) is { } wait) await Task.Delay(wait, clock, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes over what the service says was spent; more than we know of was spent by somebody else at our address.</summary>
    public void Observe(int usedAtService)
    {
        lock (sync)
        {
            var now = clock.GetUtcNow();
            Forget(now);
            if (usedAtService <= used) return;
            spent.Enqueue((now, usedAtService - used));
            used = usedAtService;
        }
    }

    /// <summary>Nothing is let through before <paramref name="until"/>; a later pause that holds already is kept.</summary>
    public void PauseUntil(DateTimeOffset until)
    {
        lock (sync)
        {
            if (until > pausedUntil) pausedUntil = until;
        }
    }

    public void Dispose() => turn.Dispose();

    private TimeSpan? TrySpend(int weight)
    {
        lock (sync)
        {
            var now = clock.GetUtcNow();
            if (pausedUntil > now) return pausedUntil - now;
            Forget(now);
            if (used + weight > Budget && spent.Count > 0) return UntilFree(weight, now);
            spent.Enqueue((now, weight));
            used += weight;
            return null;
        }
    }

    private TimeSpan UntilFree(int weight, DateTimeOffset now)
    {
        var left = used;
        foreach (var (time, cost) in spent)
        {
            left -= cost;
            if (left + weight <= Budget) return time + window - now;
        }

        return window;
    }

    private void Forget(DateTimeOffset now)
    {
        while (spent.TryPeek(out var oldest) && oldest.Time + window <= now) used -= spent.Dequeue().Weight;
    }
}
