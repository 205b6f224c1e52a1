using Mts.Cli.CommandLine;
using Mts.Cli.Live;
using Mts.Cli.Output;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Commands.Realtime;

/// <summary>One run of <c>mts stream</c>: feeds on sockets, a table while it lasts, the accounts at its end.</summary>
internal static class StreamRun
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(Session session, StreamWishes wishes, CancellationToken cancellationToken)
    {
        using var sources = new Sources(session);
        var plan = PlanOf(session, wishes);
        var listed = await MarketChecks.DemandListedAsync(session, sources, plan, cancellationToken);
        var ledgers = new FeedLedgers();
        using var bookFile = wishes.BookJournal is { } path ? File.Create(Path.GetFullPath(path, session.Host.CurrentDirectory)) : null;
        using var books = bookFile is null ? null : new BookJournal(bookFile);
        await using var outlets = new LiveOutlets(session, wishes.Keeps, [ledgers, .. books is null ? Array.Empty<IMarketTap>() : [books]]);
        outlets.Learn(plan, listed);
        var feeds = New();
        using var over = new RunningTime(wishes.Duration, session.Clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        using var written = new CancellationTokenSource();
        var writing = outlets.RunAsync(written.Token);
        var ticking = TickAsync(session, () => feeds, outlets, end.Token);
        while (!await EndedAsync(session, feeds, end.Token))
        {
            outlets.Forget(feeds.Feeds);
            feeds.Dispose();
            feeds = New();
        }

        await ticking;
        var unkept = outlets.Finish(feeds.Feeds);
        await written.CancelAsync();
        await writing;
        Report(session, feeds, ledgers, outlets);
        feeds.Dispose();
        if (unkept is not null)
        {
            session.Output.Note($"error: {unkept}");
            return ExitCode.Failed;
        }

        if (cancellationToken.IsCancellationRequested) return ExitCode.Interrupted;
        return ledgers.Connections.Any(c => c.State == "open") ? ExitCode.Done : throw NoConnection(ledgers);

        LiveFeeds New() => new(session, sources, outlets.Begin(plan), outlets.Journal, outlets.Tap);
    }

    /// <returns>False where the feeds are to begin anew, so that the journal can be played again from there.</returns>
    private static async Task<bool> EndedAsync(Session session, LiveFeeds feeds, CancellationToken cancellationToken)
    {
        try
        {
            await feeds.RunAsync(cancellationToken);
            return true;
        }
        catch (JournalHoleException hole)
        {
            session.Output.Note(hole.Message);
            return cancellationToken.IsCancellationRequested;
        }
    }

    private static StreamPlan PlanOf(Session session, StreamWishes wishes)
    {
        var settings = session.Settings.Realtime;
        return StreamPlans.Of(
            session.Assets,
            wishes.Venues.Count > 0 ? wishes.Venues : settings.Venues,
            wishes.Markets.Count > 0 ? wishes.Markets : settings.MarketList(),
            wishes.Symbols.Count > 0 ? wishes.Symbols : settings.Symbols, wishes.Symbols.Count > 0 ? "--symbols" : "realtime.symbols",
            wishes.Channels.Count > 0 ? wishes.Channels : settings.ChannelList(), settings.Depth, settings.Feed, Environment.ProcessId);
    }

    private static async Task TickAsync(Session session, Func<LiveFeeds> current, LiveOutlets outlets, CancellationToken cancellationToken)
    {
        var table = session.Host.OutIsTerminal && !session.Output.IsJson ? new LiveTable(session.Host) : null;
        using var tick = new PeriodicTimer(TickEvery, session.Clock);
        while (!cancellationToken.IsCancellationRequested)
        {
            var feeds = current();
            feeds.Look(() =>
            {
                var now = Timestamp.Now(session.Clock);
                outlets.Tick(feeds.Feeds, now);
                table?.Draw(feeds.Feeds, now);
            });
            await tick.WaitForNextTickAsync(cancellationToken).AsTask().ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static void Report(Session session, LiveFeeds feeds, FeedLedgers ledgers, LiveOutlets outlets)
    {
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            FeedReport.Write(w, feeds.Feeds, ledgers);
            outlets.Write(w);
            w.WriteEndObject();
        });
        if (!session.Host.OutIsTerminal) session.Output.Table(FeedReport.Table(feeds.Feeds));
        session.Output.Line($"{Figures.Count(feeds.Feeds.SelectMany(f => f.Markets).Sum(m => Enum.GetValues<Channel>().Sum(c => m.Account(c).Received)))} messages, {Figures.Count(ledgers.Gaps)} gaps, {Figures.Count(ledgers.Reasons.Values.Sum())} dead letters, {Figures.Count(outlets.Outlet.Opportunities)} opportunities");
    }

    private static ApiConnectionException NoConnection(FeedLedgers ledgers)
    {
        var last = ledgers.Connections.LastOrDefault();
        var where = last is null ? "" : $"; its address is {Sources.StreamAddressSetting(last.Venue, last.Market)}";
        return new ApiConnectionException(last?.Venue ?? "streams", $"no connection in all this time; the last answer was: {last?.Detail ?? "none"}{where}");
    }
}
