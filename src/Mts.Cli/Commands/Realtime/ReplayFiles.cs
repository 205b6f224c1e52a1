using Mts.Cli.CommandLine;
using Mts.Cli.Live;
using Mts.Cli.Output;
using Mts.Pipeline.Realtime;
using Mts.Storage.Files.Recordings;

namespace Mts.Cli.Commands.Realtime;

/// <summary><c>mts replay FILE…</c>: recorded frames through the live code; prints accounts, books and their fingerprints.</summary>
internal static class ReplayFiles
{
    /// <param name="session">Where the result goes.</param>
    /// <param name="files">Recordings, or journals of our own.</param>
    /// <param name="venue">Whose; a journal of ours knows it itself.</param>
    /// <param name="market"><c>spot</c> or <c>perp</c>.</param>
    /// <param name="bookJournal">A file for the book journal; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static int Run(Session session, IReadOnlyList<string> files, string? venue, string? market, string? bookJournal, CancellationToken cancellationToken)
    {
        var paths = files.Select(f => Path.GetFullPath(f, session.Host.CurrentDirectory)).ToList();
        var ledgers = new FeedLedgers();
        using var journalFile = bookJournal is null ? null : File.Create(Path.GetFullPath(bookJournal, session.Host.CurrentDirectory));
        using var journal = journalFile is null ? null : new BookJournal(journalFile);
        var tap = new MarketTaps([ledgers, .. journal is null ? Array.Empty<IMarketTap>() : [journal]]);
        var ours = new JournalledSession(tap);
        RecordedSession? recorded = null;
        var inputs = 0L;
        using var reader = new RecordingReader(paths);
        while (reader.TryRead(out var input))
        {
            if ((++inputs & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (input.Input is { } own) ours.Take(own, input.Bytes.Span);
            else (recorded ??= Recorded(paths, venue, market, tap)).Take(input);
        }

        var feeds = recorded is null ? ours.Feeds : [recorded.Feed, .. ours.Feeds];
        Report(session, feeds, ledgers, inputs, recorded, ours);
        return ExitCode.Done;
    }

    private static RecordedSession Recorded(IReadOnlyList<string> paths, string? venue, string? market, IMarketTap tap) => venue is null || market is null
        ? throw new ConfigurationException("a recording does not say whose it is: give --venue binance or bybit, and --market spot or perp.")
        : new RecordedSession(venue, VenueProtocols.Market(market), paths, tap);

    private static void Report(Session session, IReadOnlyList<VenueFeed> feeds, FeedLedgers ledgers, long inputs, RecordedSession? recorded, JournalledSession ours)
    {
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("inputs", inputs);
            w.WriteNumber("not_selected", recorded?.NotSelected ?? 0);
            if (ours.Sessions > 0) w.WriteNumber("sessions", ours.Sessions);
            if (ours.Sessions > 0) w.WriteNumber("missing", ours.Missing);
            JsonParts.WriteTime(w, "first", recorded?.First);
            JsonParts.WriteTime(w, "last", recorded?.Last);
            FeedReport.Write(w, feeds, ledgers);
            w.WriteEndObject();
        });
        session.Output.Table(FeedReport.Table(feeds));
        if (ours.Missing > 0) session.Output.Line($"{Figures.Count(ours.Missing)} inputs are missing: the disk did not take them.");
        session.Output.Line($"{Figures.Count(inputs)} inputs, {Figures.Count(ledgers.Gaps)} gaps, {Figures.Count(ledgers.Reasons.Values.Sum())} dead letters, {Figures.Count(recorded?.NotSelected ?? 0)} of another market");
    }
}
