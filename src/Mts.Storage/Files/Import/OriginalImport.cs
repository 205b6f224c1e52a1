using Mts.Core.Market;

namespace Mts.Storage.Files.Import;

/// <summary>What the first version of the system left behind.</summary>
/// <param name="Points">Prices by coin: samples of CoinGecko, never bars.</param>
/// <param name="Macro">By series.</param>
/// <param name="Funding">Quotes by venue and market.</param>
public sealed record OriginalImport(IReadOnlyList<PointImport> Points, IReadOnlyList<MacroImport> Macro, IReadOnlyList<FundingImport> Funding);
