using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Shell;

/// <summary>The time of a session: that of the clock, but never running back. One reader at a time.</summary>
/// <remarks>
/// A clock that is set back would hold up every timer for as long; the session's time then runs at half speed until the two agree. That a clock was set
/// is seen by the one that nobody sets.
/// </remarks>
public sealed class SessionClock
{
    // A smaller step is what reading two clocks one after the other may look like, and costs the age of a book no more.
    private static readonly TimeSpan LeastStep = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider clock;
    private long readAt;
    private Timestamp told;
    private Timestamp last;
    private TimeSpan doubt;
    private TimeSpan step;

    public SessionClock(TimeProvider clock)
    {
        this.clock = clock;
        (readAt, told, doubt) = Read();
        last = told;
    }

    public Timestamp Now()
    {
        var (at, now, unsure) = Read();
        var elapsed = clock.GetElapsedTime(readAt, at);
        var off = now - (told + elapsed);
        if (off.Duration() > LeastStep + unsure + doubt) step += off;
        var slowed = last + (elapsed / 2);
        (readAt, told, doubt, last) = (at, now, unsure, now > slowed ? now : slowed);
        return last;
    }

    /// <summary>How far the clock was set, forward or (negative) back, since this was last asked; zero where nobody has set it.</summary>
    public TimeSpan TakeStep()
    {
        var taken = step;
        step = TimeSpan.Zero;
        return taken;
    }

    /// <summary>Both clocks, and how long it took to read them: the thread may have had to wait in between.</summary>
    private (long At, Timestamp Told, TimeSpan Unsure) Read()
    {
        var before = clock.GetTimestamp();
        var now = Timestamp.Now(clock);
        var at = clock.GetTimestamp();
        return (at, now, clock.GetElapsedTime(before, at));
    }
}
