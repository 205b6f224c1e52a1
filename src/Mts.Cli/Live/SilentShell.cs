using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>The world of a feed that is only played again: it answers nothing, for the answers are in the recording.</summary>
internal sealed class SilentShell : IFeedShell
{
    public static readonly SilentShell Instance = new();

    private SilentShell()
    {
    }

    public void Connect(int connection, string path)
    {
    }

    public void Send(int connection, ReadOnlySpan<byte> text)
    {
    }

    public void Close(int connection, string reason)
    {
    }

    public void Fetch(int number, FetchRequest request)
    {
    }
}
