using System.Text.Json;
using Microsoft.Extensions.Logging;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Alerts.Observations;
using Mts.Pipeline.Realtime;
using Mts.Pipeline.Realtime.Recording;
using Mts.Pipeline.Spreads;
using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;
using Mts.Storage.Files.Journal;
using Mts.Storage.Files.Realtime;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Live;

/// <summary>Where a live session's inputs and outputs go: the raw journal, tables and files, the cache, the analysis and the alerts.</summary>
internal sealed class LiveOutlets : IAsyncDisposable
{
    private readonly Session session;
    private readonly string id;
    private readonly CacheService cache;
    private readonly MarketCache market;
    private readonly Alerting alerting;
    private readonly SqliteStore? store;
    private readonly RealtimeFiles? files;
    private readonly FeedJournal? journal;
    private readonly JournalHealth health;
    private readonly FollowedStreams positions;
    private readonly ConnectionEntries connections;
    private readonly Dictionary<(string Venue, Symbol Symbol), TimeSpan> fundingIntervals = [];

    /// <param name="session">Settings, clock and log.</param>
    /// <param name="keep">What is kept of this session.</param>
    /// <param name="taps">Whoever else listens.</param>
    /// <exception cref="ConfigurationException">A channel of the alerts has no credential; the message names the setting.</exception>
    /// <exception cref="StoreBusyException">Another process writes the data folder.</exception>
    public LiveOutlets(Session session, Keeping keep, IReadOnlyList<IMarketTap> taps)
    {
        this.session = session;
        var settings = session.Settings.Realtime;
        id = Timestamp.Now(session.Clock).ToString();
        alerting = Alerting.Open(session);
        store = keep.Store && settings.Recording.Sqlite ? session.OpenWriter("stream") : null;
        store?.EndGaps(Timestamp.Now(session.Clock));
        files = keep.Store && settings.Recording.Csv ? new RealtimeFiles(session.DataDirectory, session.Clock) : null;
        journal = keep.Journal && settings.Journal.Enabled ? FeedJournal.Open(session.DataDirectory, settings.Journal.ToOptions(), session.Clock) : null;
        if (journal?.Recovery is { CutBytes: > 0 } recovery) session.Output.Note($"the journal ended in the middle of a record; {recovery.CutBytes} bytes were cut off.");
        Journal = (IFeedJournal?)journal ?? new NoJournal();
        health = new JournalHealth(Journal, alerting.Desk, session.Output.Note);
        cache = session.OpenCache();
        market = session.OpenMarketCache(cache, TellOfCache);
        var sinks = new IRealtimeSink?[] { store, files }.OfType<IRealtimeSink>().ToList();
        Recorder = sinks.Count > 0 ? new Recorder(settings.Recording.ToOptions(), sinks, session.Clock, session.Loggers.CreateLogger<Recorder>(), TellOfSink) : null;
        Outlet = new AnalysisOutlet(session.Assets, Recorder is null ? null : new SpreadRecorder(Recorder), alerting.Desk, market, session.Loggers.CreateLogger("Mts.Signals"), Timestamp.Now(session.Clock));
        Analysis = new MarketAnalysis(session.Settings.Spreads, Outlet, Outlet, (venue, symbol) => fundingIntervals.TryGetValue((venue, symbol), out var interval) ? interval : null);
        connections = new ConnectionEntries(market);
        IReadOnlyList<IMarketTap> all = [.. taps, new CacheTap(market, Analysis.FundingIntervalOf), connections, new StreamTroubles(session.Loggers.CreateLogger("Mts.Realtime")), .. Recorder is null ? Array.Empty<IMarketTap>() : [Recorder], Analysis, new AlertTap(alerting.Desk)];
        Tap = new MarketTaps(all);
        positions = new FollowedStreams(journal is null && sinks.Count == 0 ? null : session.DataDirectory, journal, store is null ? null : store.ReadBars, session.Output.Note, TellOfPositions);
    }

    public IFeedJournal Journal { get; }

    /// <summary>Takes what the feeds say.</summary>
    public IMarketTap Tap { get; }

    public MarketAnalysis Analysis { get; }

    public AnalysisOutlet Outlet { get; }

    public Recorder? Recorder { get; }

    /// <summary>Takes what other parts of a session see.</summary>
    public AlertDesk Alerts => alerting.Desk;

    public MarketCache Cache => market;

    /// <summary>The store, where this session writes it.</summary>
    public SqliteStore? Store => store;

    /// <summary>Before the feeds begin.</summary>
    /// <param name="plan">What is followed.</param>
    /// <param name="listed">What the venues told of it.</param>
    public void Learn(StreamPlan plan, IReadOnlyList<Instrument> listed)
    {
        var followed = plan.Feeds.SelectMany(f => f.Symbols.Select(s => (f.Venue, Symbol.Parse(s)))).ToList();
        foreach (var rule in alerting.Desk.Unheard(followed)) session.Output.Note($"{rule}, which this session does not follow: the rule will be silent.");
        foreach (var instrument in listed)
        {
            if (instrument.FundingInterval is { } interval) fundingIntervals[(instrument.Venue, instrument.Symbol)] = interval;
        }
    }

    /// <summary>Feeds of this plan are about to begin.</summary>
    /// <returns>The plan with what is known of its streams from before.</returns>
    public StreamPlan Begin(StreamPlan plan) => positions.Begin(plan);

