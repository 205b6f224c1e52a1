using System.Buffers.Binary;
using System.Globalization;
using Mts.Core.Market;

namespace Mts.Storage.Files.Journal;

/// <summary>One file of a journal.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Number">Its place in the order of segments.</param>
internal sealed record JournalSegment(string Path, int Number)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>First sequence number and time of opening.</summary>
    /// <returns>Null where the head is not whole.</returns>
    public (long First, Timestamp Opened)? ReadHead()
    {
        Span<byte> head = stackalloc byte[JournalFormat.SegmentHead];
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return JournalFormat.TryReadSegmentHead(head[..read], out var first, out var opened) ? (first, opened) : null;
    }
}

/// <summary>The files of a journal: segments <c>{yyyyMMdd-HHmmss}-{n}.mtsj</c>, and <c>durable</c>, which says what was acknowledged.</summary>
internal static class JournalFolder
{
    private const string WatermarkName = "durable";
    private const int WatermarkLength = 16;

    public static string SegmentPath(string folder, Timestamp opened, int number) => Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"{opened.ToDateTimeOffset():yyyyMMdd-HHmmss}-{number:D6}{JournalFormat.Extension}"));

    /// <summary>Oldest first.</summary>
    public static List<JournalSegment> Segments(string folder)
    {
        var found = new List<JournalSegment>();
        foreach (var path in Directory.EnumerateFiles(folder, "*" + JournalFormat.Extension))
        {
            if (Of(path) is { } segment) found.Add(segment);
        }

        found.Sort((a, b) => a.Number.CompareTo(b.Number));
        return found;
    }

    /// <returns>Null where the name is not that of a segment.</returns>
    public static JournalSegment? Of(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.AsSpan());
        var dash = name.LastIndexOf('-');
        return dash > 0 && int.TryParse(name[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new JournalSegment(path, number) : null;
    }

    /// <summary>
    /// Whether a newest segment whose head is not whole was being begun when its machine lost its power: nothing in it was acknowledged, though parts of its
    /// first write may be there.
    /// </summary>
    /// <param name="segment">The newest one.</param>
    /// <param name="expected">The number with which it should begin.</param>
    /// <param name="durable">The watermark; null where there is none.</param>
    public static bool IsUnbegun(JournalSegment segment, long expected, long? durable)
    {
        if (expected <= durable) return false;
        using var reader = new SegmentReader(segment);
        return reader.Behind(expected) is not { } behind || behind.Durable < expected;
    }

    public static FileStream OpenWatermark(string folder) =>
        new(Path.Combine(folder, WatermarkName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    public static void WriteWatermark(FileStream file, long durable)
    {
        Span<byte> bytes = stackalloc byte[WatermarkLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, durable);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], JournalFormat.Checksum(bytes[..8]));
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
    }

    /// <returns>Null where there is none, or not a whole one.</returns>
    public static long? ReadWatermark(string folder)
    {
        var path = Path.Combine(folder, WatermarkName);
        if (!File.Exists(path)) return null;
        Span<byte> bytes = stackalloc byte[WatermarkLength];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.ReadAtLeast(bytes, WatermarkLength, throwOnEndOfStream: false) < WatermarkLength) return null;
        return BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) == JournalFormat.Checksum(bytes[..8]) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : null;
    }
}
