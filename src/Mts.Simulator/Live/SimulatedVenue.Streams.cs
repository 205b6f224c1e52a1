using Mts.Core.Market;
using Mts.Simulator.Faults;
using Mts.Simulator.Http;

namespace Mts.Simulator.Live;

public sealed partial class SimulatedVenue
{
    /// <summary>Where frames are built, one at a time.</summary>
    internal FrameText Text { get; } = new();

    /// <summary>The truth: the book after an update id, or null where it is no longer or not yet known.</summary>
    /// <param name="symbol">The venue's spelling.</param>
    /// <param name="updateId">At Binance <c>u</c>; at Bybit <c>u</c> of the stream of that depth.</param>
    /// <param name="depth">At Bybit the depth of the stream, 1000 for REST; ignored at Binance.</param>
    /// <param name="levels">Levels per side to give.</param>
    public ReferenceBook? Book(string symbol, long updateId, int depth = 1_000, int levels = 20)
    {
        if (!instruments.TryGetValue(symbol, out var instrument)) return null;
        long? id = updateId;
        if (IsBybit) id = channels.TryGetValue($"orderbook.{depth}.{symbol}", out var channel) ? ((Bybit.BybitBookChannel)channel).ChangeOf(updateId) : null;
        return id is { } change && change <= instrument.Market.UpdateId && instrument.Market.Log.At(change) is { } book ? ReferenceBook.Of(book, instrument.Market.Listing, Math.Min(levels, IsBybit ? depth : levels)) : null;
    }

    /// <summary>The truth after a change of a live symbol, as <see cref="UpdateIdOf"/> counts them; null where it is no longer or not yet known.</summary>
    public ReferenceBook? BookAfter(string symbol, long change, int levels = 20) =>
        instruments.TryGetValue(symbol, out var instrument) && change <= instrument.Market.UpdateId && instrument.Market.Log.At(change) is { } book ? ReferenceBook.Of(book, instrument.Market.Listing, levels) : null;

    /// <summary>When the book of one of these ceased to be the present one; null where it still is, and where that is no longer or not yet known.</summary>
    public Timestamp? SupersededAt(string symbol, long change) =>
        instruments.TryGetValue(symbol, out var instrument) && change <= instrument.Market.UpdateId && instrument.Market.Log.MicrosAfter(change) is { } micros ? new Timestamp(micros) : null;

    /// <summary>The id of the latest change of a live symbol, or null where it is not live; at Bybit this is <c>seq</c>.</summary>
    public long? UpdateIdOf(string symbol) => instruments.TryGetValue(symbol, out var instrument) ? instrument.Market.UpdateId : null;

    /// <summary>The channel of a name, made when first asked for.</summary>
    internal T ChannelOf<T>(string name, Instrument instrument, Func<T> make)
        where T : Channel
    {
        if (channels.TryGetValue(name, out var known)) return (T)known;
        var channel = make();
        channel.Owner = this;
        channels.Add(name, channel);
        instrument.Add(channel);
        Reschedule();
        return channel;
    }

    internal Subscription Subscribe(SimulatedConnection connection, string name, Channel? channel)
    {
        var subscription = new Subscription(connection, name, channel);
        connection.Subscriptions.Add(name, subscription);
        channel?.Subscribers.Add(subscription);
        Note(VenueEvent.Subscribed, connection, name, detail: channel is null ? "never delivers" : "");
        return subscription;
    }

    internal void Unsubscribe(Subscription subscription)
    {
        var connection = subscription.Connection;
        connection.Subscriptions.Remove(subscription.Name);
        Ledger.Add(new LiveEntry(
            new Timestamp(NowMicros), Venue, VenueEvent.Unsubscribed, connection.Id, subscription.Name, null, subscription.FirstId, subscription.LastId, subscription.Frames, ""));
        if (subscription.Channel is not { } channel) return;
        channel.Subscribers.Remove(subscription);
        if (channel.Subscribers.Count == 0 && !channel.IsLasting) idle.Add(channel);
    }

