using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Pipeline.History;

namespace Mts.Cli.Commands.Collection;

/// <summary>Shows what a collection brought, and makes its exit code: 4 when any series failed.</summary>
internal static class CollectionResult
{
    public static int Show(Session session, IReadOnlyList<CollectionReport> reports)
    {
        var failed = reports.Where(r => r.Failure is not null).ToList();
        session.Output.Table(Table(reports));
        foreach (var report in failed) session.Output.Note($"error: {report.Series}: {report.Failure}");
        if (failed.Count > 0) session.Output.Note("what had arrived is stored; run the command again to go on.");
        session.Output.Document(w => Write(w, reports, failed));
        foreach (var report in reports)
        {
            session.Metrics.Add("fetched", report.Fetched);
            session.Metrics.Add("inserted", report.Written.Inserted);
            session.Metrics.Add("revised", report.Written.Revised);
            session.Metrics.Add("rejected", report.Rejected.Values.Sum());
        }

        session.Metrics.Add("failed", failed.Count);
        return failed.Count > 0 ? ExitCode.Service : ExitCode.Done;
    }

    private static Grid Table(IReadOnlyList<CollectionReport> reports)
    {
        var grid = new Grid("source", "series", ">fetched", ">new", ">unchanged", ">revised", ">refused", ">missing", "result");
        foreach (var r in reports)
        {
            var missing = r.Kind == "bars" ? r.Holes.Sum(h => h.Bars) : r.Missing;
            grid.Add(
                r.Source, r.Series, Figures.Count(r.Fetched), Figures.Count(r.Written.Inserted), Figures.Count(r.Written.Unchanged), Figures.Count(r.Written.Revised),
                Figures.Count(r.Rejected.Values.Sum()), Figures.Count(missing), r.Failure is null ? Refusals(r) : "failed");
        }

        return grid;
    }

    private static string Refusals(CollectionReport report) =>
        report.Rejected.Count == 0 ? "complete" : string.Join(", ", report.Rejected.Select(r => $"{r.Value} {r.Key}"));

    private static void Write(Utf8JsonWriter w, IReadOnlyList<CollectionReport> reports, List<CollectionReport> failed)
    {
        w.WriteStartObject();
        w.WriteStartArray("collected");
        foreach (var r in reports) Write(w, r);
        w.WriteEndArray();
        w.WriteStartArray("failed");
        foreach (var r in failed)
        {
            w.WriteStartObject();
            w.WriteString("series", r.Series);
            w.WriteString("reason", r.Failure);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, CollectionReport r)
    {
        w.WriteStartObject();
        w.WriteString("source", r.Source);
        w.WriteString("series", r.Series);
        w.WriteString("kind", r.Kind);
        w.WriteNumber("fetched", r.Fetched);
        w.WriteNumber("inserted", r.Written.Inserted);
        w.WriteNumber("unchanged", r.Written.Unchanged);
        w.WriteNumber("revised", r.Written.Revised);
        w.WriteStartObject("rejected");
        foreach (var (reason, count) in r.Rejected) w.WriteNumber(reason, count);
        w.WriteEndObject();
        w.WriteNumber("missing", r.Missing);
        w.WriteStartArray("holes");
        foreach (var hole in r.Holes) JsonParts.Write(w, hole);
        w.WriteEndArray();
        w.WriteEndObject();
    }
}
