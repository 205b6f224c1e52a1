namespace Mts.Cli.CommandLine;

/// <summary>Tells the wish to stop from the wish to stop at once.</summary>
/// <param name="clock">Measures what lies between two signals.</param>
internal sealed class Interruption(TimeProvider clock)
{
    // A shell, or timeout(1), sends what is one wish to the process and to its group.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);

    private readonly Lock sync = new();
    private long? first;

    /// <returns>True where the verb is to come to its end in order; false where the process is to end as it stands.</returns>
    public bool IsInOrder()
    {
        lock (sync)
        {
            first ??= clock.GetTimestamp();
            return clock.GetElapsedTime(first.Value) < Echo;
        }
    }
}
