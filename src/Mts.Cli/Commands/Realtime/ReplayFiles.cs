using Mts.Cli.CommandLine;
using Mts.Cli.Live;
using Mts.Cli.Output;
using Mts.Pipeline.Realtime;

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
        var frames = new RecordedFrames(paths, venue, market, tap);
        frames.Run(cancellationToken);
        Report(session, frames, ledgers);
        return ExitCode.Done;
    }

    private static void Report(Session session, RecordedFrames frames, FeedLedgers ledgers)
    {
        var (recorded, notSelected) = (frames.Recorded, frames.Recorded?.NotSelected ?? 0);
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("inputs", frames.Inputs);
            w.WriteNumber("not_selected", notSelected);
            if (frames.Ours.Sessions > 0) w.WriteNumber("sessions", frames.Ours.Sessions);
            if (frames.Ours.Sessions > 0) w.WriteNumber("missing", frames.Ours.Missing);
            if (frames.Ours.Sessions > 0) w.WriteNumber("skipped", frames.Ours.Skipped);
            JsonParts.WriteTime(w, "first", recorded?.First);
            JsonParts.WriteTime(w, "last", recorded?.Last);
            FeedReport.Write(w, frames.Feeds, ledgers);
            w.WriteEndObject();
        });
        session.Output.Table(FeedReport.Table(frames.Feeds));
        if (frames.Ours.Missing > 0) session.Output.Line($"{Figures.Count(frames.Ours.Missing)} inputs are missing: the disk did not take them.");
        if (frames.Ours.Skipped > 0) session.Output.Line($"{Figures.Count(frames.Ours.Skipped)} inputs at the beginning are skipped: the segment in which their session begins was deleted.");
        session.Output.Line($"{Figures.Count(frames.Inputs)} inputs, {Figures.Count(ledgers.Gaps)} gaps, {Figures.Count(ledgers.Reasons.Values.Sum())} dead letters, {Figures.Count(notSelected)} of another market");
    }
}
