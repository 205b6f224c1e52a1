using System.Runtime.CompilerServices;
using Mts.Core;

namespace Mts.Storage.Files.Import.Text;

/// <summary>Reads text line by line without copying; blank lines are passed over.</summary>
/// <param name="stream">The text.</param>
/// <param name="expectedLength">Its bytes, as a guess.</param>
internal sealed class LineReader(Stream stream, long expectedLength)
{
    private const int LongestLine = 1 << 20;
    private const int Kept = 4_096;
    private byte[] buffer = new byte[(int)Math.Clamp(expectedLength + 1, 1 << 13, 1 << 18)];
    private int start;
    private int lineStart;
    private int end;
    private bool ended;

    /// <summary>Of the line read last, counted from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>False for a last line without a line end: it may be half a line.</summary>
    public bool IsTerminated { get; private set; } = true;

    /// <summary>The lines before the one read last, as far as they are still in memory: some at least, where there are any.</summary>
    public ReadOnlySpan<byte> Before => buffer.AsSpan(0, lineStart);

    /// <summary>What has been buffered of the text from its beginning; valid before the first line is read.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        while (!ended && end < 4_096) Fill();
        if (start == 0 && buffer.AsSpan(0, end).StartsWith("\uFEFF"u8)) start = 3;
        return buffer.AsSpan(start, end - start);
    }

    /// <summary>What is in memory of the lines that have not been read.</summary>
    public ReadOnlySpan<byte> Buffered => buffer.AsSpan(start, end - start);

    /// <summary>Passes over lines that somebody has read from <see cref="Buffered"/>, all of them terminated.</summary>
    public void Skip(int bytes, int lines)
    {
        start += bytes;
        LineNumber += lines;
    }

    /// <param name="line">Without its line end; valid until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadAny(out line))
        {
            LineNumber++;
            if (!line.IsEmpty && line[^1] == '\r')
            {
                line = line[..^1];
                IsTerminated = true;
            }

            if (line.ContainsAnyExcept((byte)' ', (byte)'\t')) return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadAny(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            lineStart = start;
            var rest = buffer.AsSpan(start, end - start);
            var length = rest[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = rest[..(searched + length)];
                start += searched + length + 1;
                return true;
            }

            searched = rest.Length;
            if (searched > LongestLine) throw new DataValidationException($"line {LineNumber + 1} is longer than {LongestLine} bytes; this is no market data.");
            if (!ended)
            {
                Fill();
                continue;
            }

            line = rest;
            start = end;
            IsTerminated = false;
            return !rest.IsEmpty;
        }
    }

    private void Fill()
    {
        if (end == buffer.Length && start > Kept)
        {
            var from = start - Kept;
            buffer.AsSpan(from, end - from).CopyTo(buffer);
            (start, end) = (Kept, end - from);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer.AsSpan(end));
        end += read;
        ended = read == 0;
    }
}
