namespace Mts.Cli;

/// <summary>How long something may take: its token is cancelled when the time is up, however long that is.</summary>
internal sealed class RunningTime : IDisposable
{
    // A timer of the system takes no more than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource source = new();
    private readonly ITimer? timer;
    private TimeSpan left;

    /// <param name="duration">Null for no end.</param>
    /// <param name="clock">Measures it.</param>
    public RunningTime(TimeSpan? duration, TimeProvider clock)
    {
        if (duration is not { } whole) return;
        left = whole;
        timer = clock.CreateTimer(static self => ((RunningTime)self!).Step(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Step();
    }

    public bool IsOver => source.IsCancellationRequested;

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        timer?.Dispose();
        source.Dispose();
    }

    private void Step()
    {
        var wait = left < LongestWait ? left : LongestWait;
        left -= wait;
        try
        {
            if (wait <= TimeSpan.Zero) source.Cancel();
            else timer!.Change(wait, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // It was done in the same moment.
        }
    }
}
