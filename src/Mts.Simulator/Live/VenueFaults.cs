using Mts.Core.Market;
using Mts.Simulator.Faults;
using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>Which of the planned faults hits what at one venue: a function of the seed, and of the time for those that come due.</summary>
internal sealed class VenueFaults(SimulatedVenue venue, LiveFaults plan, ulong seed)
{
    private const long EmptyMicros = 3 * Timestamp.MicrosPerSecond;
    private const long ClockMicros = 10 * Timestamp.MicrosPerSecond;

    private long snapshots;

    /// <summary>The fault that hits a request to connect, if any.</summary>
    public FaultKind? OfUpgrade(string path, int opened) => Draw(FaultScope.Upgrade, null, path, Noise.Key(seed, $"open {opened}"))?.Kind;

    /// <summary>The fault that hits a subscription to one stream, if any; it is noted.</summary>
    public FaultKind? OfSubscription(SimulatedConnection connection, string stream)
    {
        if (!plan.Has(FaultScope.Subscribe)) return null;
        var key = Noise.Key(Noise.Key(seed, "ack " + stream), (connection.Id * 0x1_0000_0000L) + connection.Requests++);
        if (Draw(FaultScope.Subscribe, null, stream, key) is not { } fault) return null;
        venue.Note(VenueEvent.Fault, connection, stream, fault.Kind);
        return fault.Kind;
    }

    /// <summary>The fault that hits a book snapshot, if any; it is noted.</summary>
    /// <param name="symbol">The venue's spelling.</param>
    /// <param name="number">Counts the snapshots from 1; what the answer looks like may depend on it.</param>
    public FaultKind? OfSnapshot(string symbol, out long number)
    {
        var fault = Draw(FaultScope.Snapshot, null, symbol, Noise.Key(seed, $"snapshot {symbol} {snapshots++}"));
        if (fault is { } fired) venue.Note(VenueEvent.Fault, null, symbol, fired.Kind);
        number = snapshots;
        return fault?.Kind;
    }

    /// <summary>The fault that hits a listener's next frame, if any.</summary>
    public (FaultKind Kind, long ForMicros)? OfFrame(Subscription subscription) => !plan.Has(FaultScope.Frame) ? null : Draw(
        FaultScope.Frame, subscription.Channel?.Class, subscription.Name,
        Noise.Key(Noise.Key(seed, subscription.Name), (subscription.Connection.Id * 0x1_0000_0000L) + subscription.Attempts++));

    /// <summary>What hits a channel's next frame for all its listeners; asked before it is written. Faults of the market and the clock begin at once.</summary>
    public Distortion OfChannel(Channel channel)
    {
        if (!plan.Has(FaultScope.Stream) || channel.Subscribers.Count == 0) return Distortion.None;
        var key = Noise.Key(Noise.Key(seed, channel.Name), channel.Emitted++);
        if (Draw(FaultScope.Stream, channel.Class, channel.Name, key) is not { } fault) return Distortion.None;
        var market = channel.Market;
        if (fault.Kind is FaultKind.NewSnapshot or FaultKind.Restart && !venue.IsBybit) return Distortion.None;
        venue.Note(VenueEvent.Fault, null, channel.Name, fault.Kind, market.UpdateId, market.UpdateId);
        switch (fault.Kind)
        {
            case FaultKind.CrossedBook: return Distortion.Crossed;
            case FaultKind.WrongLevel: return Distortion.WrongLevel;
            case FaultKind.OpenBarClosed: return Distortion.OpenBarClosed;
            case FaultKind.NewSnapshot: return Distortion.NewSnapshot;
            case FaultKind.Restart: return Distortion.Restart;
            case FaultKind.SkippedIds: return Distortion.SkippedIds;
            case FaultKind.EmptySide:
                market.Empty(isBid: (key & 1) == 0, venue.NowMicros + (fault.ForMicros > 0 ? fault.ForMicros : EmptyMicros));
                break;
            case FaultKind.Burst:
                market.Burst(100, venue.NowMicros + (fault.ForMicros > 0 ? fault.ForMicros : Timestamp.MicrosPerSecond));
                break;
            case FaultKind.ClockOffset:
                venue.Clock.SetOff((long)((Noise.Unit(key) - 0.5) * 6 * Timestamp.MicrosPerSecond), fault.ForMicros > 0 ? fault.ForMicros : ClockMicros);
                break;
        }

        return Distortion.None;
    }

    private (FaultKind Kind, long ForMicros)? Draw(FaultScope scope, FrameClass? about, string stream, ulong key) =>
        venue.IsCalm ? null : plan.Draw(scope, about, stream, venue.NowMicros - venue.StartMicros, key);
}
