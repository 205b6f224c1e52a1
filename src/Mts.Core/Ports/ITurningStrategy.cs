using Mts.Core.Indicators;

namespace Mts.Core.Ports;

/// <summary>A strategy that is long with all it has or flat, by the closes of each instrument alone, and repeats itself until the position follows.</summary>
/// <remarks>A search asks it for all its turns at once instead of showing it bar after bar; both must come to the same.</remarks>
public interface ITurningStrategy : IStrategy
{
    /// <param name="closes">Of one instrument, shared by all strategies of the search.</param>
    /// <param name="turns">Emptied, then filled with the bars at whose close the wish changes, rising: to long, to flat, to long…</param>
    /// <returns>False where it must be shown the bars.</returns>
    bool TryFindTurns(PrefixSums closes, List<int> turns);
}
