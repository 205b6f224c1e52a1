namespace Mts.Simulator.Notifications;

/// <summary>One POST that a simulated channel answered.</summary>
/// <param name="Time">The simulator's time.</param>
/// <param name="Face">discord, telegram, slack or webhook.</param>
/// <param name="Status">HTTP status; 0 where none was sent.</param>
/// <param name="Fault">The fault that the script fired, if any.</param>
/// <param name="Taken">What a person reads there; null where it was not taken.</param>
public sealed record NotificationEntry(DateTimeOffset Time, string Face, int Status, string? Fault, string? Taken);

/// <summary>What the simulated channels were sent.</summary>
public sealed class NotificationLedger
{
    private readonly Lock gate = new();
    private readonly List<NotificationEntry> entries = [];

    public IReadOnlyList<NotificationEntry> Entries
    {
        get
        {
            lock (gate) return [.. entries];
        }
    }

    /// <summary>What a channel took, in order.</summary>
    public IReadOnlyList<string> Taken(string face) => [.. Entries.Where(e => e.Face == face && e.Taken is not null).Select(e => e.Taken!)];

    /// <summary>The statuses of a channel, in order.</summary>
    public IReadOnlyList<int> Statuses(string face) => [.. Entries.Where(e => e.Face == face).Select(e => e.Status)];

    internal void Add(NotificationEntry entry)
    {
        lock (gate) entries.Add(entry);
    }
}
