using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Recording;

/// <content>The writer: batches to each sink, retries, retention.</content>
public sealed partial class Recorder
{
    private const int RowsPerTrim = 5_000;

    private readonly List<IRealtimeSink> owed = [];
    private readonly Dictionary<IRealtimeSink, SinkState> states = [];
    private readonly Queue<(IRealtimeSink Sink, RealtimeKind Kind)> toTrim = [];
    private RealtimeBatch batch = new();
    private Timestamp retryAt = Timestamp.MinValue;
    private TimeSpan retryAfter = FirstRetry;
    private DateOnly trimmedOn;
    private long written;
    private long trimmed;

    private static TimeSpan FirstRetry => TimeSpan.FromSeconds(1);

    /// <summary>Writes until it is cancelled, then once more what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var pulse = new PeriodicTimer(options.BatchEvery, clock);
        try
        {
            while (await pulse.WaitForNextTickAsync(cancellationToken)) Step();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Finish();
        }
    }

    /// <summary>One turn of the writer: what was left over first, then what has gathered, then a little of retention.</summary>
    internal void Step()
    {
        var now = Timestamp.Now(clock);
        if (owed.Count > 0 && now < retryAt) return;
        WriteOwed(now);
        if (owed.Count == 0) WriteGathered(now);
        if (owed.Count == 0) Trim(now);
    }

    private void Finish()
    {
        var now = Timestamp.Now(clock);
        WriteOwed(now);
        // A sink that still fails has told so; what it could not take is in the journal of raw frames.
        if (owed.Count == 0) WriteGathered(now);
    }

    private void WriteGathered(Timestamp now)
    {
        batch = queue.Take();
        if (batch.Count == 0) return;
        owed.AddRange(sinks);
        WriteOwed(now);
    }

    private void WriteOwed(Timestamp now)
    {
        if (owed.Count == 0) return;
        foreach (var sink in owed.ToList())
        {
            if (!Try(sink, now, () => sink.WriteRealtime(batch))) continue;
            Interlocked.Add(ref written, batch.Count);
            owed.Remove(sink);
        }

        if (owed.Count == 0)
        {
            (batch, retryAfter) = (new RealtimeBatch(), FirstRetry);
            return;
        }

        retryAt = now + retryAfter;
        retryAfter = retryAfter * 2 < options.RetryEvery ? retryAfter * 2 : options.RetryEvery;
    }

    /// <summary>At the start and at the beginning of each UTC day; step by step, so that batches get their turn.</summary>
    private void Trim(Timestamp now)
    {
        if (now.Date != trimmedOn)
        {
            trimmedOn = now.Date;
            toTrim.Clear();
            foreach (var sink in sinks)
            {
                foreach (var kind in options.Retention.Keys.Order()) toTrim.Enqueue((sink, kind));
            }
        }

        if (!toTrim.TryPeek(out var due)) return;
        var deleted = 0;
        var isDone = Try(due.Sink, now, () => deleted = due.Sink.TrimRealtime(due.Kind, options.Retention[due.Kind], now, RowsPerTrim));
        Interlocked.Add(ref trimmed, deleted);
        // What failed is left to the next day; the disk says so already.
        if (!isDone || deleted == 0) toTrim.Dequeue();
    }

    private bool Try(IRealtimeSink sink, Timestamp now, Action work)
    {
        try
        {
            work();
            Tell(sink, null, now);
            return true;
        }
        catch (StorageException e)
        {
            Tell(sink, e, now);
            return false;
        }
    }

    private void Tell(IRealtimeSink sink, StorageException? failure, Timestamp now)
    {
        var wasFailing = states.TryGetValue(sink, out var known) && known.IsFailing;
        if (wasFailing == (failure is not null)) return;
        states[sink] = new SinkState(sink.Name, failure is not null, failure?.Message ?? "", now);
        if (failure is not null) logger.LogError(failure, "{Sink} cannot be written; the feeds go on, writing is tried again", sink.Name);
        else logger.LogInformation("{Sink} is written again", sink.Name);
        SinkChanged?.Invoke(states[sink]);
    }
}
