using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Storage.Files.Journal;

/// <summary>
/// The raw journal of a data folder. One thread writes what has gathered and flushes it to the disk; whoever appends waits only when twice
/// <see cref="JournalOptions.BufferBytes"/> are on their way. Nothing is ever dropped: an input is taken, or the caller is told.
/// </summary>
/// <remarks>Sequence numbers count all inputs of the folder from 1, over restarts; <see cref="Appended"/> and <see cref="Durable"/> are such numbers.</remarks>
public sealed class FeedJournal : IFeedJournal, IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly object sync = new();
    private readonly JournalOptions options;
    private readonly TimeProvider clock;
    private readonly FileStream held;
    private readonly JournalSegments segments;
    private readonly Thread thread;
    private byte[] filling;
    private byte[] writing;
    private int filled;
    private int wakeAt = int.MaxValue;
    private bool isStopping;
    private long appended;
    private long durable;
    private long waits;
    private long waitedTicks;
    private string? problem;

    private FeedJournal(string folder, FileStream held, JournalOptions options, TimeProvider clock)
    {
        (this.options, this.clock, this.held) = (options, clock, held);
        Recovery = JournalRecovery.Of(folder);
        appended = durable = Recovery.LastSequence;
        segments = new JournalSegments(folder, options, clock);
        (filling, writing) = (new byte[options.BufferBytes], new byte[options.BufferBytes]);
        thread = new Thread(Run) { Name = "feed journal", IsBackground = true };
        thread.Start();
    }

    /// <summary>What opening found.</summary>
    public JournalRecovery Recovery { get; }

    public long Appended => Interlocked.Read(ref appended);

    public long Durable => Interlocked.Read(ref durable);

    /// <summary>Times that <see cref="Append"/> had to wait for the disk.</summary>
    public long Waits => Interlocked.Read(ref waits);

    /// <summary>How long it waited in all.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref waitedTicks));

    /// <summary>Why nothing can be written now; null while all is well.</summary>
    public string? Problem => Volatile.Read(ref problem);

    /// <summary>Why old segments could not be removed; null while all is well.</summary>
    public string? RetentionProblem => segments.RetentionProblem;

    /// <param name="dataDir">The journal lies in <c>journal/feed</c> below it.</param>
    /// <param name="options">Sizes and times.</param>
    /// <param name="clock">Names the segments and tells their age.</param>
    /// <exception cref="StoreBusyException">Another process writes this journal.</exception>
    /// <exception cref="StorageException">The folder cannot be read or written.</exception>
    public static FeedJournal Open(string dataDir, JournalOptions options, TimeProvider clock)
    {
        var folder = FolderOf(dataDir);
        try
        {
            _ = Directory.CreateDirectory(folder);
            var taken = Hold(Path.Combine(folder, ".lock"));
            try
            {
                return new FeedJournal(folder, taken, options, clock);
            }
            catch
            {
                taken.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{folder} cannot be opened: {failure.Message}", failure);
        }
    }

    /// <summary>Where the journal of a data folder lies.</summary>
    public static string FolderOf(string dataDir) => Path.Combine(dataDir, "journal", "feed");

    public void Append(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        var length = JournalFormat.RecordHead + bytes.Length;
        if (length > JournalFormat.MaxRecord) throw new StorageException($"an input of {bytes.Length} bytes is too large for the journal.");
        lock (sync)
        {
            ThrowIfBroken();
            if (filled + length > filling.Length) MakeRoom(length);
            JournalFormat.WriteRecord(filling.AsSpan(filled), appended + 1, input, bytes);
            filled += length;
            Interlocked.Increment(ref appended);
            if (filled >= wakeAt) Wake();
        }
    }

    /// <summary>Returns when all that was appended is on the disk.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public void Flush()
    {
        lock (sync)
        {
            var last = appended;
            while (durable < last)
            {
                ThrowIfBroken();
                Wake();
                _ = Monitor.Wait(sync, RetryInterval);
            }
        }
    }

    /// <summary>Writes what is there, as far as the disk takes it; <see cref="Flush"/> before tells whether it did.</summary>
    public void Dispose()
    {
        lock (sync)
        {
            if (isStopping) return;
            isStopping = true;
            Wake();
        }

        thread.Join();
        segments.Dispose();
        held.Dispose();
    }

    // EAGAIN of Linux and macOS, ERROR_SHARING_VIOLATION of Windows.
    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (busy.HResult is 11 or 35 or unchecked((int)0x80070020))
        {
            throw new StoreBusyException($"{Path.GetDirectoryName(path)} is being written by another process; stop it first.", busy);
        }
    }

    private void ThrowIfBroken()
    {
        ObjectDisposedException.ThrowIf(isStopping, this);
        if (problem is not null) throw new StorageException($"the journal cannot be written: {problem}");
    }

    private void MakeRoom(int length)
    {
        var start = clock.GetTimestamp();
        waits++;
        while (filled > 0 && filled + length > filling.Length)
        {
            Wake();
            Monitor.Wait(sync);
            ThrowIfBroken();
        }

        waitedTicks += clock.GetElapsedTime(start).Ticks;
        if (length > filling.Length) filling = new byte[length];
    }

    private void Wake()
    {
        wakeAt = int.MaxValue;
        Monitor.PulseAll(sync);
    }

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
            filled = 0;
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
