namespace Mts.Core.Feeds;

/// <summary>
/// The account of one stream: received = applied + duplicate + stale + superseded + discarded + control + dead-lettered + buffered, at every
/// instant. One frame or fetched snapshot is one unit.
/// </summary>
public sealed class StreamAccount
{
    private readonly long[] outcomes = new long[(int)FrameOutcome.Buffered + 1];

    public long Received { get; private set; }

    public long this[FrameOutcome outcome] => outcomes[(int)outcome];

    /// <summary>Whether the account adds up.</summary>
    public bool IsBalanced => Received == outcomes.Sum() && outcomes.All(n => n >= 0);

    public void Count(FrameOutcome outcome)
    {
        Received++;
        outcomes[(int)outcome]++;
    }

    /// <summary>Takes over what another account, of the same stream, has counted.</summary>
    public void Add(StreamAccount? other)
    {
        if (other is null) return;
        Received += other.Received;
        for (var i = 0; i < outcomes.Length; i++) outcomes[i] += other.outcomes[i];
    }

    /// <summary>Buffered units found their end.</summary>
    public void Resolve(FrameOutcome outcome, int count = 1)
    {
        outcomes[(int)FrameOutcome.Buffered] -= count;
        outcomes[(int)outcome] += count;
    }
}
