using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Live;

/// <summary>
/// Remembers over restarts how far each stream has been followed. A session is told at its start where the earlier ones ended, as part of its plan and so of its
/// journal; it opens a gap for each stream that it goes on with. Where the raw journal goes on behind what was noted last, the journal tells.
/// </summary>
internal sealed class FollowedStreams
{
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(1);
    // Bars that were not written yet when a process was killed are no older.
    private static readonly TimeSpan Unwritten = TimeSpan.FromHours(1);

    private readonly string? dataDir;
    private readonly FeedJournal? journal;
    private readonly Action<string?> changed;
    private readonly long journalled;
    private readonly Dictionary<(string, Symbol, Channel), StreamPosition> known = [];
    private StreamPlan? plan;
    private Timestamp lookedAt = Timestamp.MinValue;
    private PositionFile? noted;
    private bool isFailing;

    /// <param name="dataDir">The data folder; null where nothing is kept of this session.</param>
    /// <param name="journal">Null where this session keeps none.</param>
    /// <param name="bars">Reads stored bars; null where this session stores none.</param>
    /// <param name="note">Takes for people what could not be read.</param>
    /// <param name="changed">Told why the file cannot be written any more, and null when it can again.</param>
    public FollowedStreams(string? dataDir, FeedJournal? journal, Func<SeriesKey, Timestamp, Timestamp, BarSeries>? bars, Action<string> note, Action<string?> changed)
    {
        (this.dataDir, this.journal, this.changed) = (dataDir, journal, changed);
        if (dataDir is null) return;
        var (positions, end) = Read(dataDir, note);
        journalled = end;
        foreach (var position in positions) known[position.Key] = bars is null ? position : AsStored(position, bars);
    }

    /// <summary>A session follows this plan from now on.</summary>
    /// <returns>The plan with the positions of its streams.</returns>
    public StreamPlan Begin(StreamPlan next)
    {
        plan = next with { Resumed = [] };
        var followed = next.Feeds.SelectMany(f => f.Symbols.SelectMany(s => f.Channels.Select(c => (f.Venue, Symbol.Parse(s), Enum.Parse<Channel>(c, ignoreCase: true)))));
        return next with { Resumed = [.. followed.Where(known.ContainsKey).Select(k => PositionEntry.Of(known[k]))] };
    }

    /// <summary>Notes how far the feeds have come; while they stand still.</summary>
    /// <param name="feeds">Those of the plan.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="isDue">False leaves it where it was done lately.</param>
    public void Look(IReadOnlyList<VenueFeed> feeds, Timestamp now, bool isDue = false)
    {
        if (!isDue && (now - lookedAt).Duration() < NoteEvery) return;
        lookedAt = now;
        foreach (var position in feeds.SelectMany(f => f.Positions)) known[position.Key] = position;
        Volatile.Write(ref noted, new PositionFile { Journalled = journal?.Appended ?? journalled, Plan = plan, Streams = [.. known.Values.Select(PositionEntry.Of)] });
    }

    /// <summary>Writes what was noted, until it is cancelled, and then what was noted last.</summary>
    public async Task RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        PositionFile? waiting = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(NoteEvery, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            waiting = cancellationToken.IsCancellationRequested ? Volatile.Read(ref noted) ?? waiting : waiting ?? Interlocked.Exchange(ref noted, null);
            if (waiting is not null && dataDir is not null && TryWrite(waiting, dataDir)) waiting = null;
        }
    }

    // Not before the inputs behind it are on the disk: else it would know of what is lost.
    private bool TryWrite(PositionFile file, string dataDir)
    {
        if (journal is not null && journal.Durable < file.Journalled) return false;
        try
        {
            file.Write(dataDir);
            Tell(null);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StorageException)
        {
            Tell($"{PositionFile.PathOf(dataDir)} cannot be written, so that the next session reads from the journal what came since: {failure.Message.TrimEnd('.')}. Free space or mend the disk; it is tried again.");
            return false;
        }
    }

    private void Tell(string? problem)
    {
        if (isFailing == problem is not null) return;
        isFailing = problem is not null;
        changed(problem);
    }

    private (IReadOnlyList<StreamPosition> Positions, long End) Read(string dataDir, Action<string> note)
    {
        PositionTail? tail = null;
        IReadOnlyList<StreamPosition> positions = [];
        var end = 0L;
        try
        {
            if (PositionFile.Read(dataDir) is not { } file) return ([], journal?.Appended ?? 0);
            (positions, end) = (file.Positions(), file.Journalled);
            tail = file.Plan?.Tail(positions);
            var folder = FeedJournal.FolderOf(dataDir);
            if (!Directory.Exists(folder)) return (positions, 0);
            // Of a journal that was begun anew since then, all came later.
            using var reader = JournalReader.Open(folder, journal?.Appended < end ? 0 : end + 1);
            while (reader.TryRead(out var input, out var bytes))
            {
                end = reader.Sequence;
                if (input is { Kind: FeedInputKind.Started, Feed: 0 })
                {
                    positions = tail?.Positions() ?? positions;
                    tail = StreamPlan.Read(bytes).Tail(positions);
                }
                else
                {
                    tail?.Take(input, bytes);
                }
            }
        }
        catch (StorageException damaged)
        {
            note($"warning: how far the streams were followed is known in part only, and so are the gaps of this restart: {damaged.Message}");
        }

        return (tail?.Positions() ?? positions, end);
    }

    /// <summary>A bar that the journal has and the table lacks is fetched again.</summary>
    private static StreamPosition AsStored(StreamPosition position, Func<SeriesKey, Timestamp, Timestamp, BarSeries> bars)
    {
        if (position is not { Channel: Channel.Bar, LastId: { } last }) return position;
        var stored = bars(new SeriesKey(position.Venue, position.Symbol, Interval.Minute), Timestamp.FromUnixMilliseconds(last) - Unwritten, Timestamp.FromUnixMilliseconds(last + 1));
        return stored.Length > 0 ? position with { LastId = new Timestamp(stored.OpenTimes[^1]).UnixMilliseconds } : position;
    }
}
