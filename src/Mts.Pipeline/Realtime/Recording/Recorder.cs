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
/// <param name="options">How much, how often.</param>
/// <param name="sinks">Where it is written to, each on its own: one that fails holds up no feed and is tried again.</param>
/// <param name="clock">Batches, retries, retention.</param>
/// <param name="logger">Told when a sink fails and when it is well again.</param>
public sealed partial class Recorder(RecorderOptions options, IReadOnlyList<IRealtimeSink> sinks, TimeProvider clock, ILogger<Recorder> logger) : QuietTap
{
    private readonly ConcurrentDictionary<FollowedMarket, MarketSampler> samplers = new(ReferenceEqualityComparer.Instance);
    private readonly RecorderQueue queue = new(options);
    private long refused;

    /// <summary>Told when a sink begins to fail and when it is well again, by the writer's thread.</summary>
    public Action<SinkState>? SinkChanged { get; init; }

    public RecorderCounts Counts
    {
        get
        {
            var (taken, conflated, waits) = queue.Counts;
            return new(taken, conflated, Interlocked.Read(ref refused), Interlocked.Read(ref written), waits, Interlocked.Read(ref trimmed));
        }
    }

    public override void OnBook(FollowedMarket market, Timestamp received)
    {
        var sampler = SamplerOf(market);
        if (!sampler.IsBookDue(market, received)) return;
        var book = sampler.Book(market, received);
        queue.Put(book);
        if (book.Bids.Length > 0 && book.Asks.Length > 0) queue.Put(new SpreadRow(book.Venue, book.Symbol, book.Time, received, book.Scale, book.Bids[0], book.Asks[0]));
    }

    public override void OnQuote(FollowedMarket market, in QuoteUpdate quote, Timestamp received)
    {
        // Where there is a book, it gives the spread, and only while it is valid.
        if (market.Book.State != BookState.Empty || !SamplerOf(market).IsQuoteDue(quote, received)) return;
        queue.Put(new SpreadRow(market.Venue, market.Symbol, quote.Time ?? received, received, market.Scale, quote.Bid, quote.Ask));
    }

    public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received) =>
        queue.Put(new StreamBarRow(new SeriesKey(market.Venue, market.Symbol, Interval.Minute), bar, received));

    public override void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received)
    {
        if (!double.IsFinite(mark.Mark) || mark.Rate is { } r && !double.IsFinite(r))
        {
            Interlocked.Increment(ref refused);
            return;
        }

        if (!SamplerOf(market).IsFundingDue(mark)) return;
        queue.Put(new FundingQuoteRow(market.Venue, market.Symbol, mark.Time, mark.Rate!.Value, mark.NextFunding, mark.Mark, mark.Index));
    }

    public override void OnGap(FollowedMarket market, FeedGap gap) => queue.Put(gap);

    public override void OnDeadLetter(DeadLetter letter) => queue.Put(letter);

    /// <summary>A spread between two venues; the newest of a pair is kept when there are more than can be written.</summary>
    public void Record(CrossSpreadRow spread) => queue.Put(spread);

    /// <summary>An opportunity as it stands.</summary>
    public void Record(OpportunityRow opportunity) => queue.Put(opportunity);

    /// <summary>Accounts as they stand, copied by whoever runs the feed: see <see cref="AccountsOf"/>.</summary>
    public void Record(IReadOnlyList<AccountRow> accounts)
    {
        foreach (var account in accounts) queue.Put(account);
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

    private MarketSampler SamplerOf(FollowedMarket market) =>
        samplers.TryGetValue(market, out var sampler) ? sampler : samplers.GetOrAdd(market, static (_, o) => new MarketSampler(o), options);
}
