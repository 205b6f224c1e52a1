using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Shell;

/// <summary>The time of a session: that of the clock, but never running back. One reader at a time.</summary>
/// <remarks>A clock that is set back would hold up every timer for as long; the session's time then runs at half speed until the two agree.</remarks>
internal sealed class SessionClock(TimeProvider clock)
{
    private long readAt = clock.GetTimestamp();
    private Timestamp last = Timestamp.Now(clock);

    public Timestamp Now()
    {
        var at = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(readAt, at);
        var told = Timestamp.Now(clock);
        var slowed = last + (elapsed / 2);
        (readAt, last) = (at, told > slowed ? told : slowed);
        return last;
    }
}
