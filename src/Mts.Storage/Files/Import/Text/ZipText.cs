using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Mts.Core;

namespace Mts.Storage.Files.Import.Text;

/// <summary>The text of the one file in a zip; of a zip that breaks off, what is there.</summary>
internal sealed class ZipText : ReadOnlyStream, ICheckedText
{
    private const int LocalHeaderLength = 30;
    private const int EncryptedFlag = 1;
    private readonly byte[] packed;
    private readonly string path;
    private readonly ZipArchiveEntry? entry;
    private readonly Stream unpacked;
    private Crc32 crc = new();
    private long length;

    private ZipText(byte[] packed, string path, string entryName, ZipArchiveEntry? entry, Stream unpacked)
    {
        (this.packed, this.path, this.entry, this.unpacked) = (packed, path, entry, unpacked);
        EntryName = entryName;
    }

    public string EntryName { get; }

    public string Sha256 => MarketFile.Hash(packed);

    public long Bytes => packed.Length;

    public long ExpectedLength => entry?.Length ?? 0;

    public static ZipText Open(byte[] packed, string path)
    {
        if (TryListEntries(packed) is not { } all) return OpenCut(packed, path);
        var entries = all.FindAll(e => e.Name.Length > 0);
        if (entries.Count > 1) entries = entries.FindAll(e => e.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));
        if (entries is not [var only])
            throw MarketFile.Refused(path, $"holds {all.Count} files ({string.Join(", ", all.Take(5).Select(e => e.FullName))}); unpack it and name the one to read");
        if (only.IsEncrypted) throw MarketFile.Refused(path, "is encrypted; unpack it first");
        try
        {
            return new ZipText(packed, path, only.Name, only, only.Open());
        }
        catch (InvalidDataException e)
        {
            throw new DataValidationException($"{Path.GetFileName(path)} is damaged: {e.Message} Fetch it again.", e);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = unpacked.Read(buffer);
            crc.Add(buffer[..read]);
            length += read;
            return read;
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    public (bool IsTruncated, bool IsProvenWhole) Check()
    {
        if (entry is null) return (true, false);
        if (length != entry.Length || crc.Value != entry.Crc32) throw Damaged(null);
        return (false, true);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }

    private static List<ZipArchiveEntry>? TryListEntries(byte[] packed)
    {
        try
        {
            // Closing the archive would close the entry that is read; all of it is memory.
            var archive = new ZipArchive(new MemoryStream(packed, writable: false), ZipArchiveMode.Read);
            return [.. archive.Entries];
        }
        catch (InvalidDataException)
        {
            // The directory is the last thing in a zip: without it the file breaks off somewhere before.
            return null;
        }
    }

    // PKWARE APPNOTE 4.3.7: the local header stands before the data and suffices to read it.
    private static ZipText OpenCut(byte[] packed, string path)
    {
        if (packed.Length < LocalHeaderLength) throw MarketFile.Refused(path, "is a zip that breaks off before its data");
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(packed.AsSpan(6));
        var method = BinaryPrimitives.ReadUInt16LittleEndian(packed.AsSpan(8));
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(packed.AsSpan(26));
        var data = LocalHeaderLength + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(packed.AsSpan(28));
        if ((flags & EncryptedFlag) != 0) throw MarketFile.Refused(path, "is encrypted; unpack it first");
        if (data >= packed.Length || method is not (0 or 8)) throw MarketFile.Refused(path, "is a zip that breaks off before its data or is packed in an unknown way");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(18));
        var known = size is > 0 and < uint.MaxValue && size < packed.Length - data;
        var rest = new MemoryStream(packed, data, known ? (int)size : packed.Length - data, writable: false);
        var name = Path.GetFileName(Encoding.UTF8.GetString(packed, LocalHeaderLength, nameLength));
        return new ZipText(packed, path, name, null, method == 8 ? new DeflateStream(rest, CompressionMode.Decompress) : rest);
    }

    private DataValidationException Damaged(Exception? cause) =>
        new($"{Path.GetFileName(path)} is damaged: the zip's data does not unpack to its check sum. Fetch it again.", cause);
}
