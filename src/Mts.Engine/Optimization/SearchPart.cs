using Mts.Core.Ports;

namespace Mts.Engine.Optimization;

/// <summary>The finished trials of one part of a search: of the whole range, or of one fold of its validation.</summary>
/// <param name="progress">Where they are kept.</param>
/// <param name="part">Which part.</param>
internal sealed class SearchPart(ISearchProgress progress, int part)
{
    /// <returns>The trial to the last bit; null where it is not finished.</returns>
    public Trial? Find(long combination) => progress.Find(part, combination) is { } bytes ? TrialBytes.Read(combination, bytes) : null;

    public void Keep(Trial trial) => progress.Keep(part, trial.Combination, TrialBytes.Write(trial));
}
