using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.Storage.Files.Import;

/// <param name="Rates">Settled funding, oldest first.</param>
/// <param name="Quotes">Rates quoted before settlement, oldest first; a file holds the one or the other.</param>
/// <param name="Venue">As a file name tells it, or null.</param>
/// <param name="Symbol">As a file name tells it, or null.</param>
/// <param name="Report">What was found; <see cref="ImportReport.Accepted"/> counts rates and quotes.</param>
public sealed record FundingImport(
    IReadOnlyList<FundingRate> Rates, IReadOnlyList<FundingQuote> Quotes, string? Venue, Symbol? Symbol, ImportReport Report);
