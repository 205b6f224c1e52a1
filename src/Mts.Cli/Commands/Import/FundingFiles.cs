using Mts.Cli.CommandLine;
using Mts.Storage.Files.Import;

namespace Mts.Cli.Commands.Import;

/// <summary>Stores settled funding that was read from a file; quotes are no payments and stay out.</summary>
internal static class FundingFiles
{
    /// <exception cref="UsageException">Neither file nor command line tell the market.</exception>
    public static WriteCounts Store(IFundingStore store, FundingImport import, string? venue, Symbol? symbol, TimeProvider clock)
    {
        if (import.Rates.Count == 0) return default;
        if (symbol is not { } market) throw new UsageException("the file does not say which perpetual it is of; give --symbol, for instance --symbol BTC/USDT:USDT.");
        return store.WriteFunding(venue ?? "file", market, import.Rates, ImportResult.ProvenanceOf(import.Report, clock));
    }
}
