using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>What searches leave behind: how far an unfinished one came, and every trial ever made.</summary>
/// <remarks>Research needs no writer's lock: several processes may use it at once.</remarks>
public interface ISearchStore
{
    /// <param name="search">Its id: the same inputs, the same id.</param>
    /// <returns>For this process alone until it is disposed; null where another process has the same search under way.</returns>
    ISearchProgress? OpenProgress(string search);

    /// <summary>Every trial noted for a strategy on these markets, whatever its range.</summary>
    IReadOnlyList<TrialNote> ReadTrials(TrialScope scope);

    /// <summary>Adds trials. After a crash those before it are there whole.</summary>
    /// <param name="scope">Whose they are.</param>
    /// <param name="batch">What they have in common.</param>
    /// <param name="trials">In any order.</param>
    /// <exception cref="StorageException">They cannot be written.</exception>
    void AppendTrials(TrialScope scope, TrialBatch batch, IReadOnlyList<TrialNote> trials);
}

/// <summary>The finished trials of one search, by part and key; what is kept survives the process.</summary>
public interface ISearchProgress : IDisposable
{
    /// <summary>How many were finished when it was opened.</summary>
    int Found { get; }

    byte[]? Find(int part, long key);

    /// <summary>Called from several threads.</summary>
    void Keep(int part, long key, ReadOnlySpan<byte> trial);

    /// <summary>The search is done: nothing of it needs keeping.</summary>
    void Complete();
}

/// <param name="Strategy">The catalogue name.</param>
/// <param name="Series">Which series, in the order of the run.</param>
public sealed record TrialScope(string Strategy, IReadOnlyList<string> Series);

/// <param name="Search">Id of the search.</param>
/// <param name="Method">How it chose: <c>grid</c>.</param>
/// <param name="Objective">What it aimed at.</param>
/// <param name="Start">First instant of the data.</param>
/// <param name="End">End of the data.</param>
public sealed record TrialBatch(string Search, string Method, string Objective, Timestamp Start, Timestamp End);

/// <param name="Id">Hash of parameters, costs and rules, without the range: the same idea has the same id on any stretch of the data.</param>
/// <param name="Search">Id of the search that noted it first.</param>
/// <param name="Start">First instant of the data that it was tried on.</param>
/// <param name="End">End of it.</param>
/// <param name="Sharpe">Of one day; null where the returns never moved.</param>
/// <param name="Objective">What the search aimed at; null where it is undefined.</param>
public readonly record struct TrialNote(ulong Id, string Search, Timestamp Start, Timestamp End, double? Sharpe, double? Objective);
