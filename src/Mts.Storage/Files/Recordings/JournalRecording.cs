using Mts.Core.Feeds;
using Mts.Storage.Files.Journal;

namespace Mts.Storage.Files.Recordings;

/// <summary>Our own journal as a recording.</summary>
internal sealed class JournalRecording(string path) : IRecordedFile
{
    private readonly JournalReader reader = JournalReader.Open(path);
    private byte[] copy = [];

    public bool TryRead(out RecordedInput recorded)
    {
        recorded = default;
        if (!reader.TryRead(out var input, out var bytes)) return false;
        if (copy.Length < bytes.Length) copy = new byte[bytes.Length * 2];
        bytes.CopyTo(copy);
        var isConnection = input.Kind is FeedInputKind.Opened or FeedInputKind.Refused or FeedInputKind.Frame or FeedInputKind.Closed or FeedInputKind.Sent;
        recorded = new RecordedInput(input.Kind, isConnection ? input.Number : 0, 1, input.Time, null, copy.AsMemory(0, bytes.Length), input);
        return true;
    }

    public void Dispose() => reader.Dispose();
}
