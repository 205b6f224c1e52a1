using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Storage.Files.Import;

namespace Mts.Cli.Commands.Import;

/// <summary><c>mts data import</c>: bars from files of any known dialect; several files are parts of one series.</summary>
internal static class DataImportCommand
{
    public static Command Create(CliHost host)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files of one market; .csv, .gz, .zip.", Arity = ArgumentArity.OneOrMore };
        var symbol = new Option<string?>("--symbol") { Description = "Asset or market, where the file does not say it.", HelpName = "NAME" };
        var venue = new Option<string?>("--venue") { Description = "Under which venue's name the bars are kept.", HelpName = "NAME" };
        var interval = Flags.BarLength("Length of the bars, to be checked against the file.");
        var asOf = Flags.Time("--as-of", "When the files were taken; bars that close later are incomplete. Now unless given.");
        var command = new Command("import", "Reads bars from files of any known dialect.") { files, symbol, venue, interval, asOf };
        return command.Runs(host, (session, arguments) =>
        {
            var paths = ImportFiles.Existing(session, arguments.GetRequiredValue(files));
            var (now, taken) = (Timestamp.Now(session.Clock), arguments.GetValue(asOf));
            if (paths.All(OriginalFileReader.Recognises)) return TakeOriginals(session, paths, taken ?? now);
            var at = arguments.GetValue(venue)?.ToLowerInvariant();
            var market = arguments.GetValue(symbol) is { } text ? ImportFiles.Market(session, text, at) : (Symbol?)null;
            var import = BarFileReader.Read(paths, new BarImportOptions { Now = now, AsOf = taken, Interval = arguments.GetValue(interval), Symbol = market, Venue = at });
            using var store = session.OpenWriter("data import");
            var stored = Store(store, import, session.Clock);
            session.MirrorAsCsv(store);
            return ImportResult.Show(session, [(import.Report, stored)]);
        });
    }

    private static int TakeOriginals(Session session, IReadOnlyList<string> paths, Timestamp asOf)
    {
        using var store = session.OpenWriter("data import");
        var results = OriginalFiles.Store(session, store, paths, asOf);
        session.MirrorAsCsv(store);
        return ImportResult.Show(session, results);
    }

    private static WriteCounts Store(IBarStore store, BarImport import, TimeProvider clock)
    {
        var provenance = ImportResult.ProvenanceOf(import.Report, clock);
        var bars = new Bar[import.Series.Length];
        for (var i = 0; i < bars.Length; i++) bars[i] = import.Series[i];
        var counts = store.WriteBars(import.Series.Key, import.Series.HasVolume, bars, provenance);
        if (import.Revisions.Count > 0) store.WriteRevisions(import.Series.Key, import.Revisions);
        if (import.Report.RejectedRows.Count > 0)
        {
            store.WriteLedger([.. import.Report.RejectedRows.Select(r => new LedgerEntry(
                provenance.FetchedAt, "rejected", import.Series.Key, null, null, $"{r.Reason}: {r.File} line {r.Line}: {r.Text}"))]);
        }

        return counts;
    }
}
