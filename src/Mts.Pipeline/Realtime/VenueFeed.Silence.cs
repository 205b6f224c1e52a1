using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <content>
/// The watch over the streams. A market may be quiet, so the venue is asked what a silent stream has missed; only one that has missed something is
/// subscribed anew, and costs a connection where that does not help.
/// </content>
public sealed partial class VenueFeed
{
    // However quiet a market is, the venue is asked so often.
    private static readonly TimeSpan MostQuiet = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MostQuietTrades = TimeSpan.FromMinutes(10);

    private readonly List<StreamRef> proofs = [];
    private readonly HashSet<StreamRef> mute = [];

    private void WatchStreams(FeedSlot slot, FeedLink link, Timestamp now)
    {
        foreach (var stream in slot.Streams)
        {
            if (IsPending(link, stream)) continue;
            if (DeadlineOf(stream) is not { } deadline || now < deadline)
            {
                if (slot.Silences.Count > 0 || mute.Count > 0) Hear(slot, link, stream, now);
                continue;
            }

            if (!slot.Silences.TryGetValue(stream, out var silence)) slot.Silences[stream] = silence = new StreamSilence(now);
            if (now < silence.NextLook) continue;
            silence.NextLook = now + (options.FirstFrame / 2);
            if (stream.Channel == Channel.Depth) desk.Market(stream.Instrument).Book.OnSilent(now);
            if (IsNeverQuiet(stream)) Prove(slot, link, stream, now);
            else Ask(stream, now);
            if (slot.Current != link) return;
        }
    }

    private void Hear(FeedSlot slot, FeedLink link, StreamRef stream, Timestamp now)
    {
        var pulse = desk.Market(stream.Instrument).Pulses[(int)stream.Channel];
        if (slot.Silences.TryGetValue(stream, out var silence) && pulse.Last > silence.Since) slot.Silences.Remove(stream);
        if (pulse.Beats > 0 && !slot.Silences.ContainsKey(stream) && mute.Remove(stream)) Tell(link, "heard", stream, "it speaks again", now);
    }

    /// <summary>Streams whose silence says enough: prices of the mark come all the time, and some books begin with a snapshot.</summary>
    private bool IsNeverQuiet(StreamRef stream)
    {
        var market = desk.Market(stream.Instrument);
        return stream.Channel == Channel.Mark
            || (stream.Channel == Channel.Depth && !venue.Sequencer.NeedsSnapshot && (market.Pulses[(int)Channel.Depth].Beats == 0 || market.Book.Id is null));
    }

    private void Ask(StreamRef stream, Timestamp now)
    {
        var market = desk.Market(stream.Instrument);
        if (stream.Channel == Channel.Trade) CheckTrades(stream.Instrument, now);
        else if (stream.Channel == Channel.Bar) CheckBars(market, now);
        else if (stream.Channel == Channel.Quote && market.Book.State == BookState.Valid) desk.CheckQuote(market, market.Book.Book.Bids[0], market.Book.Book.Asks[0], now);
        else Check(market, stream.Channel == Channel.Quote, now);
    }

    /// <summary>The end of a stream's longest usual silence; null where silence says nothing.</summary>
    private Timestamp? DeadlineOf(StreamRef stream)
    {
        var pulse = desk.Market(stream.Instrument).Pulses[(int)stream.Channel];
        if (pulse.Last is not { } last) return null;
        return stream.Channel switch
        {
            Channel.Depth or Channel.Quote => pulse.Beats == 0 ? last + options.FirstFrame : Timestamp.Earlier(pulse.Deadline(options.Silence, stream.Channel == Channel.Depth ? 4 : 20)!.Value, last + MostQuiet),
            Channel.Mark => pulse.Beats == 0 ? last + options.FirstFrame : pulse.Deadline(2 * options.Silence, 20),
            Channel.Trade => DeadlineOfTrades(pulse, last),
            Channel.Bar => last + TimeSpan.FromMinutes(3),
            _ => null,
        };
    }

    // Trades may well stop; only where they come every second is their silence soon worth a question. Where they are counted, nothing else tells of a
    // subscription that the venue has forgotten, so what was usual on the old connection counts on the new one too; elsewhere the end of the old one has
    // opened a gap already.
    private Timestamp DeadlineOfTrades(StreamPulse pulse, Timestamp last)
    {
        var areLively = pulse.Median > TimeSpan.Zero && pulse.Median <= options.Silence / 4;
        if (pulse.Beats == 0) return last + (areLively && venue.CountsTrades ? options.FirstFrame : 3 * options.FirstFrame);
        return areLively ? pulse.Deadline(options.Silence, 4)!.Value : Timestamp.Earlier(pulse.Deadline(3 * options.FirstFrame, 20)!.Value, last + MostQuietTrades);
    }

    /// <summary>What the venue has said shows that a stream is mute; taken up when the input has been handled.</summary>
    private void OnMuted(StreamRef stream, Timestamp now) => proofs.Add(stream);

    private void TakeProofs(Timestamp now)
    {
        foreach (var stream in proofs.Distinct())
        {
            if (SlotOf(stream) is { Current: { Opened: not null } link } slot && !IsPending(link, stream)) Prove(slot, link, stream, now);
        }

        proofs.Clear();
    }

    private void Prove(FeedSlot slot, FeedLink link, StreamRef stream, Timestamp now)
    {
        if (!slot.Silences.TryGetValue(stream, out var silence)) slot.Silences[stream] = silence = new StreamSilence(now);
        (silence.Since, silence.NextLook) = (now, now + (options.FirstFrame / 2));
        if (mute.Add(stream)) Tell(link, "silent", stream, "it has missed something", now);
        if (++silence.Proofs == 1)
        {
            Resubscribe(stream, now);
            return;
        }

        var pulse = desk.Market(stream.Instrument).Pulses[(int)stream.Channel];
        if (!pulse.MayCost(now)) return;
        pulse.Cost(now, options.FirstFrame);
        Lose(link, $"{instruments[stream.Instrument]} {stream.Channel} is silent", now);
    }
}
