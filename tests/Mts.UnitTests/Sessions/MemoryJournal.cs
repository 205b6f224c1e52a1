using Mts.Core.Ports;

namespace Mts.UnitTests.Sessions;

/// <summary>A journal that is gone with the test.</summary>
internal sealed class MemoryJournal : ISessionJournal
{
    public List<(SessionRecordKind Kind, byte[] Payload)> Entries { get; } = [];

    public IEnumerable<SessionRecord> Records => Entries.Select((e, i) => new SessionRecord(i + 1, i * 100, e.Kind, e.Payload));

    public int Commits { get; private set; }

    public IEnumerable<string> Texts(SessionRecordKind kind) => Entries.Where(e => e.Kind == kind).Select(e => System.Text.Encoding.UTF8.GetString(e.Payload));

    public void Append(SessionRecordKind kind, ReadOnlySpan<byte> payload) => Entries.Add((kind, payload.ToArray()));

    public void Commit() => Commits++;

    public void Dispose()
    {
    }
}
