using System.Security.Cryptography;

namespace Mts.Storage.Files.Import.Text;

/// <summary>Hashes a plain file while it is read.</summary>
internal sealed class HashedStream(FileStream file) : ReadOnlyStream, ICheckedText
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    public long Bytes { get; private set; }

    public long ExpectedLength => file.Length;

    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer);
        hash.AppendData(buffer[..read]);
        Bytes += read;
        return read;
    }

    public (bool IsTruncated, bool IsProvenWhole) Check() => (false, false);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
