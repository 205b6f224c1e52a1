using Mts.Core.Market;
using Mts.Simulator.Faults;

namespace Mts.Simulator.Live;

/// <summary>What a fault does to one frame, or to the stream or connection that it goes out on.</summary>
internal sealed class FrameFaults(SimulatedVenue venue, IWire wire, Outbox outbox)
{
    private const long MuteMicros = 60 * Timestamp.MicrosPerSecond;
    private const long LateMicros = 2 * Timestamp.MicrosPerSecond;
    private const long NoticeMicros = 10 * Timestamp.MicrosPerSecond;

    private readonly FrameText spare = new();

    /// <returns>True where the frame still goes out as it is.</returns>
    public bool Strike(Subscription subscription, FaultKind kind, long forMicros, ReadOnlySpan<byte> payload)
    {
        var connection = subscription.Connection;
        switch (kind)
        {
            case FaultKind.DropDiff or FaultKind.TradeGap:
                return false;
            case FaultKind.DuplicateDiff or FaultKind.DuplicateTrade:
                outbox.Send(connection, VenueFrame.Text, payload);
                return true;
            case FaultKind.ReplayDiff:
                outbox.SendLater(connection, VenueFrame.Text, payload, forMicros > 0 ? forMicros : Timestamp.MicrosPerSecond / 2);
                return true;
            case FaultKind.ReorderDiff:
                subscription.Held ??= payload.ToArray();
                return false;
            case FaultKind.DelayDiff:
                outbox.SendLater(connection, VenueFrame.Text, payload, forMicros > 0 ? forMicros : Timestamp.MicrosPerSecond / 2);
                return false;
            case FaultKind.MuteStream:
                subscription.MutedUntil = venue.NowMicros + (forMicros > 0 ? forMicros : MuteMicros);
                return false;
            case FaultKind.HalfOpen:
                connection.IsHalfOpen = true;
                return false;
            case FaultKind.CutFrame:
                outbox.Send(connection, VenueFrame.Cut, payload);
                venue.Clients.Drop(connection, "cut in the middle of a frame");
                return false;
            case FaultKind.SlowFrame:
                outbox.Send(connection, VenueFrame.Slow, payload);
                return false;
            case FaultKind.LateFrames:
                connection.LateMicros = forMicros > 0 ? forMicros : LateMicros;
                return true;
            case FaultKind.ShutdownNotice:
                wire.WriteNotice(connection, spare.Clear());
                if (spare.Length > 0) outbox.Send(connection, VenueFrame.Text, spare.Written);
                connection.EndsMicros = venue.NowMicros + (forMicros > 0 ? forMicros : NoticeMicros);
                venue.Clients.Schedule(connection);
                return true;
            case FaultKind.ConnectionEnd:
                connection.EndsMicros = venue.NowMicros;
                venue.Clients.Schedule(connection);
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

        outbox.Send(subscription.Connection, kind == FaultKind.GarbageBinary ? VenueFrame.Binary : VenueFrame.Text, spare.Written);
    }

    // The first number inside becomes an array, or a number of forty digits.
    private void Distorted(ReadOnlySpan<byte> payload, bool types)
    {
        var at = payload.IndexOf("\":1"u8) is >= 0 and var one ? one + 2 : payload.IndexOf("\":\""u8) + 2;
        var end = at;
        while (end < payload.Length && payload[end] is not ((byte)',' or (byte)'}' or (byte)']')) end++;
        spare.Raw(payload[..at]).Raw(types ? "[{}]"u8 : "9999999999999999999999999999999999999999e400"u8).Raw(payload[end..]);
    }
}
