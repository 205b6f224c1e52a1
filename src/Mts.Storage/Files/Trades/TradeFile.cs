using Mts.Core.Market;

namespace Mts.Storage.Files.Trades;

/// <summary>What a file of trades holds.</summary>
/// <param name="Trades">Oldest first; those of one instant as they stand in the file.</param>
/// <param name="Duplicates">Rows whose id came before.</param>
/// <param name="Refused">Rows that are no trade.</param>
/// <param name="FirstRefused">The first of them, with its line; null where there is none.</param>
/// <param name="IsSorted">False where rows had to be put in order of time.</param>
public sealed record TradeFile(IReadOnlyList<PublicTrade> Trades, int Duplicates, int Refused, string? FirstRefused, bool IsSorted);
