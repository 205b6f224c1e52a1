using System.Threading.Channels;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>
/// Hands over what the feeds say to whoever trades on it, without ever holding them up: minutes wait, of books and marks the newest stays. When
/// too many minutes wait, the newest are left out; who reads finds them missing and fetches them.
/// </summary>
internal sealed class MarketInbox : QuietTap
{
    private const int MostMinutes = 10_000;

    private readonly Lock sync = new();
    private readonly Channel<bool> wake = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<(string Venue, MarketKind Kind, string Compact), int> numbers = [];
    private readonly List<LiveBar> minutes = [];
    private LiveTop?[] tops = [];
    private MarkUpdate?[] marks = [];
    private bool wantsTops;

    /// <summary>Begins to listen; what came before is forgotten.</summary>
    public void Follow(IReadOnlyList<LiveSeries> series, bool withTops)
    {
        lock (sync)
        {
            numbers.Clear();
            minutes.Clear();
            (tops, marks, wantsTops) = (new LiveTop?[series.Count], new MarkUpdate?[series.Count], withTops);
            for (var i = 0; i < series.Count; i++)
            {
                var key = series[i].Key;
                numbers[(key.Venue, key.Symbol.IsPerpetual ? MarketKind.Perpetual : MarketKind.Spot, key.Symbol.Compact)] = i;
            }
        }
    }

    public override void OnBar(FollowedMarket market, in Bar bar, bool isLate, Timestamp received)
    {
        lock (sync)
        {
            if (NumberOf(market) is not { } series || minutes.Count == MostMinutes) return;
            minutes.Add(new LiveBar(received, series, bar, isLate));
        }

        Wake();
    }

    public override void OnBook(FollowedMarket market, Timestamp received) => Keep(market, received);

    public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now)
    {
        Keep(market, now);
        Wake();
    }

    public override void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received)
    {
        lock (sync)
        {
            if (NumberOf(market) is { } series) marks[series] = mark;
        }
    }

    /// <summary>Makes the reader look.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>The feeds have ended; the reader is told why when it next waits.</summary>
    public void Fail(Exception failure) => wake.Writer.TryComplete(failure);

    /// <summary>Until there is something to look at.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (await wake.Reader.WaitToReadAsync(cancellationToken)) wake.Reader.TryRead(out _);
    }

    /// <summary>All minutes that wait, in the order they came.</summary>
    public IReadOnlyList<LiveBar> TakeMinutes()
    {
        lock (sync)
        {
            LiveBar[] taken = [.. minutes];
            minutes.Clear();
            return taken;
        }
    }

    /// <summary>The newest best prices of a series, once; null where none came since.</summary>
    public LiveTop? TakeTop(int series)
    {
        lock (sync)
        {
            var taken = tops[series];
            tops[series] = null;
            return taken;
        }
    }

    /// <summary>What was last said of a perpetual's funding; null before.</summary>
    public MarkUpdate? Mark(int series)
    {
        lock (sync) return marks[series];
    }

    private void Keep(FollowedMarket market, Timestamp received)
    {
        lock (sync)
        {
            if (!wantsTops || NumberOf(market) is not { } series) return;
            var book = market.Book.Book;
            tops[series] = market.Book.State == BookState.Valid
                ? new LiveTop(received, series, First(book.Bids, book.Scale), First(book.Asks, book.Scale), IsValid: true)
                : new LiveTop(received, series, null, null, IsValid: false);
        }
    }

    private int? NumberOf(FollowedMarket market) => numbers.TryGetValue((market.Venue, market.Kind, market.Symbol.Compact), out var number) ? number : null;

    private static BookLevel? First(BookSide side, NumberScale scale) => side.Count > 0 ? new BookLevel(scale.Price(side.BestPrice), scale.Size(side.BestSize)) : null;
}
