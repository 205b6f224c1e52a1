using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data verify</c>: reads every stored bar and every record of the journals again; exit code 3 when anything is not as it was written.</summary>
internal static class DataVerifyCommand
{
    public static Command Create(CliHost host) => new Command("verify", "Checks every stored segment against its hash and the rules, and every record of the journals.").Runs(host, (session, _, cancellationToken) =>
    {
        var journals = JournalsVerification.Run(session.DataDirectory, cancellationToken);
        // A folder in which nothing but sessions ran has no store.
        using var store = journals.Journals.Count > 0 && !SqliteStore.Exists(session.DataDirectory) ? null : session.OpenReader();
        var damage = store?.CheckIntegrity() ?? [];
        var found = new List<(SeriesInfo Series, IReadOnlyList<StoreFinding> Findings, int Segments)>();
        foreach (var series in store?.ListSeries() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add((series, store!.VerifyBars(series.Key), store.ListSegments(series.Key).Count));
        }

        var sound = damage.Count == 0 && journals.IsSound && found.TrueForAll(f => f.Findings.Count == 0);
        var grid = new Grid("series", ">bars", ">segments", ">findings");
        foreach (var f in found) grid.Add(f.Series.Key.ToString(), Figures.Count(f.Series.Bars), Figures.Count(f.Segments), Figures.Count(f.Findings.Count));
        session.Output.Table(grid);
        foreach (var line in damage) session.Output.Line($"store: {line}");
        foreach (var f in found)
        {
            foreach (var finding in f.Findings) session.Output.Line($"{f.Series.Key}: {finding.Kind} {finding.First} to {finding.Last}: {finding.Detail}");
        }

        journals.Show(session.Output);
        session.Output.Line(sound ? "everything is as it was written." : "not everything is as it was written; `mts data restore` takes a backup, `mts collect` fetches again.");
        session.Metrics.Add("bars", found.Sum(f => f.Series.Bars));
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteBoolean("sound", sound);
            JsonParts.WriteTexts(w, "integrity", damage);
            w.WriteStartArray("series");
            foreach (var f in found)
            {
                w.WriteStartObject();
                JsonParts.WriteSeries(w, f.Series.Key);
                w.WriteNumber("bars", f.Series.Bars);
                w.WriteNumber("segments", f.Segments);
                w.WriteStartArray("findings");
                foreach (var finding in f.Findings)
                {
                    w.WriteStartObject();
                    w.WriteString("kind", finding.Kind);
                    w.WriteString("first", finding.First.ToString());
                    w.WriteString("last", finding.Last.ToString());
                    w.WriteString("detail", finding.Detail);
                    w.WriteEndObject();
                }

                w.WriteEndArray();
                w.WriteEndObject();
            }

            w.WriteEndArray();
            journals.Write(w);
            w.WriteEndObject();
        });
        return Task.FromResult(sound ? ExitCode.Done : ExitCode.Data);
    });
}
