using Mts.Simulator.Http;

namespace Mts.Simulator.Live;

/// <summary>How one venue speaks on its sockets: addresses, control messages, limits, pings and the names of its streams.</summary>
internal interface IWire
{
    /// <summary>As in fault plans.</summary>
    string Service { get; }

    /// <summary>Connection attempts that one client may make in five minutes.</summary>
    int Attempts { get; }

    /// <summary>The path may be one of its addresses.</summary>
    bool Owns(string path);

    /// <summary>Prepares a new connection by its path; false where there is no such address. May subscribe at once.</summary>
    bool Open(SimulatedConnection connection);

    /// <summary>The client sent a text message.</summary>
    void OnText(SimulatedConnection connection, ReadOnlySpan<byte> text);

    /// <summary>The client sent a ping or pong frame.</summary>
    void OnControl(SimulatedConnection connection, bool isPong, ReadOnlySpan<byte> payload);

    /// <summary>Whatever is due at the venue's time.</summary>
    void OnTimer(SimulatedConnection connection);

    /// <summary>When a connection wants its timer.</summary>
    long NextTimer(SimulatedConnection connection);

    /// <summary>The notice of a shutdown, or empty where the venue gives none.</summary>
    void WriteNotice(SimulatedConnection connection, FrameText text);

    /// <summary>The answer to too many connection attempts.</summary>
    Reply TooManyAttempts();

    /// <summary>A refusal of a book snapshot with the status of a ban.</summary>
    Reply Banned(long nowMs);

    /// <summary>An event that does not exist, in the venue's envelope.</summary>
    void WriteUnknownEvent(string stream, FrameText text);

    /// <summary>The symbol of a book snapshot, or null where a request asks for something else; the market it concerns must be this one.</summary>
    string? SnapshotOf(SimRequest request);
}
