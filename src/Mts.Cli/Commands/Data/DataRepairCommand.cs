using System.CommandLine;
using Microsoft.Extensions.Logging;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Core.Quality;
using Mts.Pipeline.History;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data repair</c>: fills holes from the series' own source, then from others that are proven by overlap.</summary>
internal static class DataRepairCommand
{
    public static Command Create(CliHost host)
    {
        var symbols = Flags.Names("--symbols", "Only these assets or markets.", "NAME");
        var venue = new Option<string?>("--venue") { Description = "Only the series of this venue.", HelpName = "NAME" };
        var command = new Command("repair", "Fills holes from the same source, then from a second one that overlap proves.") { symbols, venue };
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            using var store = session.OpenWriter("data repair");
            using var sources = new Sources(session);
            var repair = new HoleRepair(store, session.Clock, session.Loggers.CreateLogger("Mts.Pipeline.Repair"));
            var reports = new List<RepairReport>();
            foreach (var key in Chosen(session, store, arguments.GetValue(symbols) ?? [], arguments.GetValue(venue)))
            {
                var own = Sources.BarSources.Contains(key.Venue, StringComparer.Ordinal) ? sources.Bars(key.Venue) : null;
                reports.Add(await repair.RepairAsync(key, own, Others(session, store, sources, key), cancellationToken));
            }

            session.MirrorAsCsv(store);
            return Show(session, reports);
        });
    }

    private static IEnumerable<SeriesKey> Chosen(Session session, IBarStore store, string[] symbols, string? venue)
    {
        var wanted = symbols.Select(s => Markets.Known(session.Assets, s)).ToList();
        return store.ListSeries().Select(s => s.Key)
            .Where(k => venue is null || k.Venue == venue)
            .Where(k => wanted.Count == 0 || wanted.Exists(w => w.Market is { } m ? m == k.Symbol : string.Equals(w.Asset!.Ticker, k.Symbol.Base, StringComparison.OrdinalIgnoreCase)))
            .Where(k => Holes.Find(store.ReadBars(k, Timestamp.MinValue, Timestamp.MaxValue).OpenTimes, k.Interval).Count > 0)
            .ToList();
    }

    // What is stored already costs no request and goes first.
    private static IReadOnlyList<IBarHistory> Others(Session session, IBarStore store, Sources sources, SeriesKey key)
    {
        var stored = store.ListSeries().Where(s => s.Key.Symbol == key.Symbol && s.Key.Interval == key.Interval && s.Key.Venue != key.Venue)
            .Select(s => (IBarHistory)new StoredBarHistory(store, s.Key.Venue, s.HasVolume));
        var live = session.Settings.Sources.Order.Where(v => v != key.Venue && v != "coingecko").Select(sources.Bars).Where(h => h.Intervals.Contains(key.Interval));
        return [.. stored, .. live];
    }

    private static int Show(Session session, List<RepairReport> reports)
    {
        var grid = new Grid("series", ">holes", ">filled bars", "from", ">holes left");
        foreach (var r in reports)
            grid.Add(r.Key.ToString(), Figures.Count(r.Found.Count), Figures.Count(r.Filled.Sum(f => f.Bars)), string.Join(", ", r.Filled.Select(f => f.Source).Distinct()), Figures.Count(r.Remaining.Count));
        if (reports.Count > 0) session.Output.Table(grid);
        else session.Output.Line("no series has holes.");
        var failures = reports.SelectMany(r => r.Failures.Select(f => $"{r.Key}: {f}")).ToList();
        foreach (var failure in failures) session.Output.Note($"error: {failure}");
        session.Metrics.Add("filled", reports.Sum(r => r.Filled.Sum(f => f.Bars)));
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("repaired");
            foreach (var r in reports)
            {
                w.WriteStartObject();
                JsonParts.WriteSeries(w, r.Key);
                w.WriteNumber("holes_found", r.Found.Count);
                w.WriteStartArray("filled");
                foreach (var f in r.Filled)
                {
                    w.WriteStartObject();
                    w.WriteString("from", f.Hole.From.ToString());
                    w.WriteString("until", f.Hole.Until.ToString());
                    w.WriteNumber("bars", f.Bars);
                    w.WriteString("source", f.Source);
                    w.WriteString("proof", f.Proof);
                    w.WriteEndObject();
                }

                w.WriteEndArray();
                w.WriteStartArray("remaining");
                foreach (var hole in r.Remaining) JsonParts.Write(w, hole);
                w.WriteEndArray();
                w.WriteEndObject();
            }

            w.WriteEndArray();
            JsonParts.WriteTexts(w, "failed", failures);
            w.WriteEndObject();
        });
        return failures.Count > 0 ? ExitCode.Service : ExitCode.Done;
    }
}
