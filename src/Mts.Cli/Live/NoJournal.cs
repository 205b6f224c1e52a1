using Mts.Core.Feeds;

namespace Mts.Cli.Live;

/// <summary>Keeps nothing; chosen by a setting.</summary>
internal sealed class NoJournal : IFeedJournal
{
    public long Appended { get; private set; }

    public long Durable => 0;

    public void Append(in FeedInput input, ReadOnlySpan<byte> bytes) => Appended++;
}
