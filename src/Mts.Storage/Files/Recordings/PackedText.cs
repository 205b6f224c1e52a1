using System.Buffers.Binary;
using System.IO.Compression;
using Mts.Core;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Recordings;

/// <summary>A file's text, unpacked while it is read; a packed file that breaks off is an error and no end.</summary>
internal abstract class PackedText(string path) : IDisposable
{
    protected string Path => path;

    public virtual bool IsPacked => true;

    /// <exception cref="StorageException">The file cannot be read.</exception>
    public static PackedText Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var magic = new byte[4];
            var length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            return magic.AsSpan(0, length) switch
            {
                [0x1F, 0x8B, ..] => new GzipPackedText(path, FromStart(path, file)),
                [0x28, 0xB5, 0x2F, 0xFD] => Zstd(path, FromStart(path, file)),
                _ => new PlainText(path, magic.AsMemory(0, length), file),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    public int Read(Span<byte> buffer)
    {
        try
        {
            return ReadSome(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw new DataValidationException($"{path} is damaged or breaks off: {damaged.Message.TrimEnd('.')}. Fetch it again.", damaged);
        }
        catch (IOException failure)
        {
            throw new StorageException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract int ReadSome(Span<byte> buffer);

    protected abstract void Dispose(bool disposing);

    // Whether packed data is whole is seen at the end of its file.
    private static FileStream FromStart(string path, FileStream file)
    {
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new DataValidationException($"{path} is a pipe of packed data; give the file itself, or unpack it into the pipe.");
        }

        file.Position = 0;
        return file;
    }

    private static PackedText Zstd(string path, FileStream file)
    {
        if (ZstdLibrary.Load() is { } library) return new ZstdPackedText(path, file, library);
        file.Dispose();
        return new ZstdProgramText(path);
    }
}

/// <summary>Read once from front to end, so that pipes will do.</summary>
internal sealed class PlainText(string path, ReadOnlyMemory<byte> begun, FileStream file) : PackedText(path)
{
    private ReadOnlyMemory<byte> begun = begun;

    public override bool IsPacked => false;

    protected override int ReadSome(Span<byte> buffer)
    {
        if (begun.IsEmpty) return file.Read(buffer);
        var length = Math.Min(begun.Length, buffer.Length);
        begun.Span[..length].CopyTo(buffer);
        begun = begun[length..];
        return length;
    }

    protected override void Dispose(bool disposing) => file.Dispose();
}

/// <summary>The library takes an early end for the end; the last eight bytes of a whole file are check sum and length of its last member.</summary>
internal sealed class GzipPackedText(string path, FileStream file) : PackedText(path)
{
    private readonly GZipStream unpacked = new(file, CompressionMode.Decompress);
    private long length;

    protected override int ReadSome(Span<byte> buffer)
    {
        var read = unpacked.Read(buffer);
        length += read;
        if (read == 0 && buffer.Length > 0) CheckEnd();
        return read;
    }

    protected override void Dispose(bool disposing) => unpacked.Dispose();

    private void CheckEnd()
    {
        Span<byte> tail = stackalloc byte[8];
        using var again = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (again.Length < 18) throw new InvalidDataException("the file is too short");
        again.Position = again.Length - 8;
        again.ReadExactly(tail);
        var (sum, lastMember) = (BinaryPrimitives.ReadUInt32LittleEndian(tail), BinaryPrimitives.ReadUInt32LittleEndian(tail[4..]));
        if (lastMember != (uint)length && !EndsWithMember(again, length - lastMember, sum)) throw new InvalidDataException("the gzip data ends too early");
    }

    // Several members one behind the other are one text; only unpacking again tells the last one's check sum.
    private static bool EndsWithMember(FileStream packed, long start, uint sum)
    {
        if (start < 0) return false;
        packed.Position = 0;
        using var text = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
        var crc = new Crc32();
        var buffer = new byte[1 << 16];
        for (int read; (read = text.Read(buffer)) > 0; start -= read) crc.Add(buffer.AsSpan((int)Math.Clamp(start, 0, read)..read));
        return crc.Value == sum;
    }
}
