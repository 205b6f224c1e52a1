using Mts.Core.Market;
using Mts.Simulator.Http;
using Mts.Simulator.Live;

namespace Mts.Simulator.Sockets;

/// <summary>What stands behind a socket: a simulated venue, or a recording of a true one. One thread at a time; time never goes back.</summary>
internal interface ILiveFace
{
    /// <summary>The next moment at which something happens; null while nothing ever would.</summary>
    Timestamp? NextEvent { get; }

    void Advance(Timestamp now);

    /// <summary>Null where the path is not this face's.</summary>
    OpenReply? TryOpen(string path, string client, Timestamp now);

    void Receive(SimulatedConnection connection, ReadOnlySpan<byte> text, Timestamp now);

    void ReceiveControl(SimulatedConnection connection, bool isPong, ReadOnlySpan<byte> payload, Timestamp now);

    void Closed(SimulatedConnection connection, Timestamp now);

    /// <summary>Null where another has to answer.</summary>
    Reply? TryAnswer(SimRequest request, Timestamp now);
}
