using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Recording;

/// <summary>The way to one sink: what waits for it, what it still owes, its retries and its retention. Steps are the writer's alone.</summary>
internal sealed class SinkLane(IRealtimeSink sink, RecorderOptions options, ILogger logger, Action<SinkState>? changed)
{
    private const int RowsPerTrim = 5_000;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private readonly Queue<RealtimeKind> toTrim = [];
    private RealtimeBatch owed = new();
    private Timestamp retryAt = Timestamp.MinValue;
    private TimeSpan retryAfter = FirstRetry;
    private DateOnly trimmedOn;
    private bool isFailing;
    private long conflatedBefore;
    private long written;
    private long trimmed;

    public RecorderQueue Queue { get; } = new(options);

    public long Written => Interlocked.Read(ref written);

    /// <summary>Rows that were taken out of the queue and not written yet.</summary>
    public int Owed => Volatile.Read(ref owed).Count;

    public long Trimmed => Interlocked.Read(ref trimmed);

    /// <summary>What is owed first, then what has gathered, then a little of retention.</summary>
    public void Step(Timestamp now)
    {
        if (owed.Count > 0 && now < retryAt) return;
        if (Write(now)) Trim(now);
    }

    /// <summary>The last turn: a sink that fails now has told so, and what it could not take is in the journal of raw frames.</summary>
    public void Finish(Timestamp now) => Write(now);

    private bool Write(Timestamp now)
    {
        if (owed.Count > 0 && !WriteOwed(now)) return false;
        owed = Queue.Take();
        return owed.Count == 0 || WriteOwed(now);
    }

    private bool WriteOwed(Timestamp now)
    {
        if (!Try(now, () => sink.WriteRealtime(owed)))
        {
            retryAt = now + retryAfter;
            retryAfter = retryAfter * 2 < options.RetryEvery ? retryAfter * 2 : options.RetryEvery;
            return false;
        }

        Interlocked.Add(ref written, owed.Count);
        (owed, retryAfter) = (new RealtimeBatch(), FirstRetry);
        return true;
    }

    /// <summary>At the start and at the beginning of each UTC day; step by step, so that batches get their turn.</summary>
    private void Trim(Timestamp now)
    {
        if (now.Date != trimmedOn)
        {
            trimmedOn = now.Date;
            toTrim.Clear();
            foreach (var kind in options.Retention.Keys.Order()) toTrim.Enqueue(kind);
        }

        if (!toTrim.TryPeek(out var due)) return;
        var deleted = 0;
        var isDone = Try(now, () => deleted = sink.TrimRealtime(due, options.Retention[due], now, RowsPerTrim));
        Interlocked.Add(ref trimmed, deleted);
        // What failed is left to the next day; the disk says so already.
        if (!isDone || deleted == 0) toTrim.Dequeue();
    }

    private bool Try(Timestamp now, Action work)
    {
        try
        {
            work();
            Tell(null, now);
            return true;
        }
        catch (StorageException e)
        {
            Tell(e, now);
            return false;
        }
    }

    private void Tell(StorageException? failure, Timestamp now)
    {
        if (isFailing == (failure is not null)) return;
        isFailing = failure is not null;
        var conflated = Queue.Counts.Conflated;
        if (failure is not null) logger.LogError(failure, "{Sink} cannot be written, the feeds go on and writing is tried again: {Reason}", sink.Name, failure.Message);
        else logger.LogWarning("{Sink} is written again; {Conflated} samples gave way to newer ones in the meantime", sink.Name, conflated - conflatedBefore);
        conflatedBefore = conflated;
        changed?.Invoke(new SinkState(sink.Name, isFailing, failure?.Message ?? "", now));
    }
}
