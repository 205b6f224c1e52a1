namespace Mts.Engine.Optimization.Methods;

/// <summary>Chooses what to try next, in batches whose size does not depend on who tries them.</summary>
internal interface ISearchMethod
{
    /// <summary>Combinations that the strategy refused; no trials.</summary>
    int Skipped { get; }

    /// <param name="trials">All so far, in the order in which they were tried.</param>
    /// <returns>Combinations that the strategy takes and that were not tried before; empty at the end.</returns>
    IReadOnlyList<long> Propose(IReadOnlyList<Trial> trials);
}
