using System.Buffers.Binary;
using System.IO.Compression;
using Mts.Core;

namespace Mts.Storage.Files.Import.Text;

/// <summary>The text in a gzip file, up to where the file breaks off.</summary>
internal sealed class GzipText(byte[] packed, string path) : ReadOnlyStream, ICheckedText
{
    private readonly GZipStream unpacked = new(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
    private long length;

    public string Sha256 => MarketFile.Hash(packed);

    public long Bytes => packed.Length;

    public long ExpectedLength => packed.Length < 18 ? 0 : Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(^4..)), packed.Length * 10L);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = unpacked.Read(buffer);
            length += read;
            return read;
        }
        catch (InvalidDataException e)
        {
            throw new DataValidationException($"{Path.GetFileName(path)} is damaged: the gzip data does not unpack. Fetch it again.", e);
        }
    }

    /// <remarks>The library takes an early end for the end. The last eight bytes of a whole file are check sum and length of its last member.</remarks>
    public (bool IsTruncated, bool IsProvenWhole) Check()
    {
        if (packed.Length < 18) return (true, false);
        var lastMember = BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(^4..));
        var whole = lastMember == (uint)length || EndsWithMember(length - lastMember);
        return (!whole, whole);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }

    // Several members one behind the other are one text; only unpacking again tells the last one's check sum.
    private bool EndsWithMember(long start)
    {
        if (start < 0) return false;
        using var again = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
        var crc = new Crc32();
        var buffer = new byte[1 << 16];
        for (int read; (read = again.Read(buffer)) > 0; start -= read) crc.Add(buffer.AsSpan((int)Math.Clamp(start, 0, read)..read));
        return crc.Value == BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(^8..^4));
    }
}
