using Mts.Core.Market;

namespace Mts.Simulator.Live;

/// <summary>What a venue puts on a socket.</summary>
public enum VenueFrame
{
    /// <summary>A text message.</summary>
    Text,

    /// <summary>A binary message, which no venue here sends unless a fault says so.</summary>
    Binary,

    /// <summary>A ping frame; the pong must bring the payload back.</summary>
    Ping,

    /// <summary>The answer to the client's ping frame.</summary>
    Pong,

    /// <summary>A close frame, two bytes of code and a reason; nothing follows.</summary>
    Close,

    /// <summary>A text message of which only the first half is sent before the connection is reset.</summary>
    Cut,

    /// <summary>The connection is reset; there is no payload.</summary>
    Reset,

    /// <summary>A text message that drips, a few bytes at a time.</summary>
    Slow,
}

/// <summary>Takes what the venue sends, in order.</summary>
public interface IVenueSink
{
    /// <param name="connection">To whom.</param>
    /// <param name="kind">What.</param>
    /// <param name="payload">Valid during the call only.</param>
    /// <param name="sent">The venue's true time.</param>
    void OnFrame(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload, Timestamp sent);
}
