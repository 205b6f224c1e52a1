using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <content>Timers, and the watch over the connections: one that is silent for too long is asked, and where it says nothing it is replaced.</content>
public sealed partial class VenueFeed
{
    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(250);
    // Question and answer need no longer on a connection that lives.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(750);
    // One whose streams are all quiet is asked so often.
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(30);

    private Timestamp nextSweep;

    private void OnTimer(Timestamp now)
    {
        foreach (var link in links.Values.Where(l => l.Opened is not null).ToList())
        {
            if (link.Protocol.NextTimer is { } due && due <= now)
            {
                desk.Begin(new FrameContext(link.Epoch, now));
                speaking = link;
                link.Protocol.OnTimer(now, desk);
            }

            Pump(link, now);
        }

        if (now >= nextSweep) SweepAll(now);
        Attend(now);
    }

    /// <summary>After every input: what was wished for is begun, and the next timer is set.</summary>
    private void Attend(Timestamp now)
    {
        if (proofs.Count > 0) TakeProofs(now);
        if (desk.Wishes.Count > 0)
        {
            TakeWishes(now);
            RunErrands(now);
        }

        NextTimer = nextSweep;
        foreach (var link in links.Values)
        {
            if (link.Opened is not null && link.Protocol.NextTimer is { } due && due < NextTimer) NextTimer = due;
        }
    }

    private void SweepAll(Timestamp now)
    {
        nextSweep = now + Sweep;
        foreach (var slot in slots)
        {
            HandOver(slot, now);
            ConnectDue(slot, now);
            AskAgain(slot, now);
            if (slot.Current is { Opened: not null } link && !IsDead(link, now)) WatchStreams(slot, link, now);
        }

        foreach (var market in desk.Markets)
        {
            Insist(market, now);
            AuditDue(market, now);
            AuditTradesDue(market, now);
        }

        if (desk.Wishes.Count > 0) TakeWishes(now);
        RunErrands(now);
        ProbeDue(now);
    }

    /// <returns>True where the connection was given up.</returns>
    private bool IsDead(FeedLink link, Timestamp now)
    {
        if (link.Pulse.Last is not { } last) return false;
        var usual = link.Frames > 1 ? link.Pulse.Deadline(options.Silence, 4)!.Value : last + options.FirstFrame;
        if (now < Timestamp.Earlier(usual, last + MostSilence)) return false;
        if (link.Asked is not { } asked)
        {
            link.Asked = now;
            link.Protocol.Ping(now);
            Pump(link, now);
            return false;
        }

        if (now - asked < AnswerWithin) return false;
        Lose(link, $"nothing arrived for {(now - last).TotalSeconds:0.0} s", now);
        return true;
    }

    private void Resubscribe(StreamRef stream, Timestamp now)
    {
        if (SlotOf(stream)?.Current is not { Opened: not null } link || IsPending(link, stream)) return;
        link.Protocol.Unsubscribe(stream);
        link.Protocol.Subscribe(stream);
        Pump(link, now);
    }
}
