using System.Text.Json;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Storage.Cache;
using Mts.Storage.Cache.Live;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Live;

/// <summary>Where a live session's inputs and outputs go: the raw journal, the cache, and whoever else listens.</summary>
internal sealed class LiveOutlets : IAsyncDisposable
{
    private readonly CacheService cache;
    private readonly MarketCache market;
    private readonly CancellationTokenSource stop = new();
    private readonly Task writing;
    private readonly FeedJournal? journal;

    private LiveOutlets(Session session, IReadOnlyList<IMarketTap> taps, bool keepsJournal)
    {
        journal = keepsJournal ? FeedJournal.Open(session.DataDirectory, new JournalOptions(), session.Clock) : null;
        cache = session.OpenCache();
        market = session.OpenMarketCache(cache, session.Output.Note);
        writing = market.RunAsync(stop.Token);
        Tap = new MarketTaps([.. taps, new CacheTap(market)]);
    }

    public IFeedJournal Journal => (IFeedJournal?)journal ?? new NoJournal();

    /// <summary>Takes what the feeds say.</summary>
    public IMarketTap Tap { get; }

    /// <exception cref="StoreBusyException">Another process writes the journal of this data folder.</exception>
    public static LiveOutlets Open(Session session, IReadOnlyList<IMarketTap> taps, bool keepsJournal) => new(session, taps, keepsJournal);

    /// <summary>The feeds have stopped: what is on its way is written.</summary>
    public async Task FinishAsync(LiveFeeds feeds)
    {
        foreach (var followed in feeds.Feeds.SelectMany(f => f.Markets).Where(m => m.Book.State == BookState.Valid)) CacheTap.Put(market, followed, followed.Book.Updated);
        journal?.Flush();
        await stop.CancelAsync();
        await writing;
    }

    public void Write(Utf8JsonWriter w)
    {
        var state = market.State;
        w.WriteStartObject("cache");
        w.WriteBoolean("healthy", state.IsHealthy);
        w.WriteNumber("written", state.Written);
        w.WriteNumber("conflated", state.Conflated);
        w.WriteNumber("dropped", state.Dropped);
        w.WriteEndObject();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await writing;
        await cache.DisposeAsync();
        journal?.Dispose();
        stop.Dispose();
    }
}
