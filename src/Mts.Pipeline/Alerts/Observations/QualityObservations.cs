using Mts.Core.Books;
using Mts.Core.Market;

namespace Mts.Pipeline.Alerts.Observations;

/// <summary>A book changed its state.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Symbol">Its market.</param>
/// <param name="State">What it is now.</param>
/// <param name="Time">Since when.</param>
public sealed record BookStateSeen(string Venue, Symbol Symbol, BookState State, Timestamp Time) : MarketSeen(Venue, Symbol, Time);

/// <summary>The best bid reached the best ask, or passed it; the prices are null where they are not told.</summary>
public sealed record CrossedSeen(string Venue, Symbol Symbol, double? Bid, double? Ask, Timestamp Time) : MarketSeen(Venue, Symbol, Time);

/// <summary>Ids are missing in a stream.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Symbol">Its market.</param>
/// <param name="Channel">The stream, <c>depth</c>, <c>trade</c>.</param>
/// <param name="FirstMissing">First id that did not come; null where that is not known.</param>
/// <param name="LastMissing">Last id that did not come; null likewise.</param>
/// <param name="Cause">In words, from the gap ledger.</param>
/// <param name="Time">When it was found.</param>
public sealed record GapSeen(string Venue, Symbol Symbol, string Channel, long? FirstMissing, long? LastMissing, string Cause, Timestamp Time)
    : MarketSeen(Venue, Symbol, Time);

/// <summary>A message was put aside because it could not be used.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Symbol">Its market; null where the message does not tell.</param>
/// <param name="Channel">The stream; null likewise.</param>
/// <param name="Reason">Why.</param>
/// <param name="Time">When it came.</param>
public sealed record DeadLetterSeen(string Venue, Symbol? Symbol, string? Channel, string Reason, Timestamp Time) : Observation(Time);

/// <summary>How a part of the system is.</summary>
public enum ComponentHealth
{
    Up,

    /// <summary>Works, but not as it should.</summary>
    Degraded,
    Down,
}

/// <summary>A part of the system changed its state.</summary>
/// <param name="Component">Kind and name: <c>connection/binance-spot-1</c>, <c>stream/binance-spot-BTC/USDT-depth</c>, <c>venue/bybit</c>, <c>cache/redis</c>, <c>disk/data</c>, <c>channel/discord</c>.</param>
/// <param name="Health">What it is now.</param>
/// <param name="Detail">Why, without secrets.</param>
/// <param name="Time">Since when.</param>
public sealed record ComponentStateSeen(string Component, ComponentHealth Health, string Detail, Timestamp Time) : Observation(Time);
