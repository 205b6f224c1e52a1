using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <content>The watch: whoever is silent for too long is subscribed anew, then connected anew.</content>
public sealed partial class VenueFeed
{
    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(250);

    private Timestamp nextSweep;

    private void OnTimer(Timestamp now)
    {
        foreach (var link in links.Values.Where(l => l.Opened is not null).ToList())
        {
            if (link.Protocol.NextTimer is { } due && due <= now)
            {
                desk.Begin(new FrameContext(link.Epoch, now));
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
            if (slot.Current is { Opened: not null } link) Watch(slot, link, now);
        }

        foreach (var market in desk.Markets)
        {
            Insist(market, now);
            AuditDue(market, now);
            AuditTradesDue(market, now);
        }

        if (desk.Wishes.Count > 0) TakeWishes(now);
        RunErrands(now);
    }

    private void Watch(FeedSlot slot, FeedLink link, Timestamp now)
    {
        if (link.Frames > 1 && link.Pulse.Deadline(options.Silence, 4) is { } dead && now >= dead)
        {
            Lose(link, $"nothing arrived for {(now - link.Pulse.Last!.Value).TotalSeconds:0.0} s", now);
            return;
        }

        foreach (var stream in slot.Streams)
        {
            if (DeadlineOf(stream) is not { } deadline || now < deadline)
            {
                slot.Strikes.Remove(stream);
                continue;
            }

            var strikes = slot.Strikes.GetValueOrDefault(stream);
            // The second chance is as long as the first; the connection pays only for a stream that was heard on it before.
            if (now < deadline + (strikes * options.FirstFrame)) continue;
            slot.Strikes[stream] = strikes + 1;
            if (Answer(stream, strikes, link, now)) return;
        }
    }

    /// <summary>Silence is answered step by step: the venue is asked, the stream subscribed anew, the connection replaced.</summary>
    /// <returns>True where the connection was given up.</returns>
    private bool Answer(StreamRef stream, int strikes, FeedLink link, Timestamp now)
    {
        var market = desk.Market(stream.Instrument);
        if (stream.Channel == Channel.Trade && !market.Trades.AwaitsStream)
        {
            CheckTrades(stream.Instrument, now);
            return false;
        }

        var step = stream.Channel is Channel.Depth or Channel.Trade ? strikes : strikes + 1;
        if (stream.Channel == Channel.Depth) market.Book.OnSilent(now);
        if (strikes == 0) Note(link, "silent", $"{market.Symbol} {stream.Channel}", now);
        if (step == 0)
        {
            if (market.Book.State == BookState.Stale) Check(stream.Instrument, now);
        }
        else if (step == 1)
        {
            Resubscribe(stream, now);
        }
        else if (step == 2 || step % 30 == 0)
        {
            Lose(link, $"{market.Symbol} {stream.Channel} is silent", now);
            return true;
        }

        return false;
    }

    /// <summary>The end of a stream's longest usual silence; null where silence says nothing.</summary>
    private Timestamp? DeadlineOf(StreamRef stream)
    {
        var pulse = desk.Market(stream.Instrument).Pulses[(int)stream.Channel];
        return stream.Channel switch
        {
            Channel.Depth or Channel.Quote => pulse.Beats == 0 ? pulse.Last + options.FirstFrame : pulse.Deadline(options.Silence, stream.Channel == Channel.Depth ? 4 : 20),
            Channel.Mark => pulse.Beats == 0 ? pulse.Last + options.FirstFrame : pulse.Deadline(2 * options.Silence, 20),
            Channel.Trade => DeadlineOfTrades(pulse),
            Channel.Bar => pulse.Last + TimeSpan.FromMinutes(3),
            _ => null,
        };
    }

    // Trades may well stop; only where they come every second is their silence soon worth a question. Where they are counted, nothing else tells of a
    // subscription that the venue has refused or forgotten, so what was usual on the old connection counts on the new one too; elsewhere the end of the
    // old one has opened a gap already.
    private Timestamp? DeadlineOfTrades(StreamPulse pulse)
    {
        var areLively = pulse.Median > TimeSpan.Zero && pulse.Median <= options.Silence / 4;
        if (pulse.Beats == 0) return pulse.Last + (areLively && venue.CountsTrades ? options.FirstFrame : 3 * options.FirstFrame);
        return areLively ? pulse.Deadline(options.Silence, 4) : null;
    }

    /// <summary>The venue has gone on without telling: the stream is mute.</summary>
    private void OnMuted(StreamRef stream, Timestamp now)
    {
        if (SlotOf(stream) is not { Current: { } link } slot) return;
        if (slot.Strikes.GetValueOrDefault(stream) > 1) return;
        slot.Strikes[stream] = 2;
        if (stream.Channel == Channel.Trade) Note(link, "silent", $"{desk.Market(stream.Instrument).Symbol} {stream.Channel}", now);
        Answer(stream, 1, link, now);
    }

    private void Resubscribe(StreamRef stream, Timestamp now)
    {
        if (SlotOf(stream)?.Current is not { Opened: not null } link) return;
        link.Protocol.Unsubscribe(stream);
        link.Protocol.Subscribe(stream);
        Pump(link, now);
    }
}
