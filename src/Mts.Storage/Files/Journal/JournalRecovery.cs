using Mts.Core;

namespace Mts.Storage.Files.Journal;

/// <summary>What was found when a journal was opened for writing.</summary>
/// <param name="LastSequence">After this number the journal goes on; 0 for an empty one.</param>
/// <param name="Segment">The newest segment; null where there is none.</param>
/// <param name="CutBytes">Bytes of an interrupted write that were cut off its end; none of them had been acknowledged.</param>
/// <param name="Damage">What is wrong with inputs that had been acknowledged; null for nothing. The segment is left as it is.</param>
public sealed record JournalRecovery(long LastSequence, string? Segment, long CutBytes, string? Damage)
{
    /// <summary>Reads the newest segment to its end; the older ones were finished in due form.</summary>
    internal static JournalRecovery Of(string folder)
    {
        var segments = JournalFolder.Segments(folder);
        var durable = JournalFolder.ReadWatermark(folder);
        if (segments.Count == 0) return new JournalRecovery(durable ?? 0, null, 0, null);
        var newest = segments[^1];
        if (newest.ReadHead() is not { } head) return WithoutHead(newest, segments, durable);
        using var reader = new SegmentReader(newest);
        var last = head.First - 1;
        SegmentRead state;
        while ((state = reader.Read(out var sequence, out _, out _)) == SegmentRead.Record)
        {
            if (sequence != last + 1) return new JournalRecovery(Math.Max(last, durable ?? 0), newest.Name, 0, $"at byte {reader.Offset}: input {sequence} follows {last}.");
            last = sequence;
        }

        // Of a write that a power cut interrupted any part may be there, also later ones without the first.
        var behind = state == SegmentRead.End ? null : reader.Behind(last + 1);
        if (last < Math.Max(durable ?? 0, behind?.Durable ?? 0))
            return new JournalRecovery(Math.Max(Math.Max(last, durable ?? 0), behind?.Last ?? 0), newest.Name, 0, $"at byte {reader.Offset}: input {last + 1} is damaged or missing, though it was acknowledged.");
        var cut = reader.FileLength - reader.Offset;
        Cut(newest, last < head.First ? 0 : reader.Offset, cut);
        return new JournalRecovery(last, newest.Name, cut, null);
    }

    private static JournalRecovery WithoutHead(JournalSegment newest, List<JournalSegment> segments, long? durable)
    {
        var last = segments.Count > 1 ? LastOf(segments[^2]) : 0;
        if (!JournalFolder.IsUnbegun(newest, last + 1, durable))
            return new JournalRecovery(Math.Max(last, durable ?? 0), newest.Name, 0, "at byte 0: the head of the segment is damaged.");
        var length = new FileInfo(newest.Path).Length;
        Cut(newest, 0, length);
        return new JournalRecovery(last, newest.Name, length, null);
    }

    private static long LastOf(JournalSegment segment)
    {
        if (segment.ReadHead() is not { } head) return 0;
        using var reader = new SegmentReader(segment);
        var last = head.First - 1;
        while (reader.Read(out var sequence, out _, out _) == SegmentRead.Record) last = sequence;
        return last;
    }

    private static void Cut(JournalSegment segment, long length, long cut)
    {
        try
        {
            if (length == 0)
            {
                File.Delete(segment.Path);
                Durable.SyncFolder(Path.GetDirectoryName(segment.Path)!);
                return;
            }

            // Also where nothing is cut off: what a killed process wrote may not be on the disk yet, and is built upon from now on.
            using var file = new FileStream(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (cut > 0) file.SetLength(length);
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{segment.Path}: the end of an interrupted write cannot be cut off: {failure.Message}", failure);
        }
    }
}
