using Mts.Core;

namespace Mts.Storage.Files.Recordings;

/// <summary>The lines of one recorded file; a line may be a whole exchange list of some megabytes.</summary>
internal sealed class RecordedLines(string path, PackedText text) : IDisposable
{
    private const int LongestLine = 64 * 1_024 * 1_024;

    private byte[] buffer = new byte[1 << 17];
    private int start;
    private int end;
    private bool isAtEnd;

    /// <summary>Of the line read last, from 1.</summary>
    public int Number { get; private set; }

    public bool IsPacked => text.IsPacked;

    /// <summary>The beginning of the text, before the first line is read.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        while (!isAtEnd && end < 64) Fill();
        return buffer.AsSpan(0, end);
    }

    /// <param name="line">Without its line end; valid until the next call. Blank lines are passed over.</param>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        while (TryReadAny(out line))
        {
            Number++;
            if (line.Length > 0 && line.Span[^1] == '\r') line = line[..^1];
            if (line.Span.ContainsAnyExcept((byte)' ', (byte)'\t')) return true;
        }

        return false;
    }

    /// <summary>An error of the line read last.</summary>
    public DataValidationException Wrong(string what, Exception? cause = null) => new($"{path}, line {Number}: {what}", cause);

    public void Dispose() => text.Dispose();

    private bool TryReadAny(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = buffer.AsMemory(start, searched + length);
                start += searched + length + 1;
                return true;
            }

            searched = end - start;
            if (isAtEnd)
            {
                line = buffer.AsMemory(start, searched);
                start = end;
                return searched > 0;
            }

            if (searched > LongestLine) throw new DataValidationException($"{path}, line {Number + 1}: longer than {LongestLine} bytes; this is no recording.");
            Fill();
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = text.Read(buffer.AsSpan(end));
        end += read;
        isAtEnd = read == 0;
    }
}
