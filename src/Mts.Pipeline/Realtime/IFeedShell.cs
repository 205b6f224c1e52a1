using Mts.Core.Feeds;

namespace Mts.Pipeline.Realtime;

/// <summary>What a feed asks of the world; each answer comes back as a <see cref="FeedInput"/>.</summary>
public interface IFeedShell
{
    /// <summary>Opens a connection; answered by Opened or Refused.</summary>
    /// <param name="connection">Its number from now on.</param>
    /// <param name="path">Path and query below the venue's base address.</param>
    void Connect(int connection, string path);

    /// <param name="connection">An open connection.</param>
    /// <param name="text">UTF-8, valid during the call.</param>
    void Send(int connection, ReadOnlySpan<byte> text);

    /// <summary>Ends a connection; nothing of it needs to come back.</summary>
    void Close(int connection, string reason);

    /// <summary>Answered by Fetched or FetchFailed.</summary>
    void Fetch(int number, FetchRequest request);
}