    /// <summary>Writes until it is cancelled, then what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(market.RunAsync(cancellationToken), alerting.Desk.RunAsync(cancellationToken), Recorder?.RunAsync(cancellationToken) ?? Task.CompletedTask, positions.RunAsync(session.Clock, cancellationToken));
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (all.Exception is { } failed) throw failed;
    }

    /// <summary>What is to be done some times a second, while the feeds stand still.</summary>
    public void Tick(IReadOnlyList<VenueFeed> feeds, Timestamp now)
    {
        Analysis.OnTime(now);
        if (alerting.Desk.Wants<OpportunitySeen>()) Outlet.Look(Analysis.Open);
        health.Look(now);
        connections.Look(feeds, now);
        positions.Look(feeds, now);
        foreach (var valid in feeds.SelectMany(f => f.Markets).Where(m => m.Book.State == BookState.Valid)) CacheTap.PutDue(market, valid);
        if (Recorder is null) return;
        foreach (var feed in feeds) Recorder.Record(Recorder.AccountsOf(feed, id, now));
    }

    /// <summary>These feeds are given up for others, which go on behind them.</summary>
    public void Forget(IReadOnlyList<VenueFeed> feeds)
    {
        var now = Timestamp.Now(session.Clock);
        positions.Look(feeds, now, isDue: true);
        foreach (var feed in feeds) feed.Abandon(now);
        Analysis.Forget(now);
    }

    /// <summary>The feeds have stopped.</summary>
    /// <returns>What the disk of the journal has not taken until the end, in words; null where it has taken all.</returns>
    public string? Finish(IReadOnlyList<VenueFeed> feeds)
    {
        var now = Timestamp.Now(session.Clock);
        positions.Look(feeds, now, isDue: true);
        foreach (var feed in feeds) feed.Finish(now);
        Analysis.Finish(now);
        Tick(feeds, now);
        CacheTap.End(market, feeds.SelectMany(f => f.Markets), now);
        connections.Close(feeds, now);
        if (journal is null || journal.TryFlush()) return null;
        return $"the disk of the journal took nothing until the end: {journal.Appended - journal.Durable} inputs that were held in memory are not in it.";
    }

    public void Write(Utf8JsonWriter w)
    {
        w.WriteNumber("journalled", Journal.Appended);
        w.WriteNumber("durable", Journal.Durable);
        w.WriteNumber("not_journalled", Journal.Lost);
        if (Recorder?.Counts is { } recorded)
        {
            w.WriteStartObject("recorded");
            w.WriteNumber("written", recorded.Written);
            w.WriteNumber("conflated", recorded.Conflated);
            w.WriteNumber("refused", recorded.Refused);
            w.WriteNumber("not_written", recorded.Owed);
            w.WriteEndObject();
        }

        var state = market.State;
        w.WriteStartObject("cache");
        w.WriteBoolean("healthy", state.IsHealthy);
        w.WriteNumber("written", state.Written);
        w.WriteNumber("conflated", state.Conflated);
        w.WriteNumber("dropped", state.Dropped);
        w.WriteEndObject();
        w.WriteStartObject("spreads");
        w.WriteNumber("opportunities", Outlet.Opportunities);
        w.WriteNumber("signals", Outlet.Signals);
        w.WriteStartArray("last");
        foreach (var o in Outlet.Ended)
        {
            w.WriteStartObject();
            w.WriteString("kind", o.Kind.ToString());
            w.WriteString("buy", o.Buy.ToString());
            w.WriteString("sell", o.Sell.ToString());
            w.WriteString("first", o.First.Time.ToString());
            w.WriteString("ended", o.Ended?.ToString());
            w.WriteNumber("best_net", o.Best.Execution.Net);
            w.WriteNumber("best_net_percent", o.Best.Execution.NetPercent);
            w.WriteString("end", o.End?.ToString());
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("last_signals");
        foreach (var signal in Outlet.Recent) Write(w, signal);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, RealtimeSignal signal)
    {
        w.WriteStartObject();
        w.WriteString("time", signal.Time.ToString());
        w.WriteString("kind", signal.Kind.ToString());
        w.WriteString("market", signal.Instrument.ToString());
        w.WriteString("sold_at", signal.Other?.ToString());
        w.WriteString("strength", signal.Strength.ToString());
        w.WriteNumber("confidence", signal.Confidence);
        w.WriteNumber("percent", signal.Percent);
        w.WriteNumber("price", signal.Price);
        w.WriteString("expires", signal.Expires.ToString());
        w.WriteString("reason", signal.Reason);
        w.WriteEndObject();
    }

    public async ValueTask DisposeAsync()
    {
        journal?.Dispose();
        await cache.DisposeAsync();
        files?.Dispose();
        store?.Dispose();
        alerting.Dispose();
    }

    private void TellOfSink(SinkState sink) =>
        alerting.Desk.See(new ComponentStateSeen($"disk/{sink.Sink}", sink.IsFailing ? ComponentHealth.Down : ComponentHealth.Up, sink.IsFailing ? sink.Detail : $"{sink.Sink} is written again.", sink.Since));

    private void TellOfPositions(string? problem)
    {
        var words = problem ?? "positions.json is written again.";
        session.Output.Note(problem is null ? words : $"error: {words}");
        alerting.Desk.See(new ComponentStateSeen("disk/positions", problem is null ? ComponentHealth.Up : ComponentHealth.Down, words, Timestamp.Now(session.Clock)));
    }

    private void TellOfCache(string note)
    {
        session.Output.Note(note);
        alerting.Desk.See(new ComponentStateSeen($"cache/{session.Settings.Cache.Kind}", market.State.IsHealthy ? ComponentHealth.Up : ComponentHealth.Down, note, Timestamp.Now(session.Clock)));
    }
}

/// <summary>What a live session keeps, where the settings do not forbid it.</summary>
/// <param name="Journal">Every raw frame.</param>
/// <param name="Store">Tables and files of books, spreads, funding, bars and ledgers.</param>
internal sealed record Keeping(bool Journal = true, bool Store = true);
