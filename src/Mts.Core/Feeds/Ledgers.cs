using Mts.Core.Market;

namespace Mts.Core.Feeds;

/// <summary>A frame that was not understood or not accepted, kept as it came.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Market">Spot or perpetual.</param>
/// <param name="Symbol">The market; null where the frame does not tell.</param>
/// <param name="Channel">The channel; null where the frame does not tell.</param>
/// <param name="Connection">The connection's number in its feed.</param>
/// <param name="Epoch">The connection's epoch.</param>
/// <param name="Position">The frame's number on its connection, from 1.</param>
/// <param name="Received">When it came.</param>
/// <param name="Reason">Why.</param>
/// <param name="Bytes">The raw frame, cut at the setting's length.</param>
public sealed record DeadLetter(
    string Venue, MarketKind Market, Symbol? Symbol, Channel? Channel, int Connection, int Epoch, long Position, Timestamp Received, string Reason, byte[] Bytes);

/// <summary>A stretch of a stream that did not arrive.</summary>
/// <param name="Venue">Lower case.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Cause"><c>sequence</c>, <c>disconnect</c>, <c>silence</c>, <c>overflow</c>, <c>crossed</c>, <c>audit</c>, <c>restart</c>.</param>
/// <param name="LastId">The last id before it; null where there was none.</param>
/// <param name="NextId">The first id after it; null while it is open.</param>
/// <param name="Start">When the last good message came, or the fault was seen.</param>
/// <param name="End">When the stream was whole again; null while it is open.</param>
/// <param name="Repair">How: <c>snapshot</c>, <c>backfill</c>, <c>none</c>; null while it is open.</param>
public sealed record FeedGap(
    string Venue, Symbol Symbol, Channel Channel, string Cause, long? LastId, long? NextId, Timestamp Start, Timestamp? End = null, string? Repair = null);
