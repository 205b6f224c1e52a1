using Mts.Core.Feeds;

namespace Mts.Cli.Live.Simulation;

/// <summary>A journal on a disk that makes writes durable some time after they were made.</summary>
internal sealed class SimulatedDisk(TimeSpan syncEvery) : IFeedJournal
{
    private readonly List<(FeedInput Input, byte[] Bytes)> records = [];
    private Timestamp synced = Timestamp.MinValue;

    public long Appended => records.Count;

    public long Durable { get; private set; }

    public IReadOnlyList<(FeedInput Input, byte[] Bytes)> Records => records;

    public void Append(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        records.Add((input, bytes.ToArray()));
        if (input.Time - synced < syncEvery) return;
        synced = input.Time;
        Durable = records.Count;
    }

    /// <summary>A new process begins a journal of its own.</summary>
    public void Restart()
    {
        records.Clear();
        Durable = 0;
        synced = Timestamp.MinValue;
    }

    /// <summary>The machine dies: what was not durable is gone.</summary>
    public void Crash() => records.RemoveRange((int)Durable, records.Count - (int)Durable);
}
