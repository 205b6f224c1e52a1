using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Storage.Files.Recordings;

/// <summary>One thing that was recorded.</summary>
/// <param name="Kind">Opened, Frame, Sent, Fetched; of our own journal all kinds.</param>
/// <param name="Connection">The connection's number, from 1 in the order of appearance; in our own journal that of its feed. 0 for a fetch.</param>
/// <param name="Epoch">How often this connection has been opened, from 1; in our own journal 1.</param>
/// <param name="Time">When it was received, by the recorder's clock.</param>
/// <param name="Url">Address of the connection or request; null where the file does not tell.</param>
/// <param name="Bytes">The text as it was on the wire; valid until the next one is read.</param>
/// <param name="Input">In our own journal, the input as it was.</param>
public readonly record struct RecordedInput(
    FeedInputKind Kind, int Connection, int Epoch, Timestamp Time, string? Url, ReadOnlyMemory<byte> Bytes, FeedInput? Input = null);
