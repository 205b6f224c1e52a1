using System.Collections.Concurrent;

namespace Mts.UnitTests.Adapters;

/// <summary>A clock that stands until it is moved; its timers fire in the order in which they are due.</summary>
internal sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;
    private TimeSpan ahead;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (sync) return now + ahead;
    }

    public override long GetTimestamp()
    {
        lock (sync) return now.Ticks;
    }

    /// <summary>Sets what the clock tells; timers go by what nobody sets.</summary>
    public void Set(TimeSpan by)
    {
        lock (sync) ahead += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var until = new DateTimeOffset(GetTimestamp(), TimeSpan.Zero) + span;
        while (FireNext(until))
        {
            // Each firing may set new timers, which may be due as well.
        }

        lock (sync) now = until;
    }

    /// <summary>Moves to the next timer, again and again, until the task is done.</summary>
    /// <param name="start">Begins the task.</param>
    /// <param name="cancellationToken">Ends a test that never ends.</param>
    /// <param name="within">Timers due later than this never fire: with callers that wait for one another, a timeout must not overtake them.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> start, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        var horizon = within is { } span ? new DateTimeOffset(GetTimestamp(), TimeSpan.Zero) + span : DateTimeOffset.MaxValue;
        // Without a context to return to, everything runs inline until it waits for this clock.
        SynchronizationContext.SetSynchronizationContext(null);
        var task = start();
        while (!task.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!FireNext(horizon)) await Task.Yield();
        }

        return await task;
    }

    /// <summary>As <see cref="RunAsync"/>, for callers that wait for one another: they take turns on this thread, and time moves only when none has anything left to do.</summary>
    /// <remarks>What goes over a thread of the pool escapes that: a cancellable wait for a semaphore does, one that cannot be cancelled does not.</remarks>
    public async Task RunInTurnsAsync(Func<Task> start, CancellationToken cancellationToken)
    {
        var turns = new Turns();
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turns);
        try
        {
            var task = start();
            while (!task.IsCompleted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!turns.TakeNext()) FireNext(DateTimeOffset.MaxValue).ShouldBeTrue("nobody has a turn and no timer is set: the callers wait for something off this thread");
            }

            await task;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private bool FireNext(DateTimeOffset until)
    {
        ManualTimer? next;
        lock (sync)
        {
            next = timers.Where(t => t.Due <= until).MinBy(t => t.Due);
            if (next is null) return false;
            if (next.Due > now) now = next.Due!.Value;
            next.Due = null;
        }

        next.Fire();
        return true;
    }

    private sealed class Turns : SynchronizationContext
    {
        private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> waiting = new();

        public override void Post(SendOrPostCallback d, object? state) => waiting.Enqueue((d, state));

        public bool TakeNext()
        {
            if (!waiting.TryDequeue(out var turn)) return false;
            turn.Callback(turn.State);
            return true;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            period.ShouldBeOneOf(Timeout.InfiniteTimeSpan, TimeSpan.Zero);
            lock (clock.sync)
            {
                _ = clock.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock.now + dueTime;
                clock.timers.Add(this);
                return true;
            }
        }

        public void Fire()
        {
            lock (clock.sync) _ = clock.timers.Remove(this);
            callback(state);
        }

        public void Dispose()
        {
            lock (clock.sync) _ = clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
