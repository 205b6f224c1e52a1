using System.Text;
using System.Text.Json;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.CommandLine;
using Mts.Cli.UserStrategies;
using Mts.Engine;
using Mts.Engine.Sessions;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Commands.Paper;

/// <summary>A session's journal proved and run again; everything that came of its inputs is compared.</summary>
internal static class SessionVerification
{
    /// <returns>1 where a byte was changed or the replay came to something else.</returns>
    public static int Run(Session session, AvailableStrategies available, string id, bool verdictOnly, RunProgress progress)
    {
        using var reader = new SessionJournalReader(PaperFiles.Existing(session, id));
        var (replay, damage) = Replay(reader, available, progress);
        var isSame = damage is null && replay!.Difference is null;
        if (reader.TornBytes > 0) session.Output.Note($"warning: the journal ends inside a record; its last {reader.TornBytes} bytes tell nothing");
        if (damage is not null) session.Output.Note($"error: {damage.Message}");
        else if (replay!.Difference is { } difference) session.Output.Note($"error: {difference}");
        if (isSame && !verdictOnly) ShowResult(session, replay!);
        else ShowVerdict(session, id, reader, replay, damage);
        return isSame ? ExitCode.Done : ExitCode.Failed;
    }

    private static (SessionReplay? Replay, JournalDamageException? Damage) Replay(SessionJournalReader reader, AvailableStrategies available, RunProgress progress)
    {
        try
        {
            return (PaperFiles.Replay(reader, available, progress), null);
        }
        catch (JournalDamageException damage)
        {
            return (null, damage);
        }
    }

    private static void ShowResult(Session session, SessionReplay replay)
    {
        var result = replay.Result();
        BacktestView.Show(session, result);
        session.Output.Raw(session.Output.IsJson ? Encoding.UTF8.GetString(PaperDocument.Write(replay.Plan, replay.Tally, replay.Digest, result)) : "");
    }

    private static void ShowVerdict(Session session, string id, SessionJournalReader reader, SessionReplay? replay, JournalDamageException? damage)
    {
        if (replay is { Difference: null })
            session.Output.Line($"session {id}: {reader.Records} records whole, {replay.Inputs} inputs replayed, {replay.Outputs} outputs the same, {replay.Tally.Restarts.Count} restarts, state {replay.Digest}");
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteString("session", id);
            w.WriteBoolean("verified", replay is { Difference: null });
            w.WriteNumber("records", reader.Records);
            w.WriteNumber("bytes", reader.Length);
            w.WriteNumber("torn_bytes", reader.TornBytes);
            w.WriteString("seal", reader.Seal);
            if (replay is not null) Write(w, replay);
            Write(w, damage);
            w.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter w, SessionReplay replay)
    {
        w.WriteNumber("inputs", replay.Inputs);
        w.WriteNumber("unwritten", replay.Unwritten);
        w.WriteNumber("restarts", replay.Tally.Restarts.Count);
        w.WriteStartObject("outputs");
        foreach (var (kind, count) in replay.ByKind) w.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), count);
        w.WriteEndObject();
        w.WriteString("state", replay.Digest);
        if (replay.Difference is not { } d)
        {
            w.WriteNull("difference");
            return;
        }

        w.WriteStartObject("difference");
        w.WriteNumber("record", d.Number);
        w.WriteNumber("offset", d.Offset);
        w.WriteString("kind", d.Kind.ToString());
        w.WriteString("recorded", d.Recorded);
        w.WriteString("replayed", d.Replayed);
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, JournalDamageException? damage)
    {
        if (damage is null)
        {
            w.WriteNull("damage");
            return;
        }

        w.WriteStartObject("damage");
        w.WriteNumber("record", damage.Number);
        w.WriteNumber("offset", damage.Offset);
        w.WriteString("message", damage.Message);
        w.WriteEndObject();
    }
}
