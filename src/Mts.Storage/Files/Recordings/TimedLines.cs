using System.Text.Json;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Recordings;

/// <summary>
/// Lines <c>time message</c>, the time in s, ms, µs or ns as its size tells. All files of this kind are one connection. A message that begins
/// with <c>lastUpdateId</c> is a fetched book: those of the stream stand in an envelope.
/// </summary>
internal sealed class TimedLines(RecordedLines lines, RecordedConnections connections) : IRecordedFile
{
    private const string Name = "";

    public bool TryRead(out RecordedInput input)
    {
        input = default;
        if (!lines.TryRead(out var line)) return false;
        var blank = line.Span.IndexOf((byte)' ');
        if (blank < 0 || !Utf8Number.TryParseDigits(line.Span[..blank], out var epoch)) throw lines.Wrong("does not begin with a time and a blank.");
        var time = Timestamp.FromEpoch(epoch);
        if (time > Timestamp.MaxValue) throw lines.Wrong($"{epoch} is no time.");
        var message = line[(blank + 1)..];
        if (IsFetchedBook(message.Span))
        {
            input = new RecordedInput(FeedInputKind.Fetched, 0, 1, time, null, message);
            return true;
        }

        var (number, times, _) = connections.Of(Name);
        input = new RecordedInput(FeedInputKind.Frame, number, times, time, null, message);
        return true;
    }

    public void Dispose() => lines.Dispose();

    private static bool IsFetchedBook(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
                && reader.ValueTextEquals("lastUpdateId"u8);
        }
        catch (JsonException)
        {
            // A frame that is no JSON is the feed's to judge.
            return false;
        }
    }
}
