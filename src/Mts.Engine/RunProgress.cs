using System.Collections.Concurrent;

namespace Mts.Engine;

/// <summary>Where runs are, for somebody who watches from another thread that they go on.</summary>
public sealed class RunProgress
{
    private readonly ConcurrentDictionary<int, (EventLoop Loop, long Number)> loops = [];
    private long number;

    /// <summary>The strategies that are speaking, one for each thread at most; told late, but each run tells a call of its own.</summary>
    public IReadOnlyList<StrategyCall> Present => [.. loops.OrderBy(l => l.Key).Select(l => l.Value.Loop.Call is { } call ? call with { Run = l.Value.Number } : null).OfType<StrategyCall>()];

    /// <summary>This thread goes on with another run.</summary>
    internal void Follow(EventLoop loop) => loops[Environment.CurrentManagedThreadId] = (loop, Interlocked.Increment(ref number));
}
