using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Engine.Optimization;

/// <summary>The combinations that a search tries, in the order of its result.</summary>
/// <param name="Combinations">Indices into the space, ascending.</param>
/// <param name="Skipped">How many the strategy refused: fast not below slow.</param>
internal sealed record Candidates(IReadOnlyList<long> Combinations, int Skipped)
{
    /// <summary>Trials of one search; what is kept of each takes about half a kilobyte.</summary>
    public const int Most = 1_000_000;

    // A space that refuses nearly everything shall not be drawn from for ever.
    private const int DrawsPerTrial = 100;

    /// <exception cref="ConfigurationException">Too many combinations for a grid, or none that the strategy takes.</exception>
    public static Candidates Of(SearchSpace space, IStrategyCatalog catalog, OptimizerOptions options)
    {
        int? draws = options.Method == SearchMethod.Random ? options.Trials : null;
        if (draws is null && space.Combinations > Most)
            throw new ConfigurationException($"the grid has {space.Combinations} combinations, more than {Most}; widen a step, or draw some with --search random --trials N.");
        var found = new List<long>();
        var (skipped, reason) = (0, "");
        foreach (var combination in draws is { } trials ? Draw(space, trials, options.Seed) : Grid(space))
        {
            if (found.Count == (draws ?? Most)) break;
            if (Refusal(space, catalog, combination) is not { } refusal) found.Add(combination);
            else (skipped, reason) = (skipped + 1, refusal);
        }

        if (found.Count == 0) throw Empty(skipped, reason);
        found.Sort();
        return new Candidates(found, skipped);
    }

    /// <summary>One that the strategy takes, to ask what it needs.</summary>
    /// <exception cref="ConfigurationException">It takes none of the first million.</exception>
    public static long First(SearchSpace space, IStrategyCatalog catalog)
    {
        var reason = "";
        foreach (var combination in Grid(space).Take(Most))
        {
            if (Refusal(space, catalog, combination) is not { } refusal) return combination;
            reason = refusal;
        }

        throw Empty(Math.Min(space.Combinations, Most), reason);
    }

    public static ConfigurationException Empty(long refused, string reason) =>
        new($"the search space is empty: the strategy refuses all {refused} combinations that were looked at; the last: {reason}");

    private static IEnumerable<long> Grid(SearchSpace space)
    {
        for (var i = 0L; i < space.Combinations; i++) yield return i;
    }

    private static IEnumerable<long> Draw(SearchSpace space, int trials, int seed)
    {
        if (space.Combinations <= trials) return Grid(space);
        return space.Combinations <= Most ? Shuffled(space, new Random(seed)) : Distinct(space, trials, new Random(seed));
    }

    private static IEnumerable<long> Shuffled(SearchSpace space, Random random)
    {
        var all = Grid(space).ToArray();
        random.Shuffle(all);
        return all;
    }

    private static IEnumerable<long> Distinct(SearchSpace space, int trials, Random random)
    {
        var seen = new HashSet<long>();
        for (var draw = 0L; draw < (long)trials * DrawsPerTrial; draw++)
        {
            var combination = random.NextInt64(space.Combinations);
            if (seen.Add(combination)) yield return combination;
        }
    }

    /// <returns>Why the strategy does not take the combination; null where it does.</returns>
    public static string? Refusal(SearchSpace space, IStrategyCatalog catalog, long combination)
    {
        try
        {
            _ = catalog.Create(space.Strategy, space.Parameters(combination));
            return null;
        }
        catch (ConfigurationException refusal)
        {
            return refusal.Message;
        }
    }
}
