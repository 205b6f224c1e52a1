namespace Mts.Engine.Optimization.Methods;

/// <summary>Breeds: parents win tournaments, children take each step from one of two parents, some steps mutate, and the best of all live on.</summary>
/// <remarks>
/// Holland, Adaptation in Natural and Artificial Systems, 1975; tournaments after Goldberg and Deb, A Comparative Analysis of Selection Schemes, FOGA 1991;
/// uniform crossover after Syswerda, ICGA 1989. A child that was tried before mutates until it is new, so that no trial is spent twice.
/// </remarks>
internal sealed class GeneticSearch(SearchSpace space, Goal goal, Untried untried, int budget, Random random) : ISearchMethod
{
    private const int Tournament = 3;
    private const int Mutations = 20;
    private readonly int population = Math.Clamp(budget / 5, 8, 50);

    public int Skipped => untried.Skipped;

    public IReadOnlyList<long> Propose(IReadOnlyList<Trial> trials)
    {
        var ranked = Ranking.Of(goal, trials);
        var wanted = Math.Min(budget - ranked.Count, population);
        var batch = new List<long>();
        while (batch.Count < wanted && (Child(ranked) ?? untried.TakeAny()) is { } combination) batch.Add(combination);
        return batch;
    }

    private long? Child(IReadOnlyList<Trial> ranked)
    {
        if (ranked.Count < 2) return null;
        // The best of all generations are the parents of the next one: elitism as wide as half a population.
        var living = Math.Min(ranked.Count, Math.Max(4, population / 2));
        var (one, other) = (space.Steps(ranked[Parent(living)].Combination), space.Steps(ranked[Parent(living)].Combination));
        for (var i = 0; i < one.Length; i++)
        {
            if (random.Next(2) == 0) one[i] = other[i];
        }

        for (var i = 0; i < Mutations; i++)
        {
            Mutate(one);
            var child = space.Combination(one);
            if (untried.Take(child)) return child;
        }

        return null;
    }

    // The list is ranked: the least of the places drawn wins.
    private int Parent(int living)
    {
        var best = random.Next(living);
        for (var i = 1; i < Tournament; i++) best = Math.Min(best, random.Next(living));
        return best;
    }

    // Mostly near, now and then anywhere.
    private void Mutate(int[] steps)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            if (random.Next(steps.Length) != 0) continue;
            var count = space.Searched[i].Values.Count;
            var reach = Math.Max(1, count / 10);
            steps[i] = random.Next(5) == 0 ? random.Next(count) : Math.Clamp(steps[i] + random.Next(-reach, reach + 1), 0, count - 1);
        }
    }
}
