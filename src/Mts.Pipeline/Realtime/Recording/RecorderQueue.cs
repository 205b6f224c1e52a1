using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.Realtime.Recording;

/// <summary>
/// What waits to be written. Samples keep the newest of each market, so that their number is bounded by that of the markets; ledgers and bars
/// keep all, and make a feed wait a little when there are too many.
/// </summary>
internal sealed class RecorderQueue(RecorderOptions options)
{
    private readonly object turn = new();
    private readonly Dictionary<(string, Symbol), BookRow> books = [];
    private readonly Dictionary<(string, Symbol), SpreadRow> spreads = [];
    private readonly Dictionary<(string, Symbol), FundingQuoteRow> funding = [];
    private readonly Dictionary<(string, Symbol, string, Symbol), CrossSpreadRow> crossSpreads = [];
    private readonly Dictionary<(string, Symbol, string, Symbol, Timestamp), OpportunityRow> opportunities = [];
    private readonly Dictionary<(string, string, MarketKind, Symbol?, Channel?, int), AccountRow> accounts = [];
    private readonly List<StreamBarRow> bars = [];
    private readonly List<FeedGap> gaps = [];
    private readonly List<DeadLetter> letters = [];
    private long taken;
    private long conflated;
    private long waits;

    public (long Taken, long Conflated, long Waits) Counts
    {
        get
        {
            lock (turn) return (taken, conflated, waits);
        }
    }

    public void Put(BookRow row) => Sample(books, (row.Venue, row.Symbol), row);

    public void Put(SpreadRow row) => Sample(spreads, (row.Venue, row.Symbol), row);

    public void Put(FundingQuoteRow row) => Sample(funding, (row.Venue, row.Symbol), row);

    public void Put(CrossSpreadRow row) => Sample(crossSpreads, (row.BuyVenue, row.BuySymbol, row.SellVenue, row.SellSymbol), row);

    public void Put(OpportunityRow row)
    {
        var best = row.Best;
        Replace(opportunities, (best.BuyVenue, best.BuySymbol, best.SellVenue, best.SellSymbol, row.FirstSeen), row);
    }

    public void Put(AccountRow row) => Replace(accounts, (row.Session, row.Venue, row.Market, row.Symbol, row.Channel, row.Connection), row);

    public void Put(StreamBarRow row) => Keep(bars, row);

    public void Put(FeedGap gap) => Keep(gaps, gap);

    public void Put(DeadLetter letter) => Keep(letters, letter);

    /// <summary>Takes all that waits, in the order of time within each kind.</summary>
    public RealtimeBatch Take()
    {
        lock (turn)
        {
            var batch = new RealtimeBatch
            {
                Books = [.. books.Values], Spreads = [.. spreads.Values], Funding = [.. funding.Values], CrossSpreads = [.. crossSpreads.Values],
                Opportunities = [.. opportunities.Values], Accounts = [.. accounts.Values], Bars = [.. bars], Gaps = [.. gaps], DeadLetters = [.. letters],
            };
            books.Clear();
            spreads.Clear();
            funding.Clear();
            crossSpreads.Clear();
            opportunities.Clear();
            accounts.Clear();
            bars.Clear();
            gaps.Clear();
            letters.Clear();
            Monitor.PulseAll(turn);
            return batch;
        }
    }

    private void Sample<TKey, T>(Dictionary<TKey, T> pending, TKey key, T row)
        where TKey : notnull
    {
        lock (turn)
        {
            taken++;
            if (pending.ContainsKey(key)) conflated++;
            pending[key] = row;
        }
    }

    /// <summary>The newest state of one and the same row: nothing is lost.</summary>
    private void Replace<TKey, T>(Dictionary<TKey, T> pending, TKey key, T row)
        where TKey : notnull
    {
        lock (turn)
        {
            taken++;
            pending[key] = row;
        }
    }

    private void Keep<T>(List<T> pending, T row)
    {
        lock (turn)
        {
            if (bars.Count + gaps.Count + letters.Count >= options.LedgerQueue)
            {
                waits++;
                Monitor.Wait(turn, options.LedgerWait);
            }

            taken++;
            pending.Add(row);
        }
    }
}
