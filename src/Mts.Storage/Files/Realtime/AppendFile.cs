namespace Mts.Storage.Files.Realtime;

/// <summary>A text file that only grows, by whole lines. What a crash or a full disk left of a line is cut off when it is next written.</summary>
internal sealed class AppendFile : IDisposable
{
    private const int Piece = 4_096;

    private readonly FileStream file;
    private readonly byte[] header;
    private long committed;

    private AppendFile(FileStream file, byte[] header)
    {
        (this.file, this.header) = (file, header);
        committed = WholeLines(file);
    }

    /// <summary>Opens the file, or makes it with its folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">First line of a new file with its line feed; empty for none.</param>
    public static AppendFile Open(string path, byte[] header)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new AppendFile(new GrowingFile(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), header);
    }

    /// <summary>Writes lines, which count only after <see cref="Commit"/>; what was written before without it is gone.</summary>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (file.Length != committed) file.SetLength(committed);
        file.Position = committed;
        if (committed == 0 && header.Length > 0) file.Write(header);
        file.Write(lines);
    }

    public void Commit() => committed = file.Length;

    public void Dispose()
    {
        try
        {
            if (file.Length != committed) file.SetLength(committed);
        }
        finally
        {
            file.Dispose();
        }
    }

    /// <summary>Length up to and with the last line feed.</summary>
    private static long WholeLines(FileStream file)
    {
        Span<byte> piece = stackalloc byte[Piece];
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - Piece);
            file.Position = start;
            var bytes = piece[..(int)(end - start)];
            file.ReadExactly(bytes);
            if (bytes.LastIndexOf((byte)'\n') is >= 0 and var at) return start + at + 1;
            end = start;
        }

        return 0;
    }
}
