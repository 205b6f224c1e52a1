using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Storage.Files.Journal;

/// <summary>
/// The raw journal of a data folder. One thread writes what has gathered and flushes it to the disk; whoever appends waits only when twice
/// <see cref="JournalOptions.BufferBytes"/> are on their way. While the disk takes nothing inputs are held in memory, up to
/// <see cref="JournalOptions.HeldBytes"/>; those beyond are lost and counted, and the hole stands in the journal before the session that follows it.
/// </summary>
/// <remarks>Sequence numbers count all inputs of the folder from 1, over restarts; <see cref="Appended"/> and <see cref="Durable"/> are such numbers.</remarks>
public sealed partial class FeedJournal : IFeedJournal, IDisposable
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
    private int gathered;
    private int wakeAt = int.MaxValue;
    private bool isStopping;
    private long appended;
    private long durable;
    private long waits;
    private long waitedTicks;
    private long lost;
    private string? problem;
    private JournalHole? hole;

    private FeedJournal(string folder, FileStream held, JournalOptions options, TimeProvider clock, Func<string, SegmentFile>? create)
    {
        (this.options, this.clock, this.held) = (options, clock, held);
        Recovery = JournalRecovery.Of(folder);
        appended = durable = Recovery.LastSequence;
        segments = new JournalSegments(folder, options, clock, create);
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

    public string? Problem => Volatile.Read(ref problem);

    public long Lost => Interlocked.Read(ref lost);

    public bool HasHole => Volatile.Read(ref hole) is not null;

    /// <summary>Why old segments could not be removed; null while all is well.</summary>
    public string? RetentionProblem => segments.RetentionProblem;

    /// <param name="dataDir">The journal lies in <c>journal/feed</c> below it.</param>
    /// <param name="options">Sizes and times.</param>
    /// <param name="clock">Names the segments and tells their age.</param>
    /// <exception cref="StoreBusyException">Another process writes this journal.</exception>
    /// <exception cref="StorageException">The folder cannot be read or written.</exception>
    public static FeedJournal Open(string dataDir, JournalOptions options, TimeProvider clock) => Open(dataDir, options, clock, create: null);

    internal static FeedJournal Open(string dataDir, JournalOptions options, TimeProvider clock, Func<string, SegmentFile>? create)
    {
        var folder = FolderOf(dataDir);
        try
        {
            _ = Directory.CreateDirectory(folder);
            var taken = Hold(Path.Combine(folder, ".lock"));
            try
            {
                return new FeedJournal(folder, taken, options, clock, create);
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
        lock (sync)
        {
            ObjectDisposedException.ThrowIf(isStopping, this);
            if (hole is { } open && !TryClose(open, input)) Lose(input);
            else if (!TryTake(input, bytes)) Lose(input);
        }
    }

    /// <summary>Returns when all that was appended is on the disk.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public void Flush()
    {
        if (!TryFlush()) throw new StorageException($"the journal cannot be written: {Problem}");
    }

    /// <summary>Returns when all that was appended is on the disk, or when the disk does not take it.</summary>
    /// <returns>False where it does not.</returns>
    public bool TryFlush()
    {
        lock (sync)
        {
            var last = appended;
            while (durable < last)
            {
                ObjectDisposedException.ThrowIf(isStopping, this);
                Wake();
                if (problem is not null) return false;
                _ = Monitor.Wait(sync, RetryInterval);
            }

            return true;
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

    private bool TryTake(in FeedInput input, ReadOnlySpan<byte> bytes)
    {
        var length = JournalFormat.RecordHead + bytes.Length;
        if (length > JournalFormat.MaxRecord) throw new StorageException($"an input of {bytes.Length} bytes is too large for the journal.");
        if (filled + length > filling.Length && !TryMakeRoom(length)) return false;
        JournalFormat.WriteRecord(filling.AsSpan(filled), appended + 1, gathered, input, bytes);
        filled += length;
        gathered++;
        Interlocked.Increment(ref appended);
        if (filled >= wakeAt) Wake();
        return true;
    }

    private void Lose(in FeedInput input)
    {
        Interlocked.Increment(ref lost);
        Volatile.Write(ref hole, hole is { } open ? open with { Inputs = open.Inputs + 1 } : new JournalHole(input.Time, 1, problem ?? "the disk takes nothing."));
    }

    // Only a session that begins anew can be played again without what is missing.
    private bool TryClose(JournalHole open, in FeedInput input)
    {
        if (input.Kind != FeedInputKind.Started || input.Feed != 0 || problem is not null) return false;
        if (!TryTake(new FeedInput(0, FeedInputKind.Missing, 0, input.Time, open.Inputs), open.ToBytes())) return false;
        Volatile.Write(ref hole, null);
        return true;
    }

    /// <returns>False where the disk takes nothing and no more can be held.</returns>
    private bool TryMakeRoom(int length)
    {
        var start = clock.GetTimestamp();
        waits++;
        while (problem is null && filled > 0 && filled + length > filling.Length)
        {
            Wake();
            Monitor.Wait(sync);
            ObjectDisposedException.ThrowIf(isStopping, this);
        }

        waitedTicks += clock.GetElapsedTime(start).Ticks;
        if (filled + length <= filling.Length) return true;
        if (filled > 0 && filled + length > options.HeldBytes) return false;
        Array.Resize(ref filling, Math.Max(filled + length, (int)Math.Min(options.HeldBytes, 2L * filling.Length)));
        return true;
    }

    private void Wake()
    {
        wakeAt = int.MaxValue;
        Monitor.PulseAll(sync);
    }
}
