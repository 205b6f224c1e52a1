using Mts.Core;
using Mts.Core.Ports;
using Mts.Engine.Optimization.Methods;

namespace Mts.Engine.Optimization;

/// <summary>One search over one range of time: what is proposed is tried, until nothing more is proposed.</summary>
internal sealed class Search(SearchSpace space, IStrategyCatalog catalog, OptimizerOptions options)
{
    private const int MostGuided = 20_000;

    /// <summary>Combinations that the strategy refused.</summary>
    public int Skipped { get; private set; }

    /// <param name="runner">Tries them.</param>
    /// <param name="onBatch">Told what was finished of each batch, also where it broke off.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>All trials in the order of the space.</returns>
    /// <exception cref="ConfigurationException">The space is empty or too large.</exception>
    public IReadOnlyList<Trial> Run(TrialRunner runner, Action<IReadOnlyList<Trial>> onBatch, CancellationToken cancellationToken)
    {
        var (method, trials) = (Method(), new List<Trial>());
        while (method.Propose(trials) is { Count: > 0 } batch)
        {
            trials.AddRange(runner.Run(batch, onBatch, cancellationToken));
        }

        Skipped = method.Skipped;
        trials.Sort((a, b) => a.Combination.CompareTo(b.Combination));
        return trials;
    }

    private ISearchMethod Method()
    {
        if (options.Method is SearchMethod.Grid or SearchMethod.Random) return new ListSearch(Candidates.Of(space, catalog, options));
        if (options.Trials > MostGuided) throw new ConfigurationException($"trials is {options.Trials}; a search that learns from its trials allows {MostGuided}, take --search random for more.");
        var random = new Random(options.Seed);
        var untried = new Untried(space, catalog, random);
        return options.Method == SearchMethod.Bayesian
            ? new ParzenSearch(space, options.Goal, untried, options.Trials, random)
            : new GeneticSearch(space, options.Goal, untried, options.Trials, random);
    }
}
