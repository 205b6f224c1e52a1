using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Core.Quality;

namespace Mts.Cli.Commands.Import;

/// <summary>Shows what was found in imported files and what the store made of it.</summary>
internal static class ImportResult
{
    public static int Show(Session session, IReadOnlyList<(ImportReport Report, WriteCounts Stored)> imports)
    {
        foreach (var (report, stored) in imports)
        {
            session.Output.Table(Table(report, stored));
            foreach (var row in report.RejectedRows) session.Output.Line($"{row.File}:{row.Line}: {row.Reason}: {row.Text}");
            foreach (var warning in report.Warnings) session.Output.Note($"warning: {warning}");
            session.Metrics.Add("rows_read", report.RowsRead);
            session.Metrics.Add("accepted", report.Accepted);
            session.Metrics.Add("inserted", stored.Inserted);
        }

        // One import is its document; several stand in a list.
        session.Output.Document(w =>
        {
            if (imports is [var only])
            {
                Write(w, only.Report, only.Stored);
                return;
            }

            w.WriteStartObject();
            w.WriteStartArray("imports");
            foreach (var (report, stored) in imports) Write(w, report, stored);
            w.WriteEndArray();
            w.WriteEndObject();
        });
        return ExitCode.Done;
    }

    /// <summary>Names of the files, and their hash: of the one file, or of all hashes in order.</summary>
    public static Provenance ProvenanceOf(ImportReport report, TimeProvider clock) => new(
        $"file:{string.Join('+', report.Dialects.Distinct(StringComparer.Ordinal))}", Timestamp.Now(clock), string.Join(", ", report.Files.Select(f => f.Name)),
        report.Files is [var only] ? only.Sha256 : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', report.Files.Select(f => f.Sha256))))));

    private static Grid Table(ImportReport r, WriteCounts stored)
    {
        var grid = new Grid("", ">") { Title = $"{r.Series} from {string.Join(", ", r.Files.Select(f => f.Name))}" };
        grid.Add("dialect", string.Join(", ", r.Dialects.Distinct(StringComparer.Ordinal)));
        grid.Add("rows read", Figures.Count(r.RowsRead)).Add("accepted", Figures.Count(r.Accepted));
        grid.Add("duplicates", Figures.Count(r.Duplicates)).Add("conflicts", Figures.Count(r.Conflicts));
        foreach (var (reason, count) in r.Rejected) grid.Add($"refused: {reason}", Figures.Count(count));
        if (r.Kind == "bars") grid.Add("incomplete", Figures.Count(r.Incomplete)).Add("gaps", Figures.Count(r.Gaps.Count)).Add("missing bars", Figures.Count(r.MissingBars));
        if (r.Kind == "macro") grid.Add("missing", Figures.Count(r.Missing));
        grid.Add("first", Figures.Time(r.First)).Add("last", Figures.Time(r.Last));
        if (r.LastBar is { } last) grid.Add("last bar", last);
        if (r.DateDisagreements > 0) grid.Add("unix and date disagree", Figures.Count(r.DateDisagreements));
        if (r.Truncated) grid.Add("file", "breaks off");
        return grid.Add("stored new", Figures.Count(stored.Inserted)).Add("stored unchanged", Figures.Count(stored.Unchanged)).Add("stored revised", Figures.Count(stored.Revised));
    }

    private static void Write(Utf8JsonWriter w, ImportReport r, WriteCounts stored)
    {
        w.WriteStartObject();
        w.WriteString("kind", r.Kind);
        w.WriteString("series", r.Series);
        if (r.Interval is { } interval) w.WriteString("interval", interval);
        w.WriteStartArray("files");
        foreach (var file in r.Files)
        {
            w.WriteStartObject();
            w.WriteString("name", file.Name);
            w.WriteString("sha256", file.Sha256);
            w.WriteNumber("bytes", file.Bytes);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        JsonParts.WriteTexts(w, "dialects", r.Dialects);
        WriteCountsOf(w, r);
        WriteSeriesFacts(w, r);
        w.WriteStartObject("stored");
        w.WriteNumber("inserted", stored.Inserted);
        w.WriteNumber("unchanged", stored.Unchanged);
        w.WriteNumber("revised", stored.Revised);
        w.WriteEndObject();
        JsonParts.WriteTexts(w, "warnings", r.Warnings);
        w.WriteEndObject();
    }

    private static void WriteCountsOf(Utf8JsonWriter w, ImportReport r)
    {
        w.WriteNumber("rows_read", r.RowsRead);
        w.WriteNumber("accepted", r.Accepted);
        w.WriteNumber("duplicates", r.Duplicates);
        w.WriteNumber("duplicates_with_other_volume", r.DuplicatesWithOtherVolume);
        w.WriteNumber("conflicts", r.Conflicts);
        w.WriteStartObject("rejected");
        foreach (var (reason, count) in r.Rejected) w.WriteNumber(reason, count);
        w.WriteEndObject();
        w.WriteStartArray("rejected_rows");
        foreach (var row in r.RejectedRows)
        {
            w.WriteStartObject();
            w.WriteString("file", row.File);
            w.WriteNumber("line", row.Line);
            w.WriteString("reason", row.Reason);
            w.WriteString("text", row.Text);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteNumber("incomplete", r.Incomplete);
        w.WriteNumber("missing", r.Missing);
    }

    private static void WriteSeriesFacts(Utf8JsonWriter w, ImportReport r)
    {
        w.WriteStartArray("gaps");
        foreach (var gap in r.Gaps) JsonParts.Write(w, gap);
        w.WriteEndArray();
        w.WriteNumber("missing_bars", r.MissingBars);
        w.WriteNumber("zero_volume", r.ZeroVolume);
        if (r.HasVolume is { } hasVolume) w.WriteBoolean("has_volume", hasVolume);
        JsonParts.WriteTime(w, "first", r.First);
        JsonParts.WriteTime(w, "last", r.Last);
        if (r.LastBar is { } last) w.WriteString("last_bar", last);
        if (r.Order is { } order) w.WriteString("order", order);
        w.WriteNumber("out_of_order", r.OutOfOrder);
        w.WriteStartObject("time_units");
        foreach (var (unit, count) in r.TimeUnits) w.WriteNumber(unit, count);
        w.WriteEndObject();
        w.WriteNumber("date_disagreements", r.DateDisagreements);
        w.WriteBoolean("truncated", r.Truncated);
    }
}
