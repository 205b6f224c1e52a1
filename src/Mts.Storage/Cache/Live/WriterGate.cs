namespace Mts.Storage.Cache.Live;

/// <summary>When the writing task goes on: soon after something was handed in, or when it is time to look, or some time after a failure.</summary>
internal sealed class WriterGate(TimeProvider clock)
{
    // What comes within this time goes in one exchange.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    // With the client's own back-off a return is seen well within two seconds.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(150);

    private volatile TaskCompletionSource wake = New();
    private long lastCheck = long.MinValue;

    public void Wake() => wake.TrySetResult();

    public async Task WaitAsync(bool isDone, TimeSpan checkInterval, CancellationToken cancellationToken)
    {
        if (!isDone)
        {
            await DelayAsync(AfterFailure, cancellationToken);
            return;
        }

        var handedIn = wake.Task;
        await Task.WhenAny(handedIn, DelayAsync(checkInterval, cancellationToken));
        if (!handedIn.IsCompleted) return;
        await DelayAsync(Linger, cancellationToken);
        // New before the writer takes what waits: whoever comes later wakes it again.
        wake = New();
    }

    /// <returns>Whether the last look is so long ago that it is time for another.</returns>
    public bool TakeCheck(TimeSpan interval)
    {
        var now = clock.GetTimestamp();
        if (lastCheck != long.MinValue && clock.GetElapsedTime(lastCheck, now) < interval) return false;
        lastCheck = now;
        return true;
    }

    /// <summary>Has the next question answered by yes.</summary>
    public void CheckSoon() => lastCheck = long.MinValue;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task DelayAsync(TimeSpan span, CancellationToken cancellationToken) =>
        await Task.Delay(span, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
