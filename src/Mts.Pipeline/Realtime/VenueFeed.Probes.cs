using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <content>
/// The venue's clock: it is asked for its time at the start, then now and then, and where our own clock was set or has jumped. A jump is seen without
/// another clock: a timer runs by one that nobody sets, so an input long after the moment for which a timer was wanted means that ours was
/// set, or that the machine stood still. After ours was set back, the session's time is slow until it has caught up; what the venue says in the meantime
/// holds for no later moment.
/// </content>
public sealed partial class VenueFeed
{
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(1);
    // What was under way for longer says less of the venue's clock than its streams do.
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestSpacing = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, Timestamp> probes = [];
    private readonly bool asksForTime;
    private Timestamp nextProbe = Timestamp.MinValue;
    private Timestamp probed = Timestamp.MinValue;
    private Timestamp slowUntil = Timestamp.MinValue;
    private int lastProbe;
    private bool hasJumped;

    // They are numbered downwards, so that the other fetches of a journal keep their numbers whatever is asked here.
    private static bool IsProbe(int number) => number < 0;

    private void NoteJump(Timestamp now)
    {
        if (NextTimer is not { } due || now - due <= Jump) return;
        hasJumped = true;
        nextProbe = Timestamp.Earlier(nextProbe, Timestamp.Later(now, probed + ShortestSpacing));
    }

    /// <summary>Our clock was set. Back by a second, and the session's time runs at half speed for two, in which it moves on by one.</summary>
    private void NoteStep(TimeSpan by, Timestamp now)
    {
        hasJumped = true;
        var isSlow = now < slowUntil;
        slowUntil = by < TimeSpan.Zero ? Timestamp.Later(now, slowUntil) - by : isSlow ? Timestamp.Later(now, slowUntil - by) : slowUntil;
        nextProbe = Timestamp.Earlier(nextProbe, Timestamp.Later(slowUntil, Timestamp.Later(now, probed + ShortestSpacing)));
        if (asksForTime && by < TimeSpan.Zero) tap.OnClockSetBack(Venue, Market, -by);
    }

    private void ProbeDue(Timestamp now)
    {
        if (!asksForTime || now < nextProbe) return;
        (probed, nextProbe) = (now, now + options.ProbeEvery);
        probes.Add(--lastProbe, now);
        shell.Fetch(lastProbe, new FetchRequest(FetchKind.Time, instruments[0]));
    }

    private void OnTime(int number, ReadOnlySpan<byte> body, Timestamp now)
    {
        if (!probes.Remove(number, out var sent)) return;
        if (sent < slowUntil)
        {
            nextProbe = Timestamp.Earlier(nextProbe, Timestamp.Later(now, slowUntil));
            return;
        }

        try
        {
            var time = venue.ReadTime(body);
            if (now - sent > LongestProbe)
            {
                nextProbe = Timestamp.Earlier(nextProbe, now + AskedAgain);
                return;
            }

            tap.OnProbe(Venue, Market, new ClockProbe(sent, time, now, hasJumped));
            hasJumped = false;
        }
        catch (DataValidationException unreadable)
        {
            Bury(null, FrameVerdict.Dead(StreamRef.Connection, unreadable.Message), body, now);
            nextProbe = Timestamp.Earlier(nextProbe, now + AskedAgain);
        }
    }

    private void OnNoTime(int number, TimeSpan atLeast, Timestamp now)
    {
        if (probes.Remove(number)) nextProbe = now + Longer(atLeast, AskedAgain);
    }
}
