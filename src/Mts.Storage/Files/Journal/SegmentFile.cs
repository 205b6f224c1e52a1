using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mts.Storage.Files.Journal;

/// <summary>The file of one segment. Tests put one in its place whose disk fails.</summary>
/// <param name="path">Must not exist yet.</param>
internal partial class SegmentFile(string path) : IDisposable
{
    private readonly SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public string Path => path;

    /// <exception cref="IOException">Not all of it was written; a part of it may have been.</exception>
    public virtual void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            throw GrowingFile.TooLarge(path, tooLarge);
        }
    }

    /// <summary>Returns when what was written is on the disk.</summary>
    /// <exception cref="IOException">It may or may not be; it has to be written again.</exception>
    /// <remarks>Unlike fsync, fdatasync does not write the times of the file.</remarks>
    public virtual void Flush()
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (FlushData(file) != 0)
            throw new IOException($"{path} cannot be flushed to the disk: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public virtual void Cut(long length) => RandomAccess.SetLength(file, length);

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing) => file.Dispose();

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushData(SafeFileHandle descriptor);
}
