using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Mts.Core.Market;

namespace Mts.Storage.Files.Journal;

/// <summary>The open segment. A write that failed is repeated at the same place, so that what a failed flush dropped is written again.</summary>
internal sealed partial class SegmentWriter : IDisposable
{
    private readonly SafeFileHandle file;

    public SegmentWriter(string folder, int number, long firstSequence, Timestamp opened)
    {
        (Number, Opened) = (number, opened);
        Path = JournalFolder.SegmentPath(folder, opened, number);
        file = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Span<byte> head = stackalloc byte[JournalFormat.SegmentHead];
            JournalFormat.WriteSegmentHead(head, firstSequence, opened);
            RandomAccess.Write(file, head, 0);
            Durable.SyncFolder(folder);
        }
        catch
        {
            file.Dispose();
            File.Delete(Path);
            throw;
        }

        Length = JournalFormat.SegmentHead;
    }

    public string Path { get; }

    public int Number { get; }

    public Timestamp Opened { get; }

    /// <summary>Bytes that are on the disk.</summary>
    public long Length { get; private set; }

    /// <summary>Returns when the records are on the disk.</summary>
    public void Write(ReadOnlySpan<byte> records)
    {
        RandomAccess.Write(file, records, Length);
        Flush();
        Length += records.Length;
    }

    public void Dispose() => file.Dispose();

    // Unlike fsync, fdatasync does not write the times of the file.
    private void Flush()
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (FlushData(file) != 0)
            throw new IOException($"{Path} cannot be flushed to the disk: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushData(SafeFileHandle descriptor);
}
