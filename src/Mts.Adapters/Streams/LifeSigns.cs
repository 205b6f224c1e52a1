namespace Mts.Adapters.Streams;

/// <summary>Finds the connection whose other end has gone: pings after a silence, and gives up when even that brings nothing.</summary>
/// <remarks>Only time spent waiting for the socket counts; a reader that is held up by its own disk says nothing about the other side.</remarks>
internal sealed class LifeSigns : IDisposable
{
    private readonly StreamOptions options;
    private readonly TimeProvider clock;
    private readonly Action ping;
    private readonly Action<TimeSpan> dead;
    private readonly Action unanswered;
    private readonly ITimer timer;
    private readonly ITimer closing;
    private long waitingSince = -1;
    private long pingedIn = -1;
    private long pingedAt;

    /// <param name="options">The two times, and that for a close.</param>
    /// <param name="clock">They run on it.</param>
    /// <param name="ping">Sends a ping.</param>
    /// <param name="dead">Told the silence.</param>
    /// <param name="unanswered">A close found no answer.</param>
    public LifeSigns(StreamOptions options, TimeProvider clock, Action ping, Action<TimeSpan> dead, Action unanswered)
    {
        (this.options, this.clock, this.ping, this.dead, this.unanswered) = (options, clock, ping, dead, unanswered);
        closing = clock.CreateTimer(static o => ((LifeSigns)o!).unanswered(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer = clock.CreateTimer(static o => ((LifeSigns)o!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm(options.KeepAlive);
    }

    /// <summary>The reader waits for the socket from now on.</summary>
    public void Waits() => Volatile.Write(ref waitingSince, clock.GetTimestamp());

    /// <summary>The wait is over.</summary>
    public void Arrived() => Volatile.Write(ref waitingSince, -1);

    /// <summary>The other side has been asked to close.</summary>
    public void Closes() => closing.Change(options.CloseTimeout, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        timer.Dispose();
        closing.Dispose();
    }

    private void Look()
    {
        var since = Volatile.Read(ref waitingSince);
        var silence = since < 0 ? TimeSpan.Zero : clock.GetElapsedTime(since);
        if (silence < options.KeepAlive)
        {
            Arm(options.KeepAlive - silence);
        }
        else if (pingedIn != since)
        {
            // A wait is known by its beginning; a ping belongs to the wait in which it was sent.
            (pingedIn, pingedAt) = (since, clock.GetTimestamp());
            ping();
            Arm(options.KeepAlive / 4);
        }
        else if (options.KeepAliveTimeout - clock.GetElapsedTime(pingedAt) is { Ticks: > 0 } left)
        {
            // Looked at in small steps: once the ping is answered, the next silence counts from the answer.
            Arm(left < options.KeepAlive / 4 ? left : options.KeepAlive / 4);
        }
        else
        {
            dead(silence);
        }
    }

    private void Arm(TimeSpan wait) => timer.Change(wait, Timeout.InfiniteTimeSpan);
}
