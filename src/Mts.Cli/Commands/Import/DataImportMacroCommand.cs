using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Core.Quality;
using Mts.Storage.Files.Import;

namespace Mts.Cli.Commands.Import;

/// <summary><c>mts data import-macro</c>: macro series from FRED's, Cboe's and Yahoo's files.</summary>
internal static class DataImportMacroCommand
{
    public static Command Create(CliHost host)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files, one series each.", Arity = ArgumentArity.OneOrMore };
        var series = new Option<string?>("--series") { Description = "Id or alias, where the file does not say it: VIX.", HelpName = "NAME" };
        var asOf = Flags.Time("--as-of", "When the files were taken; now unless given.");
        var command = new Command("import-macro", "Reads macro series from FRED's, Cboe's and Yahoo's files.") { files, series, asOf };
        return command.Runs(host, (session, arguments) =>
        {
            var options = new MacroImportOptions { AsOf = arguments.GetValue(asOf) ?? Timestamp.Now(session.Clock), Series = arguments.GetValue(series) };
            var imports = ImportFiles.Existing(session, arguments.GetRequiredValue(files)).Select(p => MacroFileReader.Read(p, options)).ToList();
            using var store = session.OpenWriter("data import-macro");
            var results = new List<(ImportReport, WriteCounts)>();
            foreach (var import in imports) results.Add((import.Report, MacroFiles.Store(store, import, session.Clock)));
            session.MirrorAsCsv(store);
            return ImportResult.Show(session, results);
        });
    }
}
