using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.Storage.Files.Import;

/// <param name="AssetId">The coin's name in the original system, which is CoinGecko's id: <c>bitcoin</c>.</param>
/// <param name="Points">Oldest first, one for each time.</param>
/// <param name="Report">What was found.</param>
public sealed record PointImport(string AssetId, IReadOnlyList<PricePoint> Points, ImportReport Report);
