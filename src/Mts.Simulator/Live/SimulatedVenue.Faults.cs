using Mts.Core.Market;
using Mts.Simulator.Faults;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>What a channel must do to its next frame.</summary>
internal enum Distortion
{
    None,
    Crossed,
    WrongLevel,
    OpenBarClosed,
    NewSnapshot,
    Restart,
    SkippedIds,
}

public sealed partial class SimulatedVenue
{
    private const long MuteMicros = 60 * Timestamp.MicrosPerSecond;
    private const long LateMicros = 2 * Timestamp.MicrosPerSecond;
    private const long EmptyMicros = 3 * Timestamp.MicrosPerSecond;
    private const long NoticeMicros = 10 * Timestamp.MicrosPerSecond;

    private readonly LiveFaults faults;
    private readonly PriorityQueue<(SimulatedConnection Connection, VenueFrame Kind, byte[] Payload), (long Micros, long Order)> pending = new();
    private readonly FrameText spare = new();
    private long order;
    private long snapshots;
    private long offsetUntil;
    private Book? offered;
    private bool isEmitting;

    /// <summary>How far the venue's clock is off, in microseconds.</summary>
    internal long ClockOffset => NowMicros < offsetUntil ? clockOffset : 0;

    /// <summary>Until when the venue's clock is wrong, by the true one; long ago where it never was.</summary>
    public Timestamp ClockWrongUntil => new(offsetUntil);

    private long clockOffset;

    /// <summary>The faults that hit a channel's next frame; asked before it is written.</summary>
    internal Distortion Distort(Channel channel)
    {
        if (!faults.Has(FaultScope.Stream) || channel.Subscribers.Count == 0) return Distortion.None;
        var key = Noise.Key(Noise.Key(seed, channel.Name), channel.Emitted++);
        if (Draw(FaultScope.Stream, channel.Class, channel.Name, key) is not { } fault) return Distortion.None;
        var market = channel.Market;
        if (fault.Kind is FaultKind.NewSnapshot or FaultKind.Restart && !IsBybit) return Distortion.None;
        Note(VenueEvent.Fault, null, channel.Name, fault.Kind, market.UpdateId, market.UpdateId);
        switch (fault.Kind)
        {
            case FaultKind.CrossedBook: return Distortion.Crossed;
            case FaultKind.WrongLevel: return Distortion.WrongLevel;
            case FaultKind.OpenBarClosed: return Distortion.OpenBarClosed;
            case FaultKind.NewSnapshot: return Distortion.NewSnapshot;
            case FaultKind.Restart: return Distortion.Restart;
            case FaultKind.SkippedIds: return Distortion.SkippedIds;
            case FaultKind.EmptySide:
                market.Empty(isBid: (key & 1) == 0, NowMicros + (fault.ForMicros > 0 ? fault.ForMicros : EmptyMicros));
                break;
            case FaultKind.Burst:
                market.Burst(100, NowMicros + (fault.ForMicros > 0 ? fault.ForMicros : Timestamp.MicrosPerSecond));
                break;
            case FaultKind.ClockOffset:
                clockOffset = (long)((Noise.Unit(key) - 0.5) * 6 * Timestamp.MicrosPerSecond);
                offsetUntil = NowMicros + (fault.ForMicros > 0 ? fault.ForMicros : NoticeMicros);
                break;
        }

        return Distortion.None;
    }

    /// <summary>Sends a channel's frame to its listeners.</summary>
    /// <param name="channel">Whose.</param>
    /// <param name="text">The envelope of combined streams from 0, the payload from <paramref name="inner"/>.</param>
    /// <param name="inner">Where the raw payload begins; 0 where there is no envelope, and then the last byte is part of the payload.</param>
    /// <param name="first">First id inside, or -1.</param>
    /// <param name="last">Last id inside, or -1.</param>
    internal void Publish(Channel channel, FrameText text, int inner, long first, long last)
    {
        isEmitting = true;
        for (var i = channel.Subscribers.Count - 1; i >= 0; i--)
        {
            if (i < channel.Subscribers.Count) Send(channel.Subscribers[i], text, inner, first, last);
        }

        isEmitting = false;
    }

    internal void Send(Subscription subscription, FrameText text, int inner, long first, long last)
    {
        var connection = subscription.Connection;
        var payload = inner == 0 || connection.IsCombined ? text.Written : text.From(inner)[..^1];
        if (connection.IsHalfOpen || NowMicros < subscription.MutedUntil) return;
        var fault = faults.Has(FaultScope.Frame) ? Draw(FaultScope.Frame, subscription.Channel?.Class, subscription.Name, Noise.Key(Noise.Key(seed, subscription.Name), (connection.Id * 0x1_0000_0000L) + subscription.Attempts++)) : null;
        if (fault is { } fired)
        {
            Note(VenueEvent.Fault, connection, subscription.Name, fired.Kind, first, last);
            if (!Spoil(subscription, fired.Kind, fired.ForMicros, payload)) return;
        }

        subscription.Count(first, last, payload.Length);
        Transmit(connection, VenueFrame.Text, payload);
        if (subscription.Held is { } held)
        {
            subscription.Held = null;
            Transmit(connection, VenueFrame.Text, held);
        }
    }

