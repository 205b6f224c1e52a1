namespace Mts.Adapters.Venues;

/// <summary>A venue's time, never ahead of it: its last reading plus what has passed here since that reading arrived.</summary>
/// <remarks>Whether a bar is finished is the venue's to say; a local clock that runs fast would take an unfinished bar for a closed one.</remarks>
internal sealed class VenueClock(Func<CancellationToken, Task<Timestamp>> ask, TimeProvider clock)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private Reading? last;

    /// <summary>Asks the venue when the last reading is older than a minute.</summary>
    /// <exception cref="ApiException">The venue did not tell its time.</exception>
    public async ValueTask<Timestamp> NowAsync(CancellationToken cancellationToken)
    {
        var reading = Volatile.Read(ref last);
        if (reading is null || clock.GetElapsedTime(reading.Arrived) > MaxAge)
        {
            var time = await ask(cancellationToken);
            reading = new Reading(time, clock.GetTimestamp());
            Volatile.Write(ref last, reading);
        }

        return reading.Time + clock.GetElapsedTime(reading.Arrived);
    }

    private sealed record Reading(Timestamp Time, long Arrived);
}
