using Mts.Pipeline.Realtime;
using Mts.Storage.Files.Recordings;

namespace Mts.Cli.Live;

/// <summary>Puts recorded frames, or journals of our own, through the code that follows venues live.</summary>
/// <param name="paths">Files and folders; several are one stream.</param>
/// <param name="venue">Whose; a journal of ours knows it itself.</param>
/// <param name="market"><c>spot</c> or <c>perp</c>.</param>
/// <param name="tap">Takes what comes out.</param>
internal sealed class RecordedFrames(IReadOnlyList<string> paths, string? venue, string? market, IMarketTap tap)
{
    public JournalledSession Ours { get; } = new(tap);

    /// <summary>Null where there were journals of ours only.</summary>
    public RecordedSession? Recorded { get; private set; }

    public long Inputs { get; private set; }

    public IReadOnlyList<VenueFeed> Feeds => Recorded is null ? Ours.Feeds : [Recorded.Feed, .. Ours.Feeds];

    /// <exception cref="ConfigurationException">A recording of others, and nobody said of which market.</exception>
    /// <exception cref="DataValidationException">A file is missing, or not what it should be.</exception>
    /// <exception cref="StorageException">A journal of ours in which no session begins.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        using var reader = new RecordingReader(paths);
        while (reader.TryRead(out var input))
        {
            if ((++Inputs & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (input.Input is { } own) Ours.Take(own, input.Bytes.Span);
            else (Recorded ??= Others()).Take(input);
        }

        if (Ours is { Sessions: 0, Skipped: > 0 })
            throw new StorageException("no session begins in this journal: the segment with its beginning was deleted; keep more of it by realtime.journal.keep and realtime.journal.megabytes.");
    }

    private RecordedSession Others() => venue is null || market is null
        ? throw new ConfigurationException("a recording does not say whose it is: give --venue binance or bybit, and --market spot or perp.")
        : new RecordedSession(venue, VenueProtocols.Market(market), paths, tap);
}
