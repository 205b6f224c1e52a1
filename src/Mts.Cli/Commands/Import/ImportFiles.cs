using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Import;

/// <summary>The files and names of an import's command line.</summary>
internal static class ImportFiles
{
    /// <exception cref="UsageException">One of them is not there.</exception>
    public static IReadOnlyList<string> Existing(Session session, IEnumerable<string> names)
    {
        var paths = names.Select(n => Path.GetFullPath(n, session.Host.CurrentDirectory)).ToList();
        var missing = paths.Find(p => !File.Exists(p));
        return missing is null ? paths : throw new UsageException(Directory.Exists(missing) ? $"{missing} is a folder; name the files." : $"there is no file {missing}.");
    }

    /// <summary>A market as written, or the asset's market at the venue.</summary>
    public static Symbol Market(Session session, string text, string? venue)
    {
        var (asset, market) = Markets.Known(session.Assets, text);
        return market ?? asset!.MarketAt(venue ?? "file") ?? new Symbol(asset!.Ticker, "USDT");
    }
}
