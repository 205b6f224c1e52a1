using Mts.Core;
using Mts.Storage.Files.Journal;

namespace Mts.Storage.Files.Recordings;

/// <summary>
/// Reads recorded frames as one stream over several files in the given order: lines <c>time message</c>, lines of JSON with <c>t</c>,
/// <c>conn</c>, <c>ts</c> and <c>data</c>, and our own journal; plain, gzip or zstd, told by content.
/// </summary>
/// <remarks>What a journal's folder holds is read as one file.</remarks>
public sealed class RecordingReader : IDisposable
{
    private readonly Queue<string> files;
    private readonly RecordedConnections connections = new();
    private IRecordedFile? open;

    /// <param name="paths">Files, or folders of our own journal.</param>
    /// <exception cref="DataValidationException">One of them does not exist.</exception>
    public RecordingReader(IReadOnlyList<string> paths)
    {
        if (paths.FirstOrDefault(p => !File.Exists(p) && !Directory.Exists(p)) is { } missing) throw new DataValidationException($"{missing} does not exist.");
        files = new Queue<string>(paths);
    }

    /// <summary>The next input, oldest first within a file.</summary>
    /// <exception cref="DataValidationException">A line or file is not what it should be; the message names file and line.</exception>
    /// <exception cref="StorageException">A file cannot be read, or our own journal is damaged.</exception>
    public bool TryRead(out RecordedInput input)
    {
        while (open is not null || files.Count > 0)
        {
            open ??= Open(files.Dequeue());
            if (open.TryRead(out input)) return true;
            open.Dispose();
            open = null;
        }

        input = default;
        return false;
    }

    public void Dispose() => open?.Dispose();

    private IRecordedFile Open(string path)
    {
        if (Directory.Exists(path)) return new JournalRecording(path);
        var text = PackedText.Open(path);
        try
        {
            var lines = new RecordedLines(path, text);
            return lines.Peek() switch
            {
                [(byte)'M', (byte)'T', (byte)'S', (byte)'J', ..] => Journal(path, lines),
                [>= (byte)'0' and <= (byte)'9', ..] => new TimedLines(lines, connections),
                [(byte)'{', ..] => new SessionLines(lines, connections),
                [] => throw new DataValidationException($"{path} is empty."),
                _ => throw new DataValidationException($"{path} is no recording: its lines begin neither with a time nor with '{{', and it is no journal of ours."),
            };
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private static JournalRecording Journal(string path, RecordedLines lines)
    {
        if (lines.IsPacked) throw new DataValidationException($"{path} is a packed journal; unpack it first.");
        lines.Dispose();
        return new JournalRecording(path);
    }
}

/// <summary>One file of a recording.</summary>
internal interface IRecordedFile : IDisposable
{
    bool TryRead(out RecordedInput input);
}

/// <summary>Names of connections as numbers, over all files.</summary>
internal sealed class RecordedConnections
{
    private readonly Dictionary<string, (int Number, int Epoch, string? Url)> known = new(StringComparer.Ordinal);

    /// <summary>The connection, which stands for the first time or as before.</summary>
    public (int Number, int Epoch, string? Url) Of(string name)
    {
        if (!known.TryGetValue(name, out var connection)) known[name] = connection = (known.Count + 1, 1, null);
        return connection;
    }

    /// <summary>The connection, opened anew.</summary>
    public (int Number, int Epoch, string? Url) Open(string name, string? url)
    {
        var epoch = known.TryGetValue(name, out var before) ? before.Epoch + 1 : 1;
        return known[name] = (epoch == 1 ? known.Count + 1 : before.Number, epoch, url);
    }
}
