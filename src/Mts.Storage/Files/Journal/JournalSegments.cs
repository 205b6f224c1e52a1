using System.Buffers.Binary;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Storage.Files.Journal;

/// <summary>Puts batches of records into segments, begins new ones, tells what is durable, and removes old ones; all on the journal's thread.</summary>
/// <param name="folder">Of the journal.</param>
/// <param name="options">Sizes and times.</param>
/// <param name="clock">Names the segments and tells their age.</param>
/// <param name="create">Makes the file of a segment; on the disk unless given.</param>
internal sealed class JournalSegments(string folder, JournalOptions options, TimeProvider clock, Func<string, SegmentFile>? create = null) : IDisposable
{
    private readonly Func<string, SegmentFile> create = create ?? (static path => new SegmentFile(path));
    private readonly FileStream watermark = JournalFolder.OpenWatermark(folder);
    private int number = JournalFolder.Segments(folder) is [.., var newest] ? newest.Number : 0;
    private SegmentWriter? open;
    private bool isNew;
    private long written;
    private string? retentionProblem;

    public string? RetentionProblem => Volatile.Read(ref retentionProblem);

    /// <summary>Returns when the records are on the disk and the watermark says so.</summary>
    public void Write(ReadOnlySpan<byte> records)
    {
        var last = LastSequence(records);
        // It may have been the watermark that could not be written.
        if (last > written)
        {
            if (open is null || open.Length + records.Length > options.SegmentBytes || Timestamp.Now(clock) - open.Opened >= options.SegmentAge) Roll(records);
            open!.Write(records);
            written = last;
        }

        JournalFolder.WriteWatermark(watermark, last);
        if (isNew) Retain();
    }

    public void Dispose()
    {
        open?.Dispose();
        watermark.Dispose();
    }

    private void Roll(ReadOnlySpan<byte> records)
    {
        // An open segment without records is one whose first write failed; it is still good.
        if (open is { Length: JournalFormat.SegmentHead }) return;
        open?.Finish();
        var next = new SegmentWriter(folder, number + 1, FirstSequence(records), Timestamp.Now(clock), create);
        open?.Dispose();
        (open, number, isNew) = (next, next.Number, true);
    }

    // Not before the new segment is on the disk: then the numbers are known whatever is lost.
    private void Retain()
    {
        isNew = false;
        try
        {
            RemoveOld();
            Volatile.Write(ref retentionProblem, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StorageException)
        {
            Volatile.Write(ref retentionProblem, failure.Message);
        }
    }

    private void RemoveOld()
    {
        var segments = JournalFolder.Segments(folder);
        var total = segments.Sum(s => new FileInfo(s.Path).Length);
        var oldest = Timestamp.Now(clock) - options.KeepFor;
        for (var i = 0; i < segments.Count - 1; i++)
        {
            // The next segment's opening is the end of this one.
            if (total <= options.KeepBytes && (segments[i + 1].ReadHead() is not { } next || next.Opened >= oldest)) return;
            total -= new FileInfo(segments[i].Path).Length;
            File.Delete(segments[i].Path);
            // One after the other, so that no power cut leaves a hole between two.
            Durable.SyncFolder(folder);
        }
    }

    private static long FirstSequence(ReadOnlySpan<byte> records) => BinaryPrimitives.ReadInt64LittleEndian(records[8..]);

    private static long LastSequence(ReadOnlySpan<byte> records)
    {
        var last = 0L;
        for (var at = 0; at < records.Length; at += JournalFormat.LengthOf(records[at..])) last = FirstSequence(records[at..]);
        return last;
    }
}
