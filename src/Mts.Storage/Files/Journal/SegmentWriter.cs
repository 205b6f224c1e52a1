using Mts.Core.Market;

namespace Mts.Storage.Files.Journal;

/// <summary>The open segment. A write that failed is repeated at the same place, so that what a failed flush dropped is written again.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly SegmentFile file;
    private bool hasFailed;

    /// <param name="folder">Where it is made.</param>
    /// <param name="number">Its place in the order of segments.</param>
    /// <param name="firstSequence">Of its first record.</param>
    /// <param name="opened">Names it.</param>
    /// <param name="create">Makes its file.</param>
    public SegmentWriter(string folder, int number, long firstSequence, Timestamp opened, Func<string, SegmentFile> create)
    {
        (Number, Opened) = (number, opened);
        file = create(JournalFolder.SegmentPath(folder, opened, number));
        try
        {
            Span<byte> head = stackalloc byte[JournalFormat.SegmentHead];
            JournalFormat.WriteSegmentHead(head, firstSequence, opened);
            file.Write(head, 0);
            Durable.SyncFolder(folder);
        }
        catch
        {
            file.Dispose();
            File.Delete(file.Path);
            throw;
        }

        Length = JournalFormat.SegmentHead;
    }

    public int Number { get; }

    public Timestamp Opened { get; }

    /// <summary>Bytes that are on the disk.</summary>
    public long Length { get; private set; }

    /// <summary>Returns when the records are on the disk.</summary>
    public void Write(ReadOnlySpan<byte> records)
    {
        hasFailed = true;
        file.Write(records, Length);
        file.Flush();
        (Length, hasFailed) = (Length + records.Length, false);
    }

    /// <summary>Nothing more comes: what a failed write left behind the last record goes, for it is written into the next segment.</summary>
    public void Finish()
    {
        if (!hasFailed) return;
        file.Cut(Length);
        file.Flush();
        hasFailed = false;
    }

    public void Dispose() => file.Dispose();
}
