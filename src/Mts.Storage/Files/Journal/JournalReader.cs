using Mts.Core;
using Mts.Core.Feeds;

namespace Mts.Storage.Files.Journal;

/// <summary>Reads the inputs of a journal in order, over all its segments, also while it is being written.</summary>
public sealed class JournalReader : IDisposable
{
    private readonly string folder;
    private readonly bool isFolder;
    private readonly long from;
    private SegmentReader? reader;
    private long expected;

    private JournalReader(string path, long from)
    {
        isFolder = Directory.Exists(path);
        folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        this.from = from;
        if (!isFolder) Enter(JournalFolder.Of(path) ?? new JournalSegment(path, 0));
    }

    /// <summary>Sequence number of the input read last.</summary>
    public long Sequence => expected - 1;

    /// <summary>File name of the present segment; empty before the first.</summary>
    public string Segment => reader?.Segment.Name ?? "";

    /// <summary>Where in it the next record begins.</summary>
    public long Offset => reader?.Offset ?? 0;

    /// <summary>True where an interrupted write follows the last whole record: what was never acknowledged.</summary>
    public bool IsTorn { get; private set; }

    /// <param name="path">The journal's folder, or one segment.</param>
    /// <param name="from">The first sequence number that is wanted; 0 for the oldest that is kept.</param>
    /// <exception cref="StorageException">There is no such file, or it is no journal.</exception>
    public static JournalReader Open(string path, long from = 0)
    {
        if (!Directory.Exists(path) && !File.Exists(path)) throw new StorageException($"{path} does not exist.");
        return new JournalReader(path, from);
    }

    /// <param name="input">What happened.</param>
    /// <param name="bytes">Its bytes, valid until the next call.</param>
    /// <returns>False when nothing more is there; more may have come at a later call.</returns>
    /// <exception cref="StorageException">An input is damaged or missing; the message names segment, offset and sequence number.</exception>
    public bool TryRead(out FeedInput input, out ReadOnlySpan<byte> bytes)
    {
        do
        {
            if (!TryReadNext(out input, out bytes)) return false;
        }
        while (Sequence < from);
        return true;
    }

    public void Dispose() => reader?.Dispose();

    private bool TryReadNext(out FeedInput input, out ReadOnlySpan<byte> bytes)
    {
        IsTorn = false;
        while (true)
        {
            input = default;
            bytes = default;
            if (reader is null && (Next(0) is not { } first || !TryEnter(first))) return false;
            var offset = reader!.Offset;
            var read = reader.Read(out var sequence, out input, out bytes);
            var next = read == SegmentRead.Record || !isFolder ? null : Next(reader.Segment.Number);
            // Where there is a next segment this one has grown for the last time, perhaps since it was read.
            if (next is not null) read = reader.Read(out sequence, out input, out bytes);
            var isUnfinished = next is null && read is SegmentRead.Partial or SegmentRead.Damaged && IsUnfinished(read);
            // What was being written when it was read, and has been acknowledged since, is whole now.
            if (next is null && !isUnfinished && read is SegmentRead.Partial or SegmentRead.Damaged) read = reader.Read(out sequence, out input, out bytes);
            switch (read)
            {
                case SegmentRead.Record when sequence == expected:
                    expected++;
                    return true;
                case SegmentRead.Record:
                    throw Damage(offset, $"holds input {sequence} where {expected} should stand");
                case SegmentRead.End when next is null:
                    return false;
                case SegmentRead.End:
                    if (!TryEnter(next)) return false;
                    break;
                case not SegmentRead.Record when isUnfinished:
                    IsTorn = true;
                    return false;
                default:
                    throw Damage(offset, "is not as it was written");
            }
        }
    }

    // What was never acknowledged may be half written, or any part of it. In a segment by itself only an end within a record is one.
    private bool IsUnfinished(SegmentRead state)
    {
        if (JournalFolder.ReadWatermark(folder) is { } durable ? expected <= durable : !isFolder && state != SegmentRead.Partial) return false;
        return reader!.Behind(expected) is not { } behind || behind.Durable < expected;
    }

    private JournalSegment? Next(int number) =>
        Directory.Exists(folder) ? JournalFolder.Segments(folder).Find(s => s.Number > number && (reader is not null || IsWanted(s))) : null;

    // Of all segments before the first that is wanted none is opened.
    private bool IsWanted(JournalSegment segment) =>
        from == 0 || JournalFolder.Segments(folder).Find(s => s.Number > segment.Number)?.ReadHead() is not { } after || after.First > from;

    private bool TryEnter(JournalSegment segment)
    {
        // The newest segment may have been made this moment, its head not yet written, or lost with the power.
        if (segment.ReadHead() is null && Next(segment.Number) is null && JournalFolder.IsUnbegun(segment, Math.Max(1, expected), JournalFolder.ReadWatermark(folder)))
        {
            IsTorn = new FileInfo(segment.Path).Length > 0;
            return false;
        }

        Enter(segment);
        return true;
    }

    private void Enter(JournalSegment segment)
    {
        if (segment.ReadHead() is not { } head) throw new StorageException($"{segment.Path}: byte 0 is not the head of a journal segment.");
        if (reader is not null && head.First != expected)
            throw new StorageException($"{segment.Path}: begins with input {head.First}, though {Segment} ended with {expected - 1}; {head.First - expected} inputs are missing.");
        reader?.Dispose();
        reader = new SegmentReader(segment);
        expected = head.First;
    }

    private StorageException Damage(long offset, string what) =>
        new($"{reader!.Segment.Path}: the record at byte {offset}, input {expected}, {what}.");
}
