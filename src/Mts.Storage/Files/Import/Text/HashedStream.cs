using System.Security.Cryptography;

namespace Mts.Storage.Files.Import.Text;

/// <summary>A plain file, hashed while it is read where somebody asks for that.</summary>
internal sealed class HashedStream(FileStream file, bool hashes) : ReadOnlyStream, ICheckedText
{
    private readonly IncrementalHash? hash = hashes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    public string Sha256 => hash is null ? "" : Convert.ToHexStringLower(hash.GetCurrentHash());

    public long Bytes { get; private set; }

    public long ExpectedLength => file.Length;

    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer);
        hash?.AppendData(buffer[..read]);
        Bytes += read;
        return read;
    }

    public (bool IsTruncated, bool IsProvenWhole) Check() => (false, false);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash?.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
