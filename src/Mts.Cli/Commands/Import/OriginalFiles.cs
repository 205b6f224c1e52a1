using Mts.Core.Quality;
using Mts.Storage.Files.Import;

namespace Mts.Cli.Commands.Import;

/// <summary>Takes in what the first version of the system left: prices as points, macro as macro; quoted funding is counted, never stored as paid.</summary>
internal static class OriginalFiles
{
    public static IReadOnlyList<(ImportReport Report, WriteCounts Stored)> Store(Session session, IMarketStore store, IReadOnlyList<string> paths, Timestamp asOf)
    {
        var results = new List<(ImportReport, WriteCounts)>();
        foreach (var import in paths.Select(p => OriginalFileReader.Read(p, asOf)))
        {
            foreach (var points in import.Points) results.Add((points.Report, StorePoints(session, store, points)));
            foreach (var macro in import.Macro) results.Add((macro.Report, MacroFiles.Store(store, macro, session.Clock)));
            foreach (var funding in import.Funding) results.Add((funding.Report, FundingFiles.Store(store, funding, funding.Venue, funding.Symbol, session.Clock)));
        }

        return results;
    }

    private static WriteCounts StorePoints(Session session, IPointStore store, PointImport import)
    {
        var asset = session.Assets.All.FirstOrDefault(a => a.CoinGeckoId == import.AssetId) ?? new Asset(import.AssetId, import.AssetId.ToUpperInvariant(), import.AssetId, import.AssetId, null, null);
        return store.WritePoints("coingecko", asset, import.Points, ImportResult.ProvenanceOf(import.Report, session.Clock));
    }
}
