using Mts.Core.Ports;

namespace Mts.Engine.Sessions;

/// <summary>A way into a journal that can be closed: an engine that hangs in a strategy may come back, and must not write then.</summary>
internal sealed class SessionOutlet(ISessionJournal journal) : ISessionJournal
{
    private readonly Lock turn = new();
    private bool isClosed;

    /// <exception cref="OperationCanceledException">It was closed.</exception>
    public void Append(SessionRecordKind kind, ReadOnlySpan<byte> payload)
    {
        lock (turn)
        {
            if (isClosed) throw new OperationCanceledException("The session goes on without this engine.");
            journal.Append(kind, payload);
        }
    }

    public void Commit() => journal.Commit();

    public void Close()
    {
        lock (turn) isClosed = true;
    }

    public void Dispose() => Close();
}
