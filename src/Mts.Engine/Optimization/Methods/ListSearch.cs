namespace Mts.Engine.Optimization.Methods;

/// <summary>Tries a list, whatever comes of it: a grid, or a random draw.</summary>
internal sealed class ListSearch(Candidates candidates) : ISearchMethod
{
    private const int Batch = 4_096;
    private int next;

    public int Skipped => candidates.Skipped;

    public IReadOnlyList<long> Propose(IReadOnlyList<Trial> trials)
    {
        List<long> batch = [.. candidates.Combinations.Skip(next).Take(Batch)];
        next += batch.Count;
        return batch;
    }
}
