using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Mts.Core;
using Mts.Core.Market;
using Mts.Storage.Files;

namespace Mts.Storage.Sqlite;

/// <summary>The right to write a data folder. The system gives it back when the process ends, however it ends.</summary>
internal sealed partial class WriterLock : IDisposable
{
    public const string FileName = ".mts.lock";

    private readonly FileStream file;

    private WriterLock(FileStream file) => this.file = file;

    /// <param name="dataDir">An existing folder.</param>
    /// <param name="purpose">What the process is doing, told to a second writer.</param>
    /// <param name="clock">Says since when.</param>
    /// <exception cref="StoreBusyException">Another writer has it; the message names that one.</exception>
    public static WriterLock Acquire(string dataDir, string purpose, TimeProvider clock)
    {
        var path = Path.Combine(dataDir, FileName);
        try
        {
            // Unbuffered, and the text is kept in the locked file itself: the name of the holder cannot outlive the lock's meaning.
            var taken = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            taken.SetLength(0);
            taken.Write(System.Text.Encoding.UTF8.GetBytes($"pid {Environment.ProcessId}, {purpose}, since {Timestamp.Now(clock)}"));
            return new WriterLock(taken);
        }
        catch (IOException e) when (HeldFile.IsHeld(e))
        {
            throw new StoreBusyException($"{dataDir} is being written by another process ({Holder(path)}); wait for it or stop it. Reading goes on beside it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be written: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        if (!file.CanWrite) return;
        file.SetLength(0);
        file.Dispose();
    }

    // .NET asks for a shared lock even to read, which the holder's refuses; the C call does not. Windows lets nobody read a held file.
    private static string Holder(string path)
    {
        if (OperatingSystem.IsWindows()) return "its name cannot be read here";
        using var handle = new SafeFileHandle(Open(path, 0), ownsHandle: true);
        if (handle.IsInvalid) return "its name cannot be read";
        using var reader = new StreamReader(new FileStream(handle, FileAccess.Read));
        return reader.ReadToEnd() is { Length: > 0 } text ? text : "which has just started";
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