    /// <summary>Sends a control answer.</summary>
    internal void Say(SimulatedConnection connection, FrameText text) => Transmit(connection, VenueFrame.Text, text.Written);

    internal void Close(SimulatedConnection connection, ushort code, string reason)
    {
        Span<byte> payload = stackalloc byte[125];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        var length = 2 + System.Text.Encoding.UTF8.GetBytes(reason, payload[2..]);
        Transmit(connection, VenueFrame.Close, payload[..length]);
        Drop(connection, $"closed with {code} {reason}");
    }

    internal void Violate(SimulatedConnection connection, string what) => Note(VenueEvent.Violation, connection, "", detail: what);

    internal void Note(VenueEvent what, SimulatedConnection? connection, string stream, FaultKind? fault = null, long first = -1, long last = -1, string detail = "") =>
        Ledger.Add(new LiveEntry(new Timestamp(NowMicros), Venue, what, connection?.Id ?? 0, stream, fault, first, last, 0, detail));

    private void Drop(SimulatedConnection connection, string why)
    {
        if (!connection.IsOpen) return;
        connection.IsOpen = false;
        connections.Remove(connection);
        foreach (var subscription in connection.Subscriptions.Values.ToArray()) Unsubscribe(subscription);
        Note(VenueEvent.Closed, connection, "", detail: why);
        Sweep();
    }

    // A channel may end while its instrument is in the middle of emitting, so it leaves later.
    private void Sweep()
    {
        if (idle.Count == 0 || isEmitting) return;
        foreach (var channel in idle)
        {
            if (channel.Subscribers.Count > 0 || !channels.Remove(channel.Name)) continue;
            instruments[channel.Market.Listing.Symbol].Remove(channel);
        }

        idle.Clear();
    }

    // A new channel may tick before its instrument's next event.
    private void Reschedule()
    {
        if (isEmitting) return;
        agenda.Clear();
        foreach (var instrument in instruments.Values) agenda.Enqueue(instrument, (instrument.NextMicros, instrument.Index));
    }

    private Reply AnswerSnapshot(SimRequest request, Instrument instrument)
    {
        var symbol = instrument.Market.Listing.Symbol;
        var fault = Draw(FaultScope.Snapshot, null, symbol, Model.Noise.Key(seed, $"snapshot {symbol} {snapshots++}"));
        if (fault is { } fired) Note(VenueEvent.Fault, null, symbol, fired.Kind);
        var variant = (int)(snapshots % 4);
        switch (fault?.Kind)
        {
            case FaultKind.Snapshot429: return rest.TooManyRequests(request.NowMs, 1, 1);
            case FaultKind.Snapshot418: return wire.Banned(request.NowMs);
            case FaultKind.Snapshot5xx: return rest.ServerError(variant switch { 0 => 500, 1 => 502, 2 => 503, _ => 504 }, request.NowMs);
            case FaultKind.SnapshotHtml: return Reply.Text(200, "text/html", "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>");
        }

        instrument.Market.Offered = levels => Offer(instrument.Market, levels, fault is not null);
        var reply = rest.Answer(Displayed(request));
        instrument.Market.Offered = null;
        if (offered is { } book && reply.Status == 200) Note(VenueEvent.Snapshot, null, symbol, first: book.UpdateId, last: book.Sequence ?? book.UpdateId);
        offered = null;
        return reply;
    }

    private bool IsBybit => wire is Bybit.BybitWire;

    private Model.Book? Offer(LiveMarket market, int levels, bool stale)
    {
        if (IsBybit)
        {
            var channel = Bybit.BybitBookChannel.Of(this, instruments[market.Listing.Symbol], 1_000);
            return offered = channel.Snapshot(levels, stale);
        }

        var id = stale ? market.Log.IdBack(400) : market.UpdateId;
        return offered = Model.Book.Of(stale ? market.Log.At(id)! : market.Book, id, levels);
    }

    private SimRequest Displayed(SimRequest request) => ClockOffset == 0 ? request : request with { NowMs = request.NowMs + (ClockOffset / 1_000) };
}
