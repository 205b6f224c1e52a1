using Mts.Cli.CommandLine;
using Mts.Cli.Live;
using Mts.Cli.Output;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Commands.Realtime;

/// <summary>One run of <c>mts stream</c>: feeds on sockets, a table while it lasts, the accounts at its end.</summary>
internal static class StreamRun
{
    private static readonly TimeSpan DrawEvery = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(Session session, StreamWishes wishes, CancellationToken cancellationToken)
    {
        using var sources = new Sources(session);
        var plan = PlanOf(session, wishes);
        await MarketChecks.DemandListedAsync(session, sources, plan, cancellationToken);
        var ledgers = new FeedLedgers();
        using var bookFile = wishes.BookJournal is { } path ? File.Create(Path.GetFullPath(path, session.Host.CurrentDirectory)) : null;
        using var books = bookFile is null ? null : new BookJournal(bookFile);
        await using var outlets = LiveOutlets.Open(session, [ledgers, .. books is null ? Array.Empty<IMarketTap>() : [books]], wishes.KeepsJournal);
        using var feeds = new LiveFeeds(session, sources, plan, outlets.Journal, outlets.Tap);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (wishes.Duration is { } duration) end.CancelAfter(duration);
        var drawing = DrawAsync(session, feeds, end.Token);
        await feeds.RunAsync(end.Token);
        await drawing;
        await outlets.FinishAsync(feeds);
        Report(session, feeds, ledgers, outlets);
        if (cancellationToken.IsCancellationRequested) return ExitCode.Interrupted;
        return ledgers.Connections.Any(c => c.State == "open") ? ExitCode.Done : throw NoConnection(ledgers);
    }

    private static SessionPlan PlanOf(Session session, StreamWishes wishes) => SessionPlans.Of(
        session.Assets,
        wishes.Venues.Count > 0 ? wishes.Venues : VenueProtocols.Venues,
        wishes.Markets.Count > 0 ? wishes.Markets : [MarketKind.Spot, MarketKind.Perpetual],
        wishes.Symbols.Count > 0 ? wishes.Symbols : ["BTC", "ETH"],
        wishes.Channels.Count > 0 ? wishes.Channels : Enum.GetValues<Channel>(), 50, new FeedOptions(), Environment.ProcessId);

    private static async Task DrawAsync(Session session, LiveFeeds feeds, CancellationToken cancellationToken)
    {
        if (!session.Host.OutIsTerminal || session.Output.IsJson) return;
        var table = new LiveTable(session.Host);
        using var tick = new PeriodicTimer(DrawEvery, session.Clock);
        while (!cancellationToken.IsCancellationRequested)
        {
            feeds.Look(() => table.Draw(feeds.Feeds, Timestamp.Now(session.Clock)));
            await tick.WaitForNextTickAsync(cancellationToken).AsTask().ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static void Report(Session session, LiveFeeds feeds, FeedLedgers ledgers, LiveOutlets outlets)
    {
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("journalled", outlets.Journal.Appended);
            w.WriteNumber("durable", outlets.Journal.Durable);
            FeedReport.Write(w, feeds.Feeds, ledgers);
            outlets.Write(w);
            w.WriteEndObject();
        });
        if (!session.Host.OutIsTerminal) session.Output.Table(FeedReport.Table(feeds.Feeds));
        session.Output.Line($"{Figures.Count(feeds.Feeds.SelectMany(f => f.Markets).Sum(m => Enum.GetValues<Channel>().Sum(c => m.Account(c).Received)))} messages, {Figures.Count(ledgers.Gaps)} gaps, {Figures.Count(ledgers.Reasons.Values.Sum())} dead letters");
    }

    private static ApiConnectionException NoConnection(FeedLedgers ledgers)
    {
        var last = ledgers.Connections.LastOrDefault();
        return new ApiConnectionException(last?.Venue ?? "streams", $"no connection in all this time; the last answer was: {last?.Detail ?? "none"}");
    }
}
