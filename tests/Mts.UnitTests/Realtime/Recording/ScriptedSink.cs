using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Realtime.Recording;

/// <summary>A place that keeps what it is given, and fails when it is told to.</summary>
internal sealed class ScriptedSink(string name) : IRealtimeSink
{
    public string Name => name;

    public bool IsBroken { get; set; }

    public int Tries { get; private set; }

    public List<RealtimeBatch> Batches { get; } = [];

    public List<(RealtimeKind Kind, RetentionRule Rule)> Trims { get; } = [];

    public Queue<int> Trimmed { get; } = [];

    public void WriteRealtime(RealtimeBatch batch)
    {
        Tries++;
        if (IsBroken) throw new StorageException("the disk is full");
        Batches.Add(batch);
    }

    public int TrimRealtime(RealtimeKind kind, RetentionRule rule, Timestamp now, int most)
    {
        Trims.Add((kind, rule));
        return Trimmed.TryDequeue(out var rows) ? rows : 0;
    }
}
