using System.Buffers.Binary;
using Mts.Core.Feeds;

namespace Mts.Storage.Files.Journal;

internal enum SegmentRead
{
    Record,

    /// <summary>The file ends here, behind a whole record.</summary>
    End,

    /// <summary>The file ends within a record.</summary>
    Partial,

    /// <summary>What is here is no record, or not as it was written.</summary>
    Damaged,
}

/// <param name="Last">The highest number among them.</param>
/// <param name="Durable">They show that all up to this number was on the disk when they were written.</param>
internal readonly record struct RecordsBehind(long Last, long Durable);

/// <summary>Reads the records of one segment, also while it grows: whatever is not a record may be asked for again later.</summary>
internal sealed class SegmentReader(JournalSegment segment) : IDisposable
{
    private const int ReadAhead = 1 << 20;
    private const int LeastReadAhead = 1 << 16;
    private const int SearchedBytes = 1 << 24;
    private const long SearchedSequences = 1_000_000;

    private readonly FileStream file = new(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    private byte[] buffer = [];
    private int start;
    private int end;

    public JournalSegment Segment => segment;

    /// <summary>Where in the file the next record begins.</summary>
    public long Offset { get; private set; } = JournalFormat.SegmentHead;

    public long FileLength => file.Length;

    /// <param name="sequence">Of the record, also of a damaged one as far as it can be read.</param>
    /// <param name="input">What happened.</param>
    /// <param name="bytes">Valid until the next call.</param>
    public SegmentRead Read(out long sequence, out FeedInput input, out ReadOnlySpan<byte> bytes)
    {
        (sequence, input) = (0, default);
        bytes = default;
        var length = JournalFormat.LengthOf(Available(4));
        if (length == 0) return Again(start == end ? SegmentRead.End : SegmentRead.Partial);
        if (length < 0) return Again(SegmentRead.Damaged);
        var record = Available(length);
        if (record.Length < length) return Again(SegmentRead.Partial);
        if (!JournalFormat.TryReadRecord(record, out sequence, out input)) return Again(SegmentRead.Damaged);
        bytes = record[JournalFormat.RecordHead..];
        start += length;
        Offset += length;
        return SegmentRead.Record;
    }

    /// <summary>The whole records behind what is no record at <see cref="Offset"/>; null where there are none.</summary>
    /// <param name="expected">The sequence number that should stand there.</param>
    public RecordsBehind? Behind(long expected)
    {
        RecordsBehind? found = null;
        for (var from = Offset; from + JournalFormat.RecordHead <= file.Length;)
        {
            var window = new byte[(int)Math.Min(SearchedBytes, file.Length - from)];
            var read = RandomAccess.Read(file.SafeFileHandle, window, from);
            var searched = Search(window.AsSpan(0, read), expected, ref found);
            if (searched == 0) break;
            from += searched;
        }

        return found;
    }

    public void Dispose() => file.Dispose();

    // What was read too early must be read again.
    private SegmentRead Again(SegmentRead result)
    {
        start = end = 0;
        return result;
    }

    // Returns how far it has come: to the end, or to a record that goes on beyond it.
    private static int Search(ReadOnlySpan<byte> window, long expected, ref RecordsBehind? found)
    {
        var at = 0;
        while (at + JournalFormat.RecordHead <= window.Length)
        {
            var candidate = window[at..];
            var length = JournalFormat.LengthOf(candidate);
            var sequence = BinaryPrimitives.ReadInt64LittleEndian(candidate[8..]);
            var isLikely = length > 0 && sequence >= expected && sequence - expected < SearchedSequences;
            if (isLikely && length > candidate.Length && at > 0) return at;
            if (isLikely && length <= candidate.Length && JournalFormat.TryReadRecord(candidate[..length], out _, out _))
            {
                found = new RecordsBehind(Math.Max(sequence, found?.Last ?? 0), Math.Max(JournalFormat.DurableBefore(candidate), found?.Durable ?? 0));
                at += length;
            }
            else
            {
                at++;
            }
        }

        return Math.Max(at, window.Length);
    }

    private ReadOnlySpan<byte> Available(int count)
    {
        while (end - start < count)
        {
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            if (buffer.Length == 0) buffer = new byte[Math.Clamp(file.Length, LeastReadAhead, ReadAhead)];
            if (count > buffer.Length) Array.Resize(ref buffer, Math.Max(count, buffer.Length * 2));
            var read = RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(end), Offset + end);
            if (read == 0) break;
            end += read;
        }

        return buffer.AsSpan(start, Math.Min(count, end - start));
    }
}
