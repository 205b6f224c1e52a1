namespace Mts.Storage.Files.Realtime;

/// <summary>The files that are being written, the least used closed when there are too many.</summary>
internal sealed class OpenFiles : IDisposable
{
    private const int Most = 256;

    private readonly Dictionary<string, (AppendFile File, long Used)> open = new(StringComparer.Ordinal);
    private long uses;

    public AppendFile Get(string path, byte[] header)
    {
        var file = open.TryGetValue(path, out var known) ? known.File : AppendFile.Open(path, header);
        open[path] = (file, ++uses);
        return file;
    }

    /// <summary>Called when everything is committed.</summary>
    public void CloseUnused()
    {
        if (open.Count <= Most) return;
        foreach (var path in open.OrderBy(f => f.Value.Used).Take(open.Count - Most).Select(f => f.Key).ToList()) Close(path);
    }

    public void Close(string path)
    {
        if (open.Remove(path, out var entry)) entry.File.Dispose();
    }

    public void Dispose()
    {
        foreach (var path in open.Keys.ToList()) Close(path);
    }
}
