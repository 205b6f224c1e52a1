using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts;

/// <summary>The queue of one channel and its only sender.</summary>
internal sealed class Destination
{
    private static readonly TimeSpan LongestOwnWait = TimeSpan.FromMinutes(1);

    private readonly INotifier notifier;
    private readonly DeliveryContext context;
    private readonly Channel<Alert> queue;
    private volatile string? closed;
    private int unfinished;

    public Destination(INotifier notifier, DeliveryContext context)
    {
        (this.notifier, this.context) = (notifier, context);
        var options = new BoundedChannelOptions(context.Options.QueueLength) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        queue = System.Threading.Channels.Channel.CreateBounded<Alert>(options, pushedOut => End(pushedOut, DeliveryState.Dropped, 0, "pushed out of a full queue (alerts.queueLength)"));
    }

    public string Channel => notifier.Channel;

    /// <summary>Alerts that are neither sent nor given up.</summary>
    public int Unfinished => Volatile.Read(ref unfinished);

    /// <summary>Never waits; a full queue loses its oldest alert.</summary>
    public void Enqueue(Alert alert)
    {
        Interlocked.Increment(ref unfinished);
        if (closed is { } reason) End(alert, DeliveryState.Failed, 0, reason);
        else _ = queue.Writer.TryWrite(alert);
    }

    public void Complete() => queue.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var alert in queue.Reader.ReadAllAsync(cancellationToken)) await DeliverAsync(alert, cancellationToken);
    }

    private async Task DeliverAsync(Alert alert, CancellationToken cancellationToken)
    {
        for (var attempt = 1; closed is null; attempt++)
        {
            if (Age(alert) > context.Options.StaleAfter)
            {
                End(alert, DeliveryState.Dropped, attempt - 1, "too old to be of use (alerts.staleAfter)");
                return;
            }

            var result = await TryAsync(alert, cancellationToken);
            if (result is NotifyResult.Later later)
            {
                var wait = later.After ?? OwnWait(attempt);
                if (Age(alert) + wait > context.Options.StaleAfter)
                {
                    End(alert, DeliveryState.Dropped, attempt, $"too old before the next try (alerts.staleAfter); the last one: {later.Reason}");
                    // The service's wait is kept all the same: asking sooner may get us banned.
                    await PauseAsync(wait, cancellationToken);
                    return;
                }

                context.Logger.LogWarning("{Channel}: alert {Id} again in {Wait:F1} s, after: {Reason}", Channel, alert.Id, wait.TotalSeconds, later.Reason);
                Note(alert, new AlertDelivery(Channel, DeliveryState.Pending, attempt, later.Reason));
                await PauseAsync(wait, cancellationToken);
                continue;
            }

            await FinishAsync(alert, result, attempt, cancellationToken);
            return;
        }

        End(alert, DeliveryState.Failed, 0, closed);
    }

    private async Task FinishAsync(Alert alert, NotifyResult result, int attempt, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case NotifyResult.Delivered delivered:
                End(alert, DeliveryState.Sent, attempt, null);
                await PauseAsync(delivered.Pause, cancellationToken);
                break;
            case NotifyResult.Refused refused:
                End(alert, DeliveryState.Failed, attempt, refused.Reason);
                break;
            case NotifyResult.Closed gone:
                closed = gone.Reason;
                context.Logger.LogError("{Channel}: closed, nothing more is sent there until mts is started again: {Reason}", Channel, gone.Reason);
                context.OnState(new ComponentStateSeen($"channel/{Channel}", ComponentHealth.Down, gone.Reason, Timestamp.Now(context.Clock)));
                End(alert, DeliveryState.Failed, attempt, gone.Reason);
                break;
        }
    }

    private async Task<NotifyResult> TryAsync(Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            return await notifier.SendAsync(alert, cancellationToken);
        }
        catch (MtsException failure)
        {
            return new NotifyResult.Refused(failure.Message);
        }
    }

    private TimeSpan Age(Alert alert) => Timestamp.Now(context.Clock) - alert.Time;

    private TimeSpan OwnWait(int attempt)
    {
        var wait = context.Options.RetryDelay * Math.Pow(2, Math.Min(attempt - 1, 20));
        return wait < LongestOwnWait ? wait : LongestOwnWait;
    }

    // A timer counts whole milliseconds, and to come a fraction early is to be refused again.
    private Task PauseAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait > TimeSpan.Zero ? Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), context.Clock, cancellationToken) : Task.CompletedTask;

    private void End(Alert alert, DeliveryState state, int attempts, string? reason)
    {
        context.Counts.Add(Channel, state);
        if (reason is not null) context.Logger.LogWarning("{Channel}: alert {Id} ({Title}) was not sent: {Reason}", Channel, alert.Id, alert.Title, reason);
        Note(alert, new AlertDelivery(Channel, state, attempts, reason));
        Interlocked.Decrement(ref unfinished);
    }

    // The alert itself is more important than the note about it.
    private void Note(Alert alert, AlertDelivery delivery)
    {
        try
        {
            context.Log.Note(alert.Id, delivery);
        }
        catch (StorageException failure)
        {
            context.Logger.LogError(failure, "{Channel}: what became of alert {Id} cannot be noted", Channel, alert.Id);
        }
    }
}
