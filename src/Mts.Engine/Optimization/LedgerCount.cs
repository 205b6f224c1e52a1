namespace Mts.Engine.Optimization;

/// <summary>How often this was tried: the same strategy on the same markets, over data that overlaps this search's, each set of parameters and costs once.</summary>
/// <param name="Earlier">Distinct trials of other searches that this one did not make.</param>
/// <param name="Ever">Those, and the ones of this search.</param>
public sealed record LedgerCount(long Earlier, long Ever);
