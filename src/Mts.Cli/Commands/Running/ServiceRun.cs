using Microsoft.Extensions.Logging;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Collection;
using Mts.Cli.Live;
using Mts.Cli.Output;
using Mts.Cli.Schedules;
using Mts.Cli.UserStrategies;
using Mts.Pipeline.Realtime;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Running;

/// <summary>One run of <c>mts run</c>: each part is a component of its own, and the store is one for all of them.</summary>
internal sealed class ServiceRun : IAsyncDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HealthEvery = TimeSpan.FromMinutes(1);

    private readonly Session session;
    private readonly ILogger log;
    private readonly Sources sources;
    private readonly FeedLedgers ledgers = new();
    private readonly StreamedMarket market;
    private readonly LiveOutlets outlets;
    private readonly SqliteStore? ownStore;
    private readonly LiveStrategies? strategies;
    private readonly LiveSignals signals;
    private readonly Components components;
    private readonly ScheduleLedger runs;
    private LiveFeeds? feeds;

    /// <param name="session">Whose settings say what runs.</param>
    /// <param name="available">The strategies there are.</param>
    /// <param name="names">Those that run; empty for none.</param>
    /// <exception cref="ConfigurationException">A setting cannot be; the message names it.</exception>
    /// <exception cref="StoreBusyException">Another process writes the data folder.</exception>
    public ServiceRun(Session session, AvailableStrategies available, IReadOnlyList<string> names)
    {
        this.session = session;
        log = session.Loggers.CreateLogger("Mts.Run");
        strategies = names.Count > 0 ? new LiveStrategies(session, available, names) : null;
        sources = new Sources(session);
        market = new StreamedMarket(sources.Bars, sources.Funding, withTops: false, session.Clock, text => log.LogWarning("{Note}", text));
        outlets = new LiveOutlets(session, new Keeping(), [ledgers, market.Inbox]);
        ownStore = outlets.Store is null ? session.OpenWriter("run") : null;
        signals = new LiveSignals(Store, outlets.Cache, outlets.Alerts, session.Loggers.CreateLogger("Mts.Signals"));
        components = new Components(session.Clock, log, outlets.Alerts.See, session.Output.Note);
        runs = new ScheduleLedger(session.Loggers.CreateLogger("Mts.Schedule"));
    }

    private SqliteStore Store => outlets.Store ?? ownStore!;

    public async Task<int> RunAsync(TimeSpan? duration, CancellationToken cancellationToken)
    {
        var plan = PlanOf(session.Settings.Realtime);
        outlets.Learn(plan, await MarketChecks.DemandListedAsync(session, sources, plan, cancellationToken));
        session.Output.Line($"feeds of {string.Join(", ", plan.Feeds.Select(f => $"{f.Venue} {f.Market}"))}; {strategies?.Words ?? "no strategies"}; Ctrl-C ends");
        await session.Host.Out.FlushAsync(cancellationToken);
        using var over = new RunningTime(duration, session.Clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        using var written = new CancellationTokenSource();
        var writing = components.Start("outlets", outlets.RunAsync, written.Token);
        await Task.WhenAll(StartAll(plan, end.Token));
        var unkept = feeds is null ? null : outlets.Finish(feeds.Feeds);
        await written.CancelAsync();
        await writing;
        Report();
        if (unkept is not null)
        {
            session.Output.Note($"error: {unkept}");
            return ExitCode.Failed;
        }

        return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    public async ValueTask DisposeAsync()
    {
        feeds?.Dispose();
        ownStore?.Dispose();
        await outlets.DisposeAsync();
        sources.Dispose();
    }

    private List<Task> StartAll(StreamPlan plan, CancellationToken end)
    {
        List<Task> all = [components.Start("feeds", stop => FeedAsync(plan, stop), end), components.Start("health", HealthAsync, end)];
        if (strategies is not null) all.Add(components.Start("strategies", stop => strategies.RunAsync(market, Store, signals, stop), end));
        if (Jobs() is { Count: > 0 } jobs) all.Add(components.Start("schedule", stop => new Schedule(session.Clock, runs.Add).RunAsync(jobs, stop), end));
        return all;
    }

    private StreamPlan PlanOf(Configuration.RealtimeSettings settings) => StreamPlans.Of(
        session.Assets, settings.Venues, settings.MarketList(), settings.Symbols, "realtime.symbols", settings.ChannelList(), settings.Depth, settings.Feed, Environment.ProcessId);

    private List<ScheduledJob> Jobs()
    {
        var settings = session.Settings.Schedule;
        var jobs = new CollectionJobs(session, sources, (use, _) => use(Store));
        List<ScheduledJob> wanted = [];
        if (settings.Collect > TimeSpan.Zero) wanted.Add(jobs.Bars(settings.Collect, settings.CollectDays));
        if (settings.CollectMacro > TimeSpan.Zero) wanted.Add(jobs.Macro(settings.CollectMacro, settings.CollectMacroDays, Collections.SeriesOf([])));
        if (settings.Retention > TimeSpan.Zero) wanted.Add(jobs.Retention(settings.Retention));
        return wanted;
    }

    // Begun again after a failure, it is other feeds on the same outlets.
    private async Task FeedAsync(StreamPlan plan, CancellationToken cancellationToken)
    {
        if (feeds is { } failed)
        {
            outlets.Forget(failed.Feeds);
            failed.Dispose();
        }

        var live = feeds = new LiveFeeds(session, sources, outlets.Begin(plan), outlets.Journal, outlets.Tap);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ticking = EveryAsync(TickEvery, () => live.Look(() => outlets.Tick(live.Feeds, Timestamp.Now(session.Clock))), over.Token);
        var running = live.RunAsync(over.Token);
        await Task.WhenAny(running, ticking);
        await over.CancelAsync();
        await Task.WhenAll(running, ticking);
    }

    private Task HealthAsync(CancellationToken cancellationToken)
    {
        var health = new LiveHealth(Timestamp.Now(session.Clock));
        return EveryAsync(HealthEvery, () => feeds?.Look(() => log.LogInformation("{Health}", health.Line(feeds.Feeds, Timestamp.Now(session.Clock)))), cancellationToken);
    }

    private async Task EveryAsync(TimeSpan span, Action work, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(span, session.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return;
            work();
        }
    }

    private void Report()
    {
        var followed = feeds?.Feeds ?? [];
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            components.Write(w);
            FeedReport.Write(w, followed, ledgers);
            outlets.Write(w);
            ServiceReport.Write(w, signals);
            w.WriteStartObject("schedule");
            runs.Write(w);
            w.WriteEndObject();
            w.WriteEndObject();
        });
        session.Output.Table(components.Table());
        session.Output.Table(FeedReport.Table(followed));
        if (runs.Counts.Count > 0) session.Output.Table(runs.Table());
        session.Output.Line($"{Figures.Count(signals.Count)} signals of strategies, {Figures.Count(ledgers.Gaps)} gaps, {Figures.Count(outlets.Outlet.Opportunities)} opportunities");
        session.Metrics.Add("signals", signals.Count);
        session.Metrics.Add("gaps", ledgers.Gaps);
    }
}
