using System.Text.Json;
using Mts.Core.Alerts;
using Mts.Core.Market;

namespace Mts.Storage.Sqlite.Alerts;

/// <summary>Who may say what: decided within one transaction, so that two never may say the same.</summary>
internal sealed class ClaimTable(Database database)
{
    public const string Columns = "a.id, a.rule, a.kind, a.severity, a.phase, a.subject, a.title, a.text, a.time, a.figures";

    public AlertClaim Decide(Alert alert, TimeSpan coolDown)
    {
        if (database.ReadInt64("SELECT 1 FROM alert WHERE id = ?", alert.Id) is not null) return new AlertClaim(ClaimVerdict.Told);
        var known = database.Read(
            "SELECT is_raised, time, told FROM alert_state WHERE rule = ? AND subject = ?", r => new State(r.Flag(0), r.Time(1), r.TimeOrNull(2)), alert.Rule, alert.Subject);
        if (known is not [var state]) return new AlertClaim(ClaimVerdict.Mine);
        // A process that lags behind may be about to tell what is over by now.
        if (alert.Phase != AlertPhase.Event && (alert.Time < state.Time || state.IsRaised == (alert.Phase == AlertPhase.Raised))) return new AlertClaim(ClaimVerdict.Told);
        if (alert.Phase != AlertPhase.Cleared && state.Told is { } told && alert.Time < told + coolDown) return new AlertClaim(ClaimVerdict.CoolingDown, told + coolDown);
        return new AlertClaim(ClaimVerdict.Mine);
    }

    public void Grant(Alert alert)
    {
        database.Run(
            "INSERT INTO alert (id, rule, kind, severity, phase, subject, title, text, time, figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            alert.Id, alert.Rule, alert.Kind, (int)alert.Severity, (int)alert.Phase, alert.Subject, alert.Title, alert.Text, alert.Time, Figures(alert.Figures));
        database.Run(
            "INSERT INTO alert_state (rule, subject, is_raised, time, told, alert_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (rule, subject) DO UPDATE SET " +
            "is_raised = excluded.is_raised, time = excluded.time, told = coalesce(excluded.told, told), alert_id = excluded.alert_id",
            alert.Rule, alert.Subject, alert.Phase == AlertPhase.Raised, alert.Time, alert.Phase == AlertPhase.Cleared ? null : (object)alert.Time, alert.Id);
    }

    public IReadOnlyList<Alert> ReadRaised() => database.Read(
        $"SELECT {Columns} FROM alert_state s JOIN alert a ON a.id = s.alert_id WHERE s.is_raised = 1", Row);

    public IReadOnlyList<Alert> ReadHistory(Timestamp from, int limit) =>
        database.Read($"SELECT {Columns} FROM alert a WHERE a.time >= ? ORDER BY a.time DESC, a.id LIMIT ?", Row, from, limit);

    /// <summary>Reads the columns of an alert, the first ten of the row.</summary>
    public static Alert Row(Statement row) => new()
    {
        Id = row.Text(0),
        Rule = row.Text(1),
        Kind = row.Text(2),
        Severity = (AlertSeverity)row.Int64(3),
        Phase = (AlertPhase)row.Int64(4),
        Subject = row.Text(5),
        Title = row.Text(6),
        Text = row.Text(7),
        Time = row.Time(8),
        Figures = Figures(row.Text(9)),
    };

    private static string Figures(IReadOnlyList<AlertFigure> figures)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in figures.Where(f => double.IsFinite(f.Value))) writer.WriteNumber(name, value);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static IReadOnlyList<AlertFigure> Figures(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(p => new AlertFigure(p.Name, p.Value.GetDouble()))];
    }

    private readonly record struct State(bool IsRaised, Timestamp Time, Timestamp? Told);
}
