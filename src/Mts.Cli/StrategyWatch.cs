using Mts.Engine;

namespace Mts.Cli;

/// <summary>Runs work on a thread of its own and gives it up when a strategy does not return; time is the clock's.</summary>
/// <remarks>A strategy that hangs cannot be stopped from outside, only left behind: its thread ends with the process, and nothing waits for it.</remarks>
internal sealed class StrategyWatch(TimeSpan timeout, TimeProvider clock)
{
    /// <summary>Without progress in one call for so long, a strategy hangs.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    /// <summary>Longest time of one call.</summary>
    public TimeSpan Timeout => timeout;

    private const int LooksPerTimeout = 20;

    /// <exception cref="StrategyException">A strategy did not return; the message names it, the instant and the bar.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, RunProgress progress, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Work(work, done)) { IsBackground = true, Name = "strategies" }.Start();
        var since = new Dictionary<StrategyCall, long>();
        while (true)
        {
            using var look = new CancellationTokenSource();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
            var pause = Task.Delay(timeout / LooksPerTimeout, clock, either.Token);
            if (await Task.WhenAny(done.Task, pause) == done.Task)
            {
                await look.CancelAsync();
                return await done.Task;
            }

            cancellationToken.ThrowIfCancellationRequested();
            since = progress.Present.ToDictionary(call => call, call => since.TryGetValue(call, out var begun) ? begun : clock.GetTimestamp());
            if (since.FirstOrDefault(s => clock.GetElapsedTime(s.Value) >= timeout).Key is { } stuck) throw Hangs(stuck);
        }
    }

    private StrategyException Hangs(StrategyCall call) => new(
        $"{(call.With.Length > 0 ? $"with {call.With}: " : "")}strategy {call.Strategy} did not return within {timeout.TotalSeconds:0.###} s {call.Moment}; the run was given up. --strategy-timeout allows more.");

    private static void Work<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.TrySetResult(work());
        }
        catch (Exception failed)
        {
            done.TrySetException(failed);
        }
    }
}
