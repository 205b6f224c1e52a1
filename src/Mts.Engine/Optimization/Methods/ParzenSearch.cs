namespace Mts.Engine.Optimization.Methods;

/// <summary>Draws from where good trials are dense, and of what it drew tries what is likeliest to be good rather than bad.</summary>
/// <remarks>
/// The tree-structured Parzen estimator of Bergstra, Bardenet, Bengio and Kégl, Algorithms for Hyper-Parameter Optimization, NIPS 24, 2011, section 4:
/// trials are split into the best and the others, each side has a density per parameter, and expected improvement grows with their ratio.
/// </remarks>
internal sealed class ParzenSearch(SearchSpace space, Goal goal, Untried untried, int budget, Random random) : ISearchMethod
{
    private const int Batch = 8;
    private const int Draws = 24;
    private const int MostGood = 25;
    private const int MostBad = 400;
    private readonly int start = Math.Clamp(budget / 5, 10, 30);

    public int Skipped => untried.Skipped;

    public IReadOnlyList<long> Propose(IReadOnlyList<Trial> trials)
    {
        var ranked = Ranking.Of(goal, trials);
        var wanted = Math.Min(budget - ranked.Count, ranked.Count < start ? start - ranked.Count : Batch);
        var batch = new List<long>();
        (ParzenDensity[], ParzenDensity[])? sides = ranked.Count < start ? null : Sides(ranked);
        while (batch.Count < wanted && (Likely(sides) ?? untried.TakeAny()) is { } combination) batch.Add(combination);
        return batch;
    }

    private (ParzenDensity[] Good, ParzenDensity[] Bad) Sides(IReadOnlyList<Trial> ranked)
    {
        var good = Math.Min(MostGood, (int)Math.Ceiling(0.15 * ranked.Count));
        // Of very many bad ones a sample says as much.
        var stride = Math.Max(1, (ranked.Count - good) / MostBad);
        return (Densities(ranked.Take(good)), Densities(ranked.Skip(good).Where((_, i) => i % stride == 0)));
    }

    private ParzenDensity[] Densities(IEnumerable<Trial> trials)
    {
        var steps = trials.Select(t => space.Steps(t.Combination)).ToList();
        return [.. space.Searched.Select((p, i) => new ParzenDensity([.. steps.Select(s => s[i])], p.Values.Count))];
    }

    private long? Likely((ParzenDensity[] Good, ParzenDensity[] Bad)? sides)
    {
        if (sides is not var (good, bad)) return null;
        var drawn = new List<(long Combination, double Gain)>(Draws);
        for (var i = 0; i < Draws; i++)
        {
            var (steps, gain) = (new int[good.Length], 0.0);
            for (var p = 0; p < steps.Length; p++)
            {
                steps[p] = good[p].Draw(random);
                gain += Math.Log(good[p].At(steps[p]) / bad[p].At(steps[p]));
            }

            drawn.Add((space.Combination(steps), gain));
        }

        foreach (var (combination, _) in drawn.OrderByDescending(d => d.Gain).ThenBy(d => d.Combination))
        {
            if (untried.Take(combination)) return combination;
        }

        return null;
    }
}
