using System.Buffers.Binary;
using System.Numerics;
using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Searches;

/// <summary>The finished trials of one search: length, part, key, trial and checksum, one record after the other; a record that is torn ends what is read.</summary>
internal sealed class SearchProgressFile : ISearchProgress
{
    private const int Head = sizeof(int) + sizeof(int) + sizeof(long);
    private const int MostBytes = 1 << 24;
    private readonly Lock turn = new();
    private readonly Dictionary<(int Part, long Key), byte[]> found = [];
    private readonly FileStream file;

    private SearchProgressFile(FileStream file)
    {
        this.file = file;
        var whole = 0L;
        while (Read() is { } record)
        {
            found[(record.Part, record.Key)] = record.Trial;
            whole = file.Position;
        }

        file.Position = whole;
        file.SetLength(whole);
        Found = found.Count;
    }

    public int Found { get; }

    /// <returns>Null where another process has it open.</returns>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public static SearchProgressFile? Open(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new SearchProgressFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException held) when (HeldFile.IsHeld(held))
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be opened: {failure.Message} What a search has done is kept there; --data-dir names a folder that can be written.", failure);
        }
    }

    public byte[]? Find(int part, long key) => found.GetValueOrDefault((part, key));

    public void Keep(int part, long key, ReadOnlySpan<byte> trial)
    {
        var record = new byte[Head + trial.Length + sizeof(uint)];
        BinaryPrimitives.WriteInt32LittleEndian(record, trial.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), part);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), key);
        trial.CopyTo(record.AsSpan(Head));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Head + trial.Length), Checksum(record.AsSpan(0, Head + trial.Length)));
        lock (turn) file.Write(record);
    }

    public void Complete()
    {
        lock (turn)
        {
            File.Delete(file.Name);
            file.Dispose();
        }
    }

    public void Dispose()
    {
        lock (turn) file.Dispose();
    }

    private (int Part, long Key, byte[] Trial)? Read()
    {
        var head = new byte[Head];
        if (file.ReadAtLeast(head, Head, throwOnEndOfStream: false) < Head) return null;
        if (BinaryPrimitives.ReadInt32LittleEndian(head) is not (>= 0 and <= MostBytes and var length)) return null;
        var rest = new byte[length + sizeof(uint)];
        if (file.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) < rest.Length) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest.AsSpan(length)) != Checksum([.. head, .. rest.AsSpan(0, length)])) return null;
        return (BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)), BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(8)), rest[..length]);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