    /// <returns>True where the frame still goes out as it is.</returns>
    private bool Spoil(Subscription subscription, FaultKind kind, long forMicros, ReadOnlySpan<byte> payload)
    {
        var connection = subscription.Connection;
        switch (kind)
        {
            case FaultKind.DropDiff or FaultKind.TradeGap:
                return false;
            case FaultKind.DuplicateDiff or FaultKind.DuplicateTrade:
                Transmit(connection, VenueFrame.Text, payload);
                return true;
            case FaultKind.ReplayDiff:
                Later(connection, VenueFrame.Text, payload, forMicros > 0 ? forMicros : Timestamp.MicrosPerSecond / 2);
                return true;
            case FaultKind.ReorderDiff:
                subscription.Held ??= payload.ToArray();
                return false;
            case FaultKind.DelayDiff:
                Later(connection, VenueFrame.Text, payload, forMicros > 0 ? forMicros : Timestamp.MicrosPerSecond / 2);
                return false;
            case FaultKind.MuteStream:
                subscription.MutedUntil = NowMicros + (forMicros > 0 ? forMicros : MuteMicros);
                return false;
            case FaultKind.HalfOpen:
                connection.IsHalfOpen = true;
                return false;
            case FaultKind.CutFrame:
                Transmit(connection, VenueFrame.Cut, payload);
                Drop(connection, "cut in the middle of a frame");
                return false;
            case FaultKind.SlowFrame:
                Transmit(connection, VenueFrame.Slow, payload);
                return false;
            case FaultKind.LateFrames:
                connection.LateMicros = forMicros > 0 ? forMicros : LateMicros;
                return true;
            case FaultKind.ShutdownNotice:
                wire.WriteNotice(connection, spare.Clear());
                if (spare.Length > 0) Transmit(connection, VenueFrame.Text, spare.Written);
                connection.EndsMicros = NowMicros + (forMicros > 0 ? forMicros : NoticeMicros);
                Schedule(connection);
                return true;
            case FaultKind.ConnectionEnd:
                connection.EndsMicros = NowMicros;
                Schedule(connection);
                return true;
            default:
                Garble(subscription, kind, payload);
                return true;
        }
    }

    // Garbage comes beside the true frame, which follows, so that it harms nothing by itself.
    private void Garble(Subscription subscription, FaultKind kind, ReadOnlySpan<byte> payload)
    {
        spare.Clear();
        switch (kind)
        {
            case FaultKind.GarbageJson: spare.Raw(payload[..(payload.Length * 2 / 3)]); break;
            case FaultKind.GarbageEvent: wire.WriteUnknownEvent(subscription.Name, spare); break;
            case FaultKind.GarbageBinary: spare.Raw([0xFF, 0xFE, 0x00, 0x7B, 0x22, 0x80]); break;
            default: Distorted(payload, kind == FaultKind.GarbageTypes); break;
        }

        Transmit(subscription.Connection, kind == FaultKind.GarbageBinary ? VenueFrame.Binary : VenueFrame.Text, spare.Written);
    }

    // The first number inside becomes an array, or a number of forty digits.
    private void Distorted(ReadOnlySpan<byte> payload, bool types)
    {
        var at = payload.IndexOf("\":1"u8) is >= 0 and var one ? one + 2 : payload.IndexOf("\":\""u8) + 2;
        var end = at;
        while (end < payload.Length && payload[end] is not ((byte)',' or (byte)'}' or (byte)']')) end++;
        spare.Raw(payload[..at]).Raw(types ? "[{}]"u8 : "9999999999999999999999999999999999999999e400"u8).Raw(payload[end..]);
    }

    private (FaultKind Kind, long ForMicros)? Draw(FaultScope scope, FrameClass? about, string stream, ulong key) =>
        IsCalm ? null : faults.Draw(scope, about, stream, NowMicros - StartMicros, key);

    /// <summary>The fault that hits a subscription to one stream, if any.</summary>
    internal FaultKind? DrawAck(SimulatedConnection connection, string stream)
    {
        if (!faults.Has(FaultScope.Subscribe)) return null;
        var key = Noise.Key(Noise.Key(seed, "ack " + stream), (connection.Id * 0x1_0000_0000L) + connection.Requests++);
        if (Draw(FaultScope.Subscribe, null, stream, key) is not { } fault) return null;
        Note(VenueEvent.Fault, connection, stream, fault.Kind);
        return fault.Kind;
    }

    internal void Transmit(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload)
    {
        if (connection.IsHalfOpen || !connection.IsOpen) return;
        if (connection.LateMicros > 0)
        {
            Later(connection, kind, payload, connection.LateMicros);
            return;
        }

        Ledger.Frames++;
        sink.OnFrame(connection, kind, payload, new Timestamp(NowMicros));
    }

    private void Later(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload, long micros) =>
        pending.Enqueue((connection, kind, payload.ToArray()), (NowMicros + micros, order++));

    // Also to a connection that has been closed by then: its last frames were under way.
    private void SendPending()
    {
        var (connection, kind, payload) = pending.Dequeue();
        if (connection.IsHalfOpen) return;
        Ledger.Frames++;
        sink.OnFrame(connection, kind, payload, new Timestamp(NowMicros));
    }

    private static Reply Broken(FaultKind kind) => kind switch
    {
        FaultKind.RefuseUpgrade => new Reply(0, "", []),
        FaultKind.Upgrade429 => Reply.Text(429, "text/plain", "Too Many Requests").With("Retry-After", "2"),
        FaultKind.Upgrade503 => Reply.Text(503, "text/plain", "Service Unavailable"),
        _ => Reply.Text(200, "text/html", "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"),
    };
}
