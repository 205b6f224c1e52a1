using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Mts.Cli.Live;

/// <summary>Calls strategies one after the other on a thread of its own, and gives up on one that does not return.</summary>
/// <remarks>What hangs cannot be stopped from outside: the thread is left behind with it, and must not be called again.</remarks>
internal sealed class StrategyThread : IDisposable
{
    private readonly BlockingCollection<Action> calls = [];
    private readonly TimeSpan timeout;
    private readonly TimeProvider clock;
    private readonly string? setting;
    private readonly CancellationToken stop;

    /// <param name="timeout">Longest time of one call.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="setting">What allows more, for the message; null for nothing.</param>
    /// <param name="stop">Ends the waiting.</param>
    public StrategyThread(TimeSpan timeout, TimeProvider clock, string? setting = "--strategy-timeout", CancellationToken stop = default)
    {
        (this.timeout, this.clock, this.setting, this.stop) = (timeout, clock, setting, stop);
        new Thread(Work) { IsBackground = true, Name = "strategies" }.Start();
    }

    /// <summary>Waits for the call to return, and throws what it throws.</summary>
    /// <param name="call">What the strategy does.</param>
    /// <param name="words">Who is called, for the message: <c>strategy SmaCross</c>.</param>
    /// <param name="time">The instant of which it is told.</param>
    /// <exception cref="StrategyException">It did not return.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before; like one that hangs, it must not be called again.</exception>
    public void Run(Action call, string words, Timestamp time)
    {
        Exception? failure = null;
        var given = new ManualResetEventSlim(); // never disposed: a call that was given up may still answer
        using var late = new RunningTime(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        calls.Add(
            () =>
            {
                try
                {
                    call();
                }
                catch (Exception failed)
                {
                    failure = failed;
                }
                finally
                {
                    given.Set();
                }
            },
            CancellationToken.None);
        try
        {
            given.Wait(either.Token);
        }
        catch (OperationCanceledException) when (late.IsOver && !stop.IsCancellationRequested)
        {
            throw new StrategyException($"{words} did not return within {timeout.TotalSeconds:0.###} s at {time}; it was given up.{(setting is null ? "" : $" {setting} allows more.")}");
        }

        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    public void Dispose() => calls.CompleteAdding();

    private void Work()
    {
        foreach (var call in calls.GetConsumingEnumerable()) call();
    }
}
