using Mts.Core;

namespace Mts.Storage.Files.Journal;

/// <content>The thread that writes what has gathered, and tries again what the disk did not take.</content>
public sealed partial class FeedJournal
{
    private void Run()
    {
        while (Gather() is { Count: > 0 } batch)
        {
            while (!TryWrite(writing.AsSpan(0, batch.Count)))
            {
                lock (sync)
                {
                    if (isStopping) return;
                    _ = Monitor.Wait(sync, RetryInterval);
                }
            }

            if (writing.Length > options.BufferBytes) writing = new byte[options.BufferBytes];
            lock (sync)
            {
                problem = null;
                Interlocked.Exchange(ref durable, batch.Last);
                Monitor.PulseAll(sync);
            }
        }
    }

    private (int Count, long Last) Gather()
    {
        lock (sync)
        {
            while (filled == 0 && !isStopping)
            {
                wakeAt = 1;
                Monitor.Wait(sync);
            }

            if (filled < options.BufferBytes / 2 && !isStopping)
            {
                wakeAt = options.BufferBytes / 2;
                _ = Monitor.Wait(sync, options.SyncInterval);
            }

            (filling, writing) = (writing, filling);
            var count = filled;
            (filled, gathered) = (0, 0);
            Wake();
            return (count, appended);
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> records)
    {
        try
        {
            segments.Write(records);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StorageException)
        {
            lock (sync)
            {
                problem = $"{failure.Message.TrimEnd('.')}. Free space or mend the disk; it is tried again and goes on by itself.";
                Monitor.PulseAll(sync);
            }

            return false;
        }
    }
}
