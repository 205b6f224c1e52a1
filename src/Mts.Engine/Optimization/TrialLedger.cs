using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mts.Core.Ports;
using Mts.Engine.Reports;

namespace Mts.Engine.Optimization;

/// <summary>The memory of all trials of one strategy on the markets of this search: what is tried now is noted, what was tried before is counted.</summary>
internal sealed class TrialLedger
{
    private readonly ISearchStore? store;
    private readonly TrialScope scope;
    private readonly SearchSpace space;
    private readonly string rules;
    private readonly List<TrialNote> notes;
    private readonly HashSet<(ulong Id, long Start, long End)> noted;
    private readonly Dictionary<ulong, double?> own = [];

    /// <param name="store">Null for no memory.</param>
    /// <param name="space">Of the search.</param>
    /// <param name="run">Its markets, costs and limits.</param>
    public TrialLedger(ISearchStore? store, SearchSpace space, BacktestRun run)
    {
        (this.store, this.space) = (store, space);
        scope = new TrialScope(space.Strategy, [.. run.Series.Select(s => s.Key.ToString())]);
        rules = RunJson.RulesOf(run);
        notes = [.. store?.ReadTrials(scope) ?? []];
        noted = [.. notes.Select(n => (n.Id, n.Start.Micros, n.End.Micros))];
    }

    public void Add(TrialBatch batch, Goal goal, IReadOnlyList<Trial> trials)
    {
        var fresh = new List<TrialNote>();
        foreach (var trial in trials)
        {
            var id = IdOf(trial.Combination);
            own.TryAdd(id, trial.Shape?.Sharpe);
            if (noted.Add((id, batch.Start.Micros, batch.End.Micros))) fresh.Add(new TrialNote(id, batch.Search, batch.Start, batch.End, trial.Shape?.Sharpe, goal.Value(trial.Score)));
        }

        if (fresh.Count > 0) store?.AppendTrials(scope, batch, fresh);
    }

    /// <summary>Counts what was tried on data that overlaps the range.</summary>
    /// <param name="inputs">With the range.</param>
    /// <param name="search">This search: what it noted itself when it was run before, on its folds for instance, is no other search's, or a repetition would differ.</param>
    /// <returns>The counts, and the variance of the Sharpe ratios of all of them.</returns>
    public (LedgerCount Count, double Variance) Sum(BacktestInputs inputs, string search)
    {
        var all = new SortedDictionary<ulong, double?>();
        foreach (var (id, sharpe) in own) all.Add(id, sharpe);
        foreach (var note in notes.Where(n => n.Search != search && n.Start < inputs.End && n.End > inputs.Start)) all.TryAdd(note.Id, note.Sharpe);
        return (new LedgerCount(all.Count - own.Count, all.Count), Ranking.Variance([.. all.Values.Where(s => s.HasValue).Select(s => s!.Value)]));
    }

    private ulong IdOf(long combination)
    {
        var text = new StringBuilder(rules);
        foreach (var (name, value) in space.Parameters(combination)) text.Append('\n').Append(name).Append('=').Append(value);
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
