using Mts.Core.Market;

namespace Mts.Core.Quality;

/// <summary>Bars that should be there and are not.</summary>
/// <param name="From">Open time of the first missing bar.</param>
/// <param name="Until">Open time of the next bar there is; exclusive.</param>
/// <param name="Bars">How many are missing.</param>
public readonly record struct Hole(Timestamp From, Timestamp Until, long Bars);
