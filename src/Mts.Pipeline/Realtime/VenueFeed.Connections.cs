using System.Text;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <content>Connections: opened within the venue's budget, replaced before they end, tried again for ever.</content>
public sealed partial class VenueFeed
{
    private readonly Queue<Timestamp> attempts = new();
    private readonly StreamAccount late = new();

    /// <summary>Frames of connections that were given up before they arrived.</summary>
    public StreamAccount LateFrames => late;

    /// <summary>Its connections as they stand, one for each set of streams.</summary>
    public IReadOnlyList<ConnectionStatus> Connections => [.. slots.Select((slot, i) => StatusOf(slot, i + 1))];

    /// <summary>How far each stream has been followed; one that never was has no position.</summary>
    public IEnumerable<StreamPosition> Positions => slots.SelectMany(slot =>
    {
        var link = slot.Current is { Opened: not null } standing ? standing : null;
        return slot.Streams.Select(s => desk.PositionOf(s, link?.Pulse.Last ?? slot.FollowedUntil, link?.Number ?? 0)).OfType<StreamPosition>();
    });

    private ConnectionStatus StatusOf(FeedSlot slot, int number) => slot.Current is { Opened: not null } link
        ? new(number, link.Epoch, true, [.. slot.Streams.Where(s => link.Protocol.StateOf(s) == SubscriptionState.Acknowledged).Select(NameOf)], link.Pulse.Last)
        : new(number, slot.Epoch, false, [], null);

    private void OnOpened(int connection, Timestamp now)
    {
        if (!links.TryGetValue(connection, out var link))
        {
            shell.Close(connection, "not wanted any more");
            return;
        }

        var slot = link.Slot;
        link.Opened = now;
        link.Pulse.Rest(now);
        link.Protocol.OnOpened(now);
        if (slot.Current == link) desk.OnEpoch(slot.Streams, link.Epoch, now);
        Note(link, "open", link.Protocol.Path, now);
        Pump(link, now);
    }

    private void OnRefused(int connection, ReadOnlySpan<byte> reason, long waitMicros, Timestamp now)
    {
        if (!links.Remove(connection, out var link)) return;
        Note(link, "refused", Encoding.UTF8.GetString(reason), now);
        Drop(link, now, TimeSpan.FromMicroseconds(waitMicros));
    }

    private void OnClosed(int connection, ReadOnlySpan<byte> reason, Timestamp now)
    {
        if (links.TryGetValue(connection, out var link)) Lose(link, Encoding.UTF8.GetString(reason), now, isClosed: true);
    }

    private void Lose(FeedLink link, string reason, Timestamp now, bool isClosed = false)
    {
        links.Remove(link.Number);
        if (!isClosed) shell.Close(link.Number, reason);
        Note(link, "lost", reason, now);
        if (link.Opened is { } opened && link.Pulse.Last is { } last && link.Frames > 0 && last - opened >= options.GoodAfter) link.Slot.Failures = 0;
        Drop(link, now, TimeSpan.Zero);
    }

    /// <summary>Takes a connection out of its slot: its successor takes over, or a new one is to be made.</summary>
    private void Drop(FeedLink link, Timestamp now, TimeSpan atLeast)
    {
        var slot = link.Slot;
        slot.Silences.Clear();
        if (slot.Successor == link)
        {
            slot.Successor = null;
        }
        else if (slot.Successor is { Opened: not null } successor)
        {
            Promote(slot, successor, now);
            return;
        }
        else
        {
            if (slot.Current == link && link.Opened is not null)
            {
                slot.FollowedUntil = link.Pulse.Last;
                desk.OnLost(slot.Streams, now);
            }

            slot.Current = null;
            if (slot.Successor is { } waiting)
            {
                (slot.Current, slot.Successor) = (waiting, null);
                return;
            }
        }

        var ceiling = Math.Min(options.MaxBackoff.TotalSeconds, options.Backoff.TotalSeconds * 2 * Math.Pow(2, Math.Min(slot.Failures, 20)));
        var wait = TimeSpan.FromSeconds(jitter.NextDouble() * ceiling);
        slot.Failures++;
        slot.ConnectAt = now + (wait > atLeast ? wait : atLeast);
    }

    private void Promote(FeedSlot slot, FeedLink successor, Timestamp now)
    {
        if (slot.Current is { } old && links.Remove(old.Number))
        {
            shell.Close(old.Number, "replaced");
            Note(old, "replaced", $"by connection {successor.Number}", now);
        }

        (slot.Current, slot.Successor) = (successor, null);
        desk.OnEpochEnded(slot.Streams, successor.Epoch);
    }

    private void ConnectDue(FeedSlot slot, Timestamp now)
    {
        if (slot.ConnectAt is not { } due || due > now || !MayAttempt(now)) return;
        slot.ConnectAt = null;
        if (slot.Successor is not null || (slot.Current is not null && !IsEnding(slot.Current, now))) return;
        var link = new FeedLink(slot, ++connections, ++slot.Epoch, venue.Open(slot.Streams, instruments));
        links.Add(link.Number, link);
        if (slot.Current is null) slot.Current = link;
        else slot.Successor = link;
        shell.Connect(link.Number, link.Protocol.Path);
    }

    private bool MayAttempt(Timestamp now)
    {
        while (attempts.TryPeek(out var oldest) && now - oldest >= venue.Limits.AttemptWindow) attempts.Dequeue();
        if (attempts.Count >= Math.Max(1, venue.Limits.AttemptsPerWindow * options.AttemptShare)) return false;
        attempts.Enqueue(now);
        return true;
    }

    private bool IsEnding(FeedLink link, Timestamp now) =>
        link.Protocol.IsEnding || (venue.Limits.ConnectionLife is { } life && link.Opened is { } opened && now >= opened + life - options.RolloverMargin);

    /// <summary>Starts a handover where one is due and ends it where the successor brings what the old one brought.</summary>
    private void HandOver(FeedSlot slot, Timestamp now)
    {
        if (slot.Current is not { Opened: not null } current) return;
        if (slot.Successor is { Opened: { } since } successor)
        {
            var isReady = slot.Streams.All(s => successor.Heard.Contains(s) || !current.Heard.Contains(s)) && now - since >= TimeSpan.FromSeconds(1);
            if (isReady || now - since >= options.Handover) Promote(slot, successor, now);
        }
        else if (slot.Successor is null && slot.ConnectAt is null && IsEnding(current, now))
        {
            slot.ConnectAt = now;
        }
    }

    private void Note(FeedLink link, string state, string detail, Timestamp now, string? stream = null) =>
        tap.OnConnection(new ConnectionNote(Venue, Market, slots.IndexOf(link.Slot) + 1, link.Epoch, state, detail, link.Slot.Streams.Count, now) { Stream = stream });
}
