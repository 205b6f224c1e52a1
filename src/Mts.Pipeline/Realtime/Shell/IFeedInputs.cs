using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Shell;

/// <summary>Takes what happens to one feed, one input at a time, in the order of the journal.</summary>
public interface IFeedInputs
{
    /// <summary>When it wants a <see cref="FeedInputKind.Timer"/>; null for never.</summary>
    Timestamp? NextTimer { get; }

    /// <param name="input">What happened; <see cref="FeedInputKind.Started"/> comes first, <see cref="FeedInputKind.Sent"/> never.</param>
    /// <param name="bytes">Valid during the call.</param>
    void OnInput(in FeedInput input, ReadOnlySpan<byte> bytes);
}

/// <summary>A venue's feed, begun by the first input.</summary>
public sealed class VenueFeedInputs(VenueFeed feed) : IFeedInputs
{
    public Timestamp? NextTimer => feed.NextTimer;

    public void OnInput(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        if (input.Kind == FeedInputKind.Started) feed.Start(input.Time);
        else feed.OnInput(input, bytes);
    }
}
