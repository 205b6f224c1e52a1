using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Pipeline.Realtime.Signals;

/// <summary>The last signals, and the numbers of their ids.</summary>
internal sealed class SignalLog(int length, IRealtimeSignalListener listener)
{
    private readonly RealtimeSignal[] ring = new RealtimeSignal[length];
    private long count;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<RealtimeSignal> Recent
    {
        get
        {
            var kept = (int)Math.Min(count, length);
            return [.. Enumerable.Range(0, kept).Select(i => ring[(count - kept + i) % length])];
        }
    }

    public string NextId(RealtimeSignalKind kind, string markets, Timestamp time) =>
        $"{kind.ToString().ToLowerInvariant()}:{markets}@{time.Micros}#{count + 1}".Replace(' ', ':');

    public void Add(RealtimeSignal signal)
    {
        ring[count % length] = signal;
        count++;
        listener.OnSignal(signal);
    }
}
