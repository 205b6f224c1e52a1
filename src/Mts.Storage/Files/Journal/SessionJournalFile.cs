using System.Security.Cryptography;
using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Journal;

/// <summary>A session's journal, open for writing by one process.</summary>
public sealed class SessionJournalFile : ISessionJournal
{
    private readonly FileStream turn;
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] seal;
    private readonly byte[] head = new byte[SessionFrame.HeadBytes];
    private long records;
    private bool isDirty;
    private bool hasFailed;

    private SessionJournalFile(FileStream turn, FileStream file, byte[] seal, long records) => (this.turn, this.file, this.seal, this.records) = (turn, file, seal, records);

    /// <summary>Begins a journal; its folder is made.</summary>
    /// <exception cref="StoreBusyException">Another process writes it.</exception>
    /// <exception cref="StorageException">There is one with records already, or it cannot be written.</exception>
    public static SessionJournalFile Create(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw CannotBeMade(path, closed);
        }

        return Own(path, (lockFile, stream) =>
        {
            if (stream.Length > SessionFrame.Magic.Length + SessionFrame.HeadBytes + SessionFrame.SealBytes)
                throw new StorageException($"there is a journal {path} already; name the session to go on with it, or choose another name.");
            stream.SetLength(0);
            stream.Write(SessionFrame.Magic);
            return new SessionJournalFile(lockFile, stream, SessionFrame.FirstSeal(), 0) { isDirty = true };
        });
    }

    /// <summary>Takes the journal for this process, then reads it, and then goes on behind its last whole record; what a crash left behind that is cut off.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="read">Meets every record; the reader tells afterwards what was cut off.</param>
    /// <exception cref="StoreBusyException">Another process writes it.</exception>
    /// <exception cref="JournalDamageException">A record is not what was written; nothing is cut off then.</exception>
    public static SessionJournalFile Resume(string path, Action<SessionJournalReader> read)
    {
        using var reader = new SessionJournalReader(path);
        return Own(path, (lockFile, stream) =>
        {
            read(reader);
            if (reader.Records == 0) throw new StorageException($"{path} has no whole record; remove it and begin the session anew.");
            stream.SetLength(reader.Length);
            stream.Seek(0, SeekOrigin.End);
            return new SessionJournalFile(lockFile, stream, reader.SealBytes, reader.Records) { isDirty = true };
        });
    }

    public void Append(SessionRecordKind kind, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > SessionFrame.MostPayload) throw new ArgumentException($"A record of {payload.Length} bytes is too long.", nameof(payload));
        SessionFrame.WriteHead(head, payload.Length, ++records, kind);
        SessionFrame.Seal(hash, seal, head, payload);
        try
        {
            isDirty = true;
            file.Write(head);
            file.Write(payload);
            file.Write(seal.AsSpan(0, SessionFrame.SealBytes));
        }
        catch (IOException e)
        {
            throw Failed(e);
        }
    }

    public void Commit()
    {
        if (!isDirty) return;
        try
        {
            file.Flush(flushToDisk: true);
            isDirty = false;
        }
        catch (IOException e)
        {
            throw Failed(e);
        }
    }

    public void Dispose()
    {
        try
        {
            file.Dispose();
        }
        catch (IOException) when (hasFailed)
        {
            // What could not be written then cannot be now, and it was told.
        }

        turn.Dispose();
        hash.Dispose();
    }

    // The turn lies in a file of its own: a lock on the journal would shut its readers out.
    private static SessionJournalFile Own(string path, Func<FileStream, FileStream, SessionJournalFile> begin)
    {
        FileStream mine;
        try
        {
            mine = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (HeldFile.IsHeld(e))
        {
            throw new StoreBusyException($"another process runs the session of {path}; stop it first, or begin another one.", e);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException and not DirectoryNotFoundException)
        {
            throw CannotBeMade(path, closed);
        }

        FileStream? opened = null;
        try
        {
            opened = new GrowingFile(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 1 << 16);
            return begin(mine, opened);
        }
        catch
        {
            opened?.Dispose();
            mine.Dispose();
            throw;
        }
    }

    private static StorageException CannotBeMade(string path, Exception cause) =>
        new($"the journal {path} cannot be written: {cause.Message} A session is nothing without its journal; --data-dir names a folder that can be written.", cause);

    private StorageException Failed(IOException e)
    {
        hasFailed = true;
        return new StorageException($"the journal {file.Name} cannot be written: {e.Message}. Make room and take the session up again.", e);
    }
}
