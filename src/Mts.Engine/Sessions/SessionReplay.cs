using System.Text;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Sessions;

/// <summary>A session's journal run again: on one thread, without a clock, each thing that comes of the inputs compared with what the journal says came of them.</summary>
public sealed class SessionReplay
{
    private readonly Queue<(SessionRecordKind Kind, byte[] Payload)> made = new();
    private readonly SessionEngine engine;
    private ISessionJournal? journal;

    private SessionReplay(SessionPlan plan, IStrategyCatalog catalog, IReadOnlyList<StrategyGivenUp> givenUp)
    {
        (Plan, GivenUp) = (plan, givenUp);
        engine = new SessionEngine(plan, catalog, Made, givenUp);
    }

    public SessionPlan Plan { get; }

    /// <summary>Strategies that the session goes on without.</summary>
    public IReadOnlyList<StrategyGivenUp> GivenUp { get; }

    public long Inputs { get; private set; }

    /// <summary>Outputs found equal.</summary>
    public long Outputs { get; private set; }

    /// <summary>Outputs by kind, found equal.</summary>
    public IReadOnlyDictionary<SessionRecordKind, long> ByKind => byKind;

    /// <summary>The first record that says something else than came of the inputs; null where there is none.</summary>
    public ReplayDifference? Difference { get; private set; }

    /// <summary>What came of the last input and is not in the journal: its process ended in between.</summary>
    public int Unwritten => made.Count;

    public SessionTally Tally => engine.Tally;

    public string Digest => engine.Digest;

    private readonly SortedDictionary<SessionRecordKind, long> byKind = [];

    /// <param name="records">From the first on; gone through twice, since a strategy that was given up may be told of behind the instant at which it was.</param>
    /// <param name="catalog">The strategies.</param>
    /// <param name="progress">Told where the replay is; null for nobody.</param>
    /// <exception cref="DataValidationException">The journal does not begin with a plan.</exception>
    /// <exception cref="JournalDamageException">A record is not what was written.</exception>
    public static SessionReplay Run(IEnumerable<SessionRecord> records, IStrategyCatalog catalog, RunProgress? progress = null)
    {
        var givenUp = new List<StrategyGivenUp>();
        foreach (var record in records)
        {
            if (record.Kind == SessionRecordKind.GivenUp) givenUp.Add((StrategyGivenUp)InputCodec.Read(record));
        }

        SessionReplay? replay = null;
        foreach (var record in records)
        {
            if (replay is null)
            {
                if (record.Kind != SessionRecordKind.Plan) throw new DataValidationException($"the journal begins with {record.Kind}, not with a plan; it is no session's.");
                replay = new SessionReplay(PlanJson.Read(record.Payload.Span), catalog, givenUp);
                if (progress is not null) replay.engine.ShowTo(progress);
            }
            else if (!replay.Meets(record))
            {
                break;
            }
        }

        return replay ?? throw new DataValidationException("the journal is empty: the session ended before its plan was written. Remove it and begin anew.");
    }

    public BacktestResult Result() => engine.Result();

    // What the ended process did not come to write is written now.
    internal SessionEngine ContinueInto(ISessionJournal journal)
    {
        while (made.TryDequeue(out var output)) journal.Append(output.Kind, output.Payload);
        this.journal = journal;
        return engine;
    }

    private void Made(SessionRecordKind kind, ReadOnlySpan<byte> payload)
    {
        if (journal is null) made.Enqueue((kind, payload.ToArray()));
        else journal.Append(kind, payload);
    }

    private bool Meets(in SessionRecord record)
    {
        if (!InputCodec.IsInput(record.Kind)) return Compares(record);
        if (record.Kind == SessionRecordKind.GivenUp)
        {
            // It was known from the start, and stands where the session had come to: between an input and what else came of it.
            Inputs++;
            return true;
        }

        if (made.TryPeek(out var missing))
        {
            Difference = new ReplayDifference(record.Number, record.Offset, record.Kind, missing.Kind, $"the input {record.Kind}", Text(missing.Payload));
            return false;
        }

        Inputs++;
        engine.Apply(InputCodec.Read(record));
        return true;
    }

    private bool Compares(in SessionRecord record)
    {
        if (made.TryDequeue(out var output) && output.Kind == record.Kind && record.Payload.Span.SequenceEqual(output.Payload))
        {
            Outputs++;
            byKind[record.Kind] = byKind.GetValueOrDefault(record.Kind) + 1;
            return true;
        }

        Difference = new ReplayDifference(record.Number, record.Offset, record.Kind, output.Payload is null ? null : output.Kind, Text(record.Payload.Span), output.Payload is null ? null : Text(output.Payload));
        return false;
    }

    private static string Text(ReadOnlySpan<byte> payload) => Encoding.UTF8.GetString(payload);
}

/// <summary>The first place where a journal and its replay part.</summary>
/// <param name="Number">Of the record.</param>
/// <param name="Offset">In the file.</param>
/// <param name="Kind">What the record is.</param>
/// <param name="ReplayedKind">What came instead; null for nothing.</param>
/// <param name="Recorded">What the record says.</param>
/// <param name="Replayed">What came instead; null for nothing.</param>
public sealed record ReplayDifference(long Number, long Offset, SessionRecordKind Kind, SessionRecordKind? ReplayedKind, string Recorded, string? Replayed)
{
    public override string ToString() =>
        $"record {Number} at byte {Offset} says {Kind} {Recorded}, the replay came to {(Replayed is null ? "nothing more" : $"{ReplayedKind} {Replayed}")}.";
}
