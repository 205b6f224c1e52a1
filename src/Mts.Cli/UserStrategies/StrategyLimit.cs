using Mts.Cli.Live;

namespace Mts.Cli.UserStrategies;

/// <summary>How long a strategy may take for what it does before a run watches it: to tell of itself, and to be made.</summary>
/// <param name="Timeout">Longest time of one call.</param>
/// <param name="Setting">What allows more; null where nothing does.</param>
internal sealed record StrategyLimit(TimeSpan Timeout, string? Setting)
{
    public static StrategyLimit Usual { get; } = new(StrategyWatch.Usual, null);

    public static StrategyLimit OfFlag(TimeSpan? given) => new(given ?? StrategyWatch.Usual, "--strategy-timeout");

    /// <exception cref="StrategyException">It did not return.</exception>
    public T Run<T>(Func<T> call, string words, TimeProvider clock)
    {
        using var thread = new StrategyThread(Timeout, clock, Setting);
        var result = default(T);
        thread.Run(() => result = call(), words, Timestamp.Now(clock));
        return result!;
    }
}
