using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Shell;

/// <summary>A connection of a feed, asked for or standing; changed in the session's turn only.</summary>
internal sealed class FeedSocket(int number, CancellationTokenSource attempt) : IDisposable
{
    public int Number => number;

    public CancellationToken Token => attempt.Token;

    /// <summary>Null until it stands.</summary>
    public IFrameConnection? Connection { get; set; }

    /// <summary>The feed has given it up; nothing of it is told any more.</summary>
    public bool IsClosed { get; private set; }

    public void Close(string reason)
    {
        if (IsClosed) return;
        IsClosed = true;
        if (Connection is { } standing) standing.Close(reason);
        else _ = attempt.CancelAsync(); // not here: what it ends would run within the turn of another
    }

    public void Dispose() => attempt.Dispose();
}
