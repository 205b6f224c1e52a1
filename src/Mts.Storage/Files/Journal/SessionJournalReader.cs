using System.Security.Cryptography;
using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Journal;

/// <summary>Reads a session's journal from its first record on and proves each one. A last record that was cut off by a crash ends it and is told.</summary>
public sealed class SessionJournalReader : IDisposable
{
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] seal = SessionFrame.FirstSeal();
    private readonly byte[] head = new byte[SessionFrame.HeadBytes];
    private byte[] body = new byte[4_096];

    /// <exception cref="StorageException">There is no such journal.</exception>
    public SessionJournalReader(string path)
    {
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StorageException($"there is no journal {path}; `mts paper` writes one for each session.", e);
        }
    }

    public string Path => file.Name;

    /// <summary>Records read so far.</summary>
    public long Records { get; private set; }

    /// <summary>Bytes of whole records, the file's first eight included.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes behind the last whole record, known when all have been read: what a crash left of one that was being written.</summary>
    public long TornBytes { get; private set; }

    /// <summary>The chain's end: a journal with this seal has exactly these records.</summary>
    public string Seal => Convert.ToHexStringLower(seal);

    internal byte[] SealBytes => [.. seal];

    /// <summary>All records; each time from the first on.</summary>
    /// <exception cref="JournalDamageException">A record is not what was written; the message names it.</exception>
    public IEnumerable<SessionRecord> Read()
    {
        file.Position = 0;
        (Records, Length, TornBytes) = (0, 0, 0);
        SessionFrame.FirstSeal().CopyTo(seal.AsSpan());
        if (!Start()) yield break;
        while (TryNext(out var record)) yield return record;
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private bool Start()
    {
        var magic = new byte[SessionFrame.Magic.Length];
        var read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (!magic.AsSpan(0, read).SequenceEqual(SessionFrame.Magic[..read]))
            throw new JournalDamageException(0, 0, $"{file.Name} is no session journal, or one of its first {SessionFrame.Magic.Length} bytes was changed; take it from a backup.");
        if (read < magic.Length) return Torn(read);
        Length = read;
        return true;
    }

    private bool TryNext(out SessionRecord record)
    {
        record = default;
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read < head.Length) return Torn(read);
        if (!SessionFrame.TryReadHead(head, out var length, out var number, out var kind))
        {
            // A machine that lost its power may leave a file longer than what was written, filled with zeros.
            if (IsZeroToEnd()) return Torn(file.Length - Length);
            throw Damage("its head (length, number, kind) was changed");
        }

        var size = length + SessionFrame.SealBytes;
        if (body.Length < size) body = new byte[Math.Max(size, body.Length * 2)];
        var rest = file.ReadAtLeast(body.AsSpan(0, size), size, throwOnEndOfStream: false);
        if (rest < size) return Torn(head.Length + rest);
        var payload = body.AsMemory(0, length);
        SessionFrame.Seal(hash, seal, head, payload.Span);
        if (!seal.AsSpan(0, SessionFrame.SealBytes).SequenceEqual(body.AsSpan(length, SessionFrame.SealBytes))) throw Damage($"kind {kind}: its {length} bytes or its seal were changed");
        if (number != Records + 1) throw Damage($"kind {kind}: it has the number {number}");
        record = new SessionRecord(++Records, Length, kind, payload);
        Length += head.Length + size;
        return true;
    }

    private bool Torn(long bytes)
    {
        TornBytes = bytes;
        return false;
    }

    private bool IsZeroToEnd()
    {
        if (head.AsSpan().ContainsAnyExcept((byte)0)) return false;
        int read;
        while ((read = file.Read(body)) > 0)
        {
            if (body.AsSpan(0, read).ContainsAnyExcept((byte)0)) return false;
        }

        return true;
    }

    private JournalDamageException Damage(string what) => new(
        Records + 1, Length, $"{file.Name}: record {Records + 1} at byte {Length} is not what was written: {what}. The {Records} records before it are whole; take the file from a backup.");
}
