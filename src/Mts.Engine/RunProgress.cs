using System.Collections.Concurrent;

namespace Mts.Engine;

/// <summary>Where runs are, for somebody who watches from another thread that they go on.</summary>
public sealed class RunProgress
{
    private readonly ConcurrentDictionary<int, Followed> loops = [];
    private long number;

    /// <summary>The strategies that are speaking, one for each thread at most; told late, but each run tells a call of its own.</summary>
    public IReadOnlyList<StrategyCall> Present => [.. loops.Values.OrderBy(f => f.Thread).Select(f => f.Loop.Call is { } call ? call with { Run = f.Number, With = f.With?.Invoke() ?? "" } : null).OfType<StrategyCall>()];

    /// <summary>This thread goes on with another run.</summary>
    /// <param name="loop">The run.</param>
    /// <param name="with">Its parameters in words, asked for from the thread that watches; null where they are known.</param>
    internal void Follow(EventLoop loop, Func<string>? with = null) =>
        loops[Environment.CurrentManagedThreadId] = new Followed(Environment.CurrentManagedThreadId, loop, Interlocked.Increment(ref number), with);

    private sealed record Followed(int Thread, EventLoop Loop, long Number, Func<string>? With);
}
