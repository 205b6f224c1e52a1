using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Recording;

/// <summary>
/// Keeps what the feeds bring: samples of valid books, spreads and funding, closed bars, gaps and dead letters. A feed only copies and goes
/// on; one writer brings it to the sinks. Trades and liquidations are kept by the journal of raw frames only. May be the tap of several feeds at once.
/// </summary>
public sealed class Recorder : QuietTap
{
    private readonly ConcurrentDictionary<FollowedMarket, MarketSampler> samplers = new(ReferenceEqualityComparer.Instance);
    private readonly RecorderOptions options;
    private readonly TimeProvider clock;
    private readonly SinkLane[] lanes;
    private long refused;

    /// <param name="options">How much, how often.</param>
    /// <param name="sinks">Where it is written to; one that fails holds up neither the feeds nor the others, and is tried again.</param>
    /// <param name="clock">Batches, retries, retention.</param>
    /// <param name="logger">Told when a sink fails and when it is well again.</param>
    /// <param name="changed">Likewise, by the writer.</param>
    public Recorder(RecorderOptions options, IReadOnlyList<IRealtimeSink> sinks, TimeProvider clock, ILogger<Recorder> logger, Action<SinkState>? changed = null)
    {
        (this.options, this.clock) = (options, clock);
        lanes = [.. sinks.Select(s => new SinkLane(s, options, logger, changed))];
    }

    public RecorderCounts Counts => new(
        lanes.Sum(l => l.Queue.Counts.Taken), lanes.Sum(l => l.Queue.Counts.Conflated), Interlocked.Read(ref refused),
        lanes.Sum(l => l.Written), lanes.Sum(l => l.Owed), lanes.Sum(l => l.Queue.Counts.Waits), lanes.Sum(l => l.Trimmed));

    /// <summary>Writes until it is cancelled, then once more what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.BatchEvery, clock, cancellationToken);
                Step();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (var lane in lanes) lane.Finish(Timestamp.Now(clock));
        }
    }

    /// <summary>One turn of the writer.</summary>
    internal void Step()
    {
        foreach (var lane in lanes) lane.Step(Timestamp.Now(clock));
    }

    public override void OnBook(FollowedMarket market, Timestamp received)
    {
        var sampler = SamplerOf(market);
        if (!sampler.IsBookDue(market, received)) return;
        var book = sampler.Book(market, received);
        Put(book, static (q, r) => q.Put(r));
        if (book.Bids.Length > 0 && book.Asks.Length > 0) Put(SpreadOf(book), static (q, r) => q.Put(r));
    }

    public override void OnQuote(FollowedMarket market, in QuoteUpdate quote, Timestamp received)
    {
        // Where there is a book, it gives the spread, and only while it is valid.
        if (market.Book.State != BookState.Empty || !SamplerOf(market).IsQuoteDue(quote, received)) return;
        Put(new SpreadRow(market.Venue, market.Symbol, quote.Time ?? received, received, market.Scale, quote.Bid, quote.Ask), static (q, r) => q.Put(r));
    }

    public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received) =>
        Put(new StreamBarRow(new SeriesKey(market.Venue, market.Symbol, Interval.Minute), bar, received), static (q, r) => q.Put(r));

    public override void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received)
    {
        if (!double.IsFinite(mark.Mark) || mark.Rate is { } r && !double.IsFinite(r))
        {
            Interlocked.Increment(ref refused);
            return;
        }

        if (!SamplerOf(market).IsFundingDue(mark)) return;
        Put(new FundingQuoteRow(market.Venue, market.Symbol, mark.Time, mark.Rate!.Value, mark.NextFunding, mark.Mark, mark.Index), static (q, r) => q.Put(r));
    }

    public override void OnGap(FollowedMarket market, FeedGap gap) => Put(gap, static (q, r) => q.Put(r));

    public override void OnDeadLetter(DeadLetter letter) => Put(letter, static (q, r) => q.Put(r));

    /// <summary>A spread between two venues; the newest of a pair is kept when there are more than can be written.</summary>
    public void Record(CrossSpreadRow spread) => Put(spread, static (q, r) => q.Put(r));

    /// <summary>An opportunity as it stands.</summary>
    public void Record(OpportunityRow opportunity) => Put(opportunity, static (q, r) => q.Put(r));

    /// <summary>Accounts as they stand, copied by whoever runs the feed: see <see cref="AccountsOf"/>.</summary>
    public void Record(IReadOnlyList<AccountRow> accounts)
    {
        foreach (var account in accounts) Put(account, static (q, r) => q.Put(r));
    }

    /// <summary>All accounts of a feed; to be called where the feed runs.</summary>
    public static IReadOnlyList<AccountRow> AccountsOf(VenueFeed feed, string session, Timestamp now)
    {
        var rows = new List<AccountRow>();
        foreach (var market in feed.Markets)
        {
            foreach (var channel in Enum.GetValues<Channel>())
            {
                if (market.Account(channel) is { Received: > 0 } account) rows.Add(AccountRow.Of(session, feed.Venue, feed.Market, market.Symbol, channel, 0, account, now));
            }
        }

        rows.AddRange(feed.ConnectionAccounts.Select((account, i) => AccountRow.Of(session, feed.Venue, feed.Market, null, null, i, account, now)));
        return rows;
    }

    private static SpreadRow SpreadOf(BookRow book) => new(book.Venue, book.Symbol, book.Time, book.Received, book.Scale, book.Bids[0], book.Asks[0]);

    private void Put<T>(T row, Action<RecorderQueue, T> put)
    {
        foreach (var lane in lanes) put(lane.Queue, row);
    }

    private MarketSampler SamplerOf(FollowedMarket market) =>
        samplers.TryGetValue(market, out var sampler) ? sampler : Begin(market);

    // A feed that was begun anew follows the same market as another one.
    private MarketSampler Begin(FollowedMarket market)
    {
        foreach (var old in samplers.Keys.Where(m => m.Venue == market.Venue && m.Kind == market.Kind && m.Symbol == market.Symbol)) samplers.TryRemove(old, out _);
        return samplers.GetOrAdd(market, static (_, o) => new MarketSampler(o), options);
    }
}
