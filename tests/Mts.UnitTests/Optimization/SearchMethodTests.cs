using System.Globalization;
using Mts.Core.Ports;
using Mts.Engine.Optimization;
using Mts.Engine.Optimization.Methods;

namespace Mts.UnitTests.Optimization;

/// <summary>The methods on functions whose best is known, without backtests.</summary>
public sealed class SearchMethodTests
{
    [Theory]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void A_method_that_learns_beats_a_random_draw_of_the_same_size(SearchMethod method)
    {
        var (learned, drawn) = (new List<double>(), new List<double>());
        for (var seed = 0; seed < 30; seed++)
        {
            learned.Add(Best(method, seed, 120, Hill));
            drawn.Add(Best(SearchMethod.Random, seed, 120, Hill));
        }

        learned.Average().ShouldBeGreaterThan(drawn.Average());
        learned.Zip(drawn).Count(p => p.First >= p.Second).ShouldBeGreaterThan(20); // 30 searches
    }

    [Theory]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void Bounds_are_found_where_only_a_corner_keeps_them(SearchMethod method)
    {
        // a + b ≤ 20 of 0…99 each: 2.3 % of the space.
        var found = Enumerable.Range(0, 10).Count(seed => Trials(method, seed, 150, p => (Hill(p), Math.Max(0, p[0] + p[1] - 20))).Count(t => t.IsFeasible) >= 10);

        found.ShouldBeGreaterThanOrEqualTo(9);
    }

    [Theory]
    [InlineData(SearchMethod.Random)]
    [InlineData(SearchMethod.Bayesian)]
    [InlineData(SearchMethod.Genetic)]
    public void No_combination_is_tried_twice_and_none_that_is_refused(SearchMethod method)
    {
        var trials = Trials(method, 3, 400, p => (Hill(p), 0), "a=0..29", "b=0..29");

        trials.Count.ShouldBe(400);
        trials.Select(t => t.Combination).Distinct().Count().ShouldBe(400);
        trials.ShouldAllBe(t => t.Combination / 30 != 7); // the catalogue refuses a = 7
    }

    [Fact]
    public void Steps_and_combinations_are_inverse_and_go_by_value()
    {
        var space = Space("a=30,10,20", "b=1..4");

        space.Steps(0).ShouldBe([2, 0]); // a = 30 is the greatest
        for (var i = 0L; i < space.Combinations; i++) space.Combination(space.Steps(i)).ShouldBe(i);
    }

    [Fact]
    public void A_density_is_high_where_trials_are_and_above_zero_everywhere()
    {
        var density = new ParzenDensity([40, 41, 42, 43, 44], 100);

        density.At(42).ShouldBeGreaterThan(3 * density.At(80));
        Enumerable.Range(0, 100).ShouldAllBe(i => density.At(i) > 0);
        // A density over 100 steps of width 1 sums to about 1; what is cut off at the ends is given back.
        Enumerable.Range(0, 100).Sum(density.At).ShouldBe(1, 0.02);
        var random = new Random(1);
        var drawn = Enumerable.Range(0, 4_000).Select(_ => density.Draw(random)).ToList();
        (drawn.Count(d => d is >= 37 and <= 47) / 4_000.0).ShouldBe(Enumerable.Range(37, 11).Sum(density.At), 0.05);
    }

    // One smooth peak at (62, 23), 1 high.
    private static double Hill(int[] p) => Math.Exp(-(Math.Pow((p[0] - 62) / 18.0, 2) + Math.Pow((p[1] - 23) / 12.0, 2)));

    private static double Best(SearchMethod method, int seed, int budget, Func<int[], double> of) => Trials(method, seed, budget, p => (of(p), 0)).Max(t => t.Score!.Value);

    private static List<Trial> Trials(SearchMethod method, int seed, int budget, Func<int[], (double Score, double Violation)> of, params string[] given)
    {
        var space = Space(given.Length > 0 ? given : ["a=0..99", "b=0..99"]);
        var options = new OptimizerOptions { Method = method, Trials = budget, Seed = seed };
        var catalog = new Plain();
        var random = new Random(seed);
        var untried = new Untried(space, catalog, random);
        ISearchMethod search = method switch
        {
            SearchMethod.Bayesian => new ParzenSearch(space, options.Goal, untried, budget, random),
            SearchMethod.Genetic => new GeneticSearch(space, options.Goal, untried, budget, random),
            _ => new ListSearch(Candidates.Of(space, catalog, options)),
        };
        var trials = new List<Trial>();
        while (search.Propose(trials) is { Count: > 0 } batch)
        {
            trials.AddRange(batch.Select(c =>
            {
                var values = space.Parameters(c);
                var (score, violation) = of([int.Parse(values["a"], CultureInfo.InvariantCulture), int.Parse(values["b"], CultureInfo.InvariantCulture)]);
                return new Trial(c, score, violation, null, null);
            }));
        }

        return trials;
    }

    private static SearchSpace Space(params string[] given) => SearchSpace.Of(Plain.Descriptor, new Dictionary<string, string>(), given);

    /// <summary>Takes everything but a = 7.</summary>
    private sealed class Plain : IStrategyCatalog
    {
        public static StrategyDescriptor Descriptor { get; } = new("Plain", "Two numbers.", [new("a", 0, 0, 100, true, "one"), new("b", 0, 0, 100, true, "another")]);

        public IReadOnlyList<StrategyDescriptor> All => [Descriptor];

        public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) => parameters["a"] == "7" ? throw new Mts.Core.ConfigurationException("not 7") : null!;
    }
}
