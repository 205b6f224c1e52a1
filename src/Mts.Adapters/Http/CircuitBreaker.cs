namespace Mts.Adapters.Http;

/// <summary>Whether a service is asked at all.</summary>
public enum BreakerState
{
    /// <summary>Requests pass.</summary>
    Closed,

    /// <summary>No request passes.</summary>
    Open,

    /// <summary>One request passes, and its outcome decides.</summary>
    HalfOpen,
}

/// <summary>Leaves a host alone after failures in a row, or for as long as it has banned us.</summary>
/// <param name="failuresToOpen">Failures in a row that open it.</param>
/// <param name="breakDuration">How long it stays open after failures.</param>
/// <param name="clock">Tells when an open breaker may try again.</param>
public sealed class CircuitBreaker(int failuresToOpen, TimeSpan breakDuration, TimeProvider clock)
{
    private readonly Lock sync = new();
    private int failures;
    private bool open;
    private bool trialRuns;
    private DateTimeOffset openUntil;

    public BreakerState State
    {
        get
        {
            lock (sync) return !open ? BreakerState.Closed : openUntil > clock.GetUtcNow() ? BreakerState.Open : BreakerState.HalfOpen;
        }
    }

    /// <summary>True where it is open because the service has banned this address.</summary>
    public bool IsBan { get; private set; }

    /// <summary>Asks to send one request; whoever may must report its outcome.</summary>
    /// <returns>Null for yes, else how long to wait before asking again.</returns>
    public TimeSpan? TryEnter()
    {
        lock (sync)
        {
            if (!open) return null;
            var left = openUntil - clock.GetUtcNow();
            if (left > TimeSpan.Zero) return left;
            if (trialRuns) return breakDuration;
            trialRuns = true;
            return null;
        }
    }

    /// <summary>The service answered.</summary>
    /// <returns>True where this closed an open breaker.</returns>
    public bool Succeeded()
    {
        lock (sync)
        {
            // An answer to a request sent before the ban does not lift it.
            if (open && openUntil > clock.GetUtcNow()) return false;
            var closed = open;
            (open, trialRuns, failures, IsBan) = (false, false, 0, false);
            return closed;
        }
    }

    /// <returns>True where this opened the breaker.</returns>
    public bool Failed()
    {
        lock (sync)
        {
            failures++;
            if (open ? !trialRuns : failures < failuresToOpen) return false;
            Open(clock.GetUtcNow() + breakDuration);
            return true;
        }
    }

    /// <summary>The request was given up by whoever asked; that says nothing about the service.</summary>
    public void Abandoned()
    {
        lock (sync) trialRuns = false;
    }

    /// <summary>The service bans this address until <paramref name="until"/>; a longer ban that holds already is kept.</summary>
    public void Ban(DateTimeOffset until)
    {
        lock (sync)
        {
            if (IsBan && openUntil > until) return;
            IsBan = true;
            Open(until);
        }
    }

    private void Open(DateTimeOffset until)
    {
        open = true;
        trialRuns = false;
        openUntil = until;
    }
}
