using Mts.Core.Ports;

namespace Mts.Storage.Files.Searches;

/// <summary>What searches leave behind, as files below <c>runs/</c> of the data folder: the trials of each strategy and set of markets, and how far unfinished searches came.</summary>
/// <param name="dataDir">The data folder.</param>
/// <param name="clock">Measures how long another process holds a file, and dates the batches of the ledger.</param>
public sealed class SearchFiles(string dataDir, TimeProvider clock) : ISearchStore
{
    private readonly TrialFiles trials = new(Path.Combine(dataDir, "runs", "trials"), clock);

    public ISearchProgress? OpenProgress(string search) => SearchProgressFile.Open(Path.Combine(dataDir, "runs", "unfinished", search + ".trials"));

    public IReadOnlyList<TrialNote> ReadTrials(TrialScope scope) => trials.Read(scope).SelectMany(b => b.Trials).ToList();

    public void AppendTrials(TrialScope scope, TrialBatch batch, IReadOnlyList<TrialNote> notes) => trials.Append(scope, batch, notes);

    /// <summary>Every batch of every strategy, oldest first within each.</summary>
    public IEnumerable<NotedTrials> ReadAll() => trials.ReadAll();
}
