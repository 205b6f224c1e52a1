namespace Mts.Core.Ports;

/// <summary>What a record of a session's journal is. The numbers stand in files and never change.</summary>
public enum SessionRecordKind : byte
{
    /// <summary>What the session runs: always the first record.</summary>
    Plan = 1,

    // What came in.
    Bar = 2,
    Top = 3,
    Funding = 4,
    Macro = 5,
    Clock = 6,
    Gap = 7,

    /// <summary>The session was taken up again.</summary>
    Resumed = 8,

    /// <summary>A strategy is asked no more, from an instant on that may lie before this record.</summary>
    GivenUp = 9,

    // What came of it.
    Payment = 32,
    Fill = 33,
    Trade = 34,
    Signal = 35,
    Decision = 36,
    Refusal = 37,
    Order = 38,

    /// <summary>Equity at a close, and a digest of the whole state.</summary>
    Equity = 39,

    /// <summary>What the reader of the result should know: a gap, a bar that came too late.</summary>
    Note = 40,
}

/// <summary>Takes the records of a session in order and keeps them.</summary>
public interface ISessionJournal : IDisposable
{
    /// <exception cref="StorageException">It cannot be written.</exception>
    void Append(SessionRecordKind kind, ReadOnlySpan<byte> payload);

    /// <summary>What has been appended outlives a crash of program and machine when this returns.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    void Commit();
}

/// <param name="Number">From 1 without gaps.</param>
/// <param name="Offset">Of its first byte in the file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">Valid until the next record is read.</param>
public readonly record struct SessionRecord(long Number, long Offset, SessionRecordKind Kind, ReadOnlyMemory<byte> Payload);

/// <summary>A journal is not what was written.</summary>
/// <param name="number">The first record that is not.</param>
/// <param name="offset">Of that record in the file.</param>
/// <param name="message">What happened, to what, and what to do.</param>
public sealed class JournalDamageException(long number, long offset, string message) : StorageException(message)
{
    public long Number { get; } = number;

    public long Offset { get; } = offset;
}
