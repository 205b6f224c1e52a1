using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Storage.Files.Import;

namespace Mts.Cli.Commands.Import;

/// <summary><c>mts data import-funding</c>: settled funding rates from files of any known dialect.</summary>
internal static class DataImportFundingCommand
{
    public static Command Create(CliHost host)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files of one perpetual.", Arity = ArgumentArity.OneOrMore };
        var symbol = new Option<string?>("--symbol") { Description = "The perpetual, where the file's name does not say it: BTC/USDT:USDT.", HelpName = "NAME" };
        var venue = new Option<string?>("--venue") { Description = "Under which venue's name the rates are kept.", HelpName = "NAME" };
        var asOf = Flags.Time("--as-of", "When the files were taken; now unless given.");
        var command = new Command("import-funding", "Reads funding rates from files of any known dialect.") { files, symbol, venue, asOf };
        return command.Runs(host, (session, arguments) =>
        {
            var at = arguments.GetValue(venue)?.ToLowerInvariant();
            var import = FundingFileReader.Read(ImportFiles.Existing(session, arguments.GetRequiredValue(files)), arguments.GetValue(asOf) ?? Timestamp.Now(session.Clock));
            var market = arguments.GetValue(symbol) is { } text ? Markets.PerpetualAt(session.Assets, at ?? import.Venue ?? "file", text) : import.Symbol;
            using var store = session.OpenWriter("data import-funding");
            var stored = FundingFiles.Store(store, import, at ?? import.Venue, market, session.Clock);
            session.MirrorAsCsv(store);
            return ImportResult.Show(session, [(import.Report, stored)]);
        });
    }
}
