using System.IO.Compression;
using System.Security.Cryptography;
using Mts.Core;
using Mts.Core.Quality;

namespace Mts.Storage.Files.Import.Text;

/// <summary>One text file, plain or alone in a gzip or zip; what it is packed in is told by its first bytes.</summary>
internal sealed class MarketFile : IDisposable
{
    private readonly Stream text;
    private readonly ICheckedText content;

    private MarketFile(string path, string entryName, Stream text, ICheckedText content)
    {
        (Path, this.text, this.content) = (path, text, content);
        EntryName = entryName;
        Lines = new LineReader(text, content.ExpectedLength);
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Of the file inside a zip; else the file's own.</summary>
    public string EntryName { get; }

    public LineReader Lines { get; }

    /// <summary>Bytes of text as the file states them; a guess, to make room.</summary>
    public long ExpectedLength => content.ExpectedLength;

    /// <summary>True where packed data breaks off; known after the last line.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>True where a check sum proves that no byte is missing at the end; known after the last line.</summary>
    public bool IsProvenWhole { get; private set; }

    /// <param name="path">The file.</param>
    /// <param name="hashes">False where nobody will ask for a plain file's hash.</param>
    /// <exception cref="DataValidationException">The file is missing, empty, unreadable, damaged, or no text.</exception>
    public static MarketFile Open(string path, bool hashes = true)
    {
        try
        {
            var file = OpenPacked(path, hashes);
            try
            {
                ContentKind.RefuseUnlessText(file.Lines.Peek(), path);
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataValidationException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>To be called after the last line: checks the end and gives the file's identity.</summary>
    /// <exception cref="DataValidationException">The check sum differs: the file is damaged.</exception>
    public ImportedFile Finish()
    {
        (IsTruncated, IsProvenWhole) = content.Check();
        return new ImportedFile(Name, content.Sha256, content.Bytes);
    }

    public void Dispose() => text.Dispose();

    private static MarketFile OpenPacked(string path, bool hashes)
    {
        Span<byte> magic = stackalloc byte[4];
        int read;
        using (var handle = OpenHandle(path)) read = handle.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        return magic[..read] switch
        {
            [] => throw Refused(path, "is empty"),
            [0x1F, 0x8B, ..] => OpenGzip(path, ReadAll(path)),
            [(byte)'P', (byte)'K', 3, 4] => OpenZip(path, ReadAll(path)),
            _ => OpenPlain(path, OpenHandle(path), hashes),
        };
    }

    private static FileStream OpenHandle(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);

    private static MarketFile OpenPlain(string path, FileStream handle, bool hashes)
    {
        var stream = new HashedStream(handle, hashes);
        return new MarketFile(path, System.IO.Path.GetFileName(path), stream, stream);
    }

    private static MarketFile OpenGzip(string path, byte[] packed)
    {
        var stream = new GzipText(packed, path);
        return new MarketFile(path, System.IO.Path.GetFileNameWithoutExtension(path), stream, stream);
    }

    private static MarketFile OpenZip(string path, byte[] packed)
    {
        var stream = ZipText.Open(packed, path);
        return new MarketFile(path, stream.EntryName, stream, stream);
    }

    private static byte[] ReadAll(string path) =>
        new FileInfo(path).Length <= Array.MaxLength ? File.ReadAllBytes(path) : throw Refused(path, "is packed and larger than 2 GB; unpack it first");

    internal static DataValidationException Refused(string path, string what) => new($"{System.IO.Path.GetFileName(path)} {what}.");

    internal static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>Knows, at its end, whether it was whole.</summary>
internal interface ICheckedText
{
    string Sha256 { get; }

    long Bytes { get; }

    long ExpectedLength { get; }

    (bool IsTruncated, bool IsProvenWhole) Check();
}
