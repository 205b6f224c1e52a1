using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Engine.Optimization.Methods;

/// <summary>What a guided search may still try: no combination twice, and none that the strategy refuses.</summary>
internal sealed class Untried(SearchSpace space, IStrategyCatalog catalog, Random random)
{
    private const int Draws = 200;
    private readonly HashSet<long> seen = [];
    private string reason = "";

    /// <summary>How many were refused.</summary>
    public int Skipped { get; private set; }

    /// <returns>True once for each combination that the strategy takes.</returns>
    public bool Take(long combination)
    {
        if (!seen.Add(combination)) return false;
        if (Candidates.Refusal(space, catalog, combination) is not { } refusal) return true;
        (Skipped, reason) = (Skipped + 1, refusal);
        return false;
    }

    /// <summary>Draws one at random.</summary>
    /// <returns>Null where none is left, or none can be found in a space that refuses nearly everything.</returns>
    /// <exception cref="ConfigurationException">The strategy has refused everything.</exception>
    public long? TakeAny()
    {
        for (var draw = 0; draw < Draws && seen.Count < space.Combinations; draw++)
        {
            if (random.NextInt64(space.Combinations) is var drawn && Take(drawn)) return drawn;
        }

        for (long i = 0, from = random.NextInt64(space.Combinations); i < Math.Min(space.Combinations, Candidates.Most) && seen.Count < space.Combinations; i++)
        {
            if ((from + i) % space.Combinations is var next && Take(next)) return next;
        }

        return seen.Count == Skipped ? throw Candidates.Empty(Skipped, reason) : null;
    }
}
