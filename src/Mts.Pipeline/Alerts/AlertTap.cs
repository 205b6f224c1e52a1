using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Alerts.Observations;
using Mts.Pipeline.Realtime;

namespace Mts.Pipeline.Alerts;

/// <summary>Makes observations for the alert rules of what comes out of the feeds; nothing where no rule looks.</summary>
public sealed class AlertTap(AlertDesk desk) : QuietTap
{
    private const double Bps = 10_000;

    private readonly bool wantsPrices = desk.Wants<PriceSeen>();
    private readonly bool wantsSpreads = desk.Wants<SpreadSeen>();
    private readonly bool wantsFunding = desk.Wants<FundingSeen>();

    private readonly Dictionary<FollowedMarket, Seen> seen = [];

    // A price that was missed and is fetched back is none of now.
    public override void OnTrade(FollowedMarket market, in TradeUpdate trade, bool isLate, Timestamp received)
    {
        if (wantsPrices && !isLate) Of(market).See(desk, market.Scale.PriceToDouble(trade.Price), trade.Time);
    }

    public override void OnBook(FollowedMarket market, Timestamp received)
    {
        if (!wantsSpreads || market.Book.State != BookState.Valid || market.Book.Book is not { Mid: { } mid } book) return;
        var spread = book.Scale.PriceToDouble(book.Asks.BestPrice) - book.Scale.PriceToDouble(book.Bids.BestPrice);
        Of(market).SeeSpread(desk, spread / mid * Bps, received);
    }

    public override void OnMark(FollowedMarket market, in MarkUpdate mark, Timestamp received)
    {
        if (wantsFunding && mark.Rate is { } rate) Of(market).SeeFunding(desk, rate, mark.Time);
    }

    public override void OnBookState(FollowedMarket market, BookState from, string cause, Timestamp now) =>
        desk.See(new BookStateSeen(market.Venue, market.Symbol, market.Book.State, now));

    // A gap is told when it is seen; that it is closed is no news, for the book's state tells.
    public override void OnGap(FollowedMarket market, FeedGap gap)
    {
        // Of a restart only what stays missing in the tables is news, and when that is known.
        if (gap.Cause == "restart")
        {
            if (gap is { End: { } end, Repair: "none", Channel: Channel.Trade or Channel.Bar }) desk.See(MissingOf(gap, end));
            return;
        }

        if (gap.End is not null) return;
        if (gap.Cause == "crossed") desk.See(new CrossedSeen(gap.Venue, gap.Symbol, null, null, gap.Start));
        else desk.See(MissingOf(gap, gap.Start));
    }

    public override void OnDeadLetter(DeadLetter letter) =>
        desk.See(new DeadLetterSeen(letter.Venue, letter.Symbol, letter.Channel is { } channel ? Word(channel) : null, letter.Reason, letter.Received));

    public override void OnConnection(ConnectionNote note)
    {
        ComponentHealth? health = note.State switch
        {
            "open" or "replaced" or "subscribed" or "heard" => ComponentHealth.Up,
            "subscription-refused" => ComponentHealth.Degraded,
            "lost" or "refused" or "subscription-unavailable" or "silent" => ComponentHealth.Down,
            _ => null,
        };
        var component = note.Stream is { } stream ? $"stream/{note.Venue}-{Word(note.Market)}-{stream.Replace(' ', '-')}" : $"connection/{note.Venue}-{Word(note.Market)}-{note.Connection}";
        if (health is { } now) desk.See(new ComponentStateSeen(component, now, $"{note.State}: {note.Detail}", note.Time));
    }

    private static GapSeen MissingOf(FeedGap gap, Timestamp time) => new(gap.Venue, gap.Symbol, Word(gap.Channel), gap.LastId + 1, gap.NextId - 1, gap.Cause, time);

    private Seen Of(FollowedMarket market)
    {
        if (!seen.TryGetValue(market, out var known)) seen[market] = known = new Seen(market);
        return known;
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>What is seen of one market again and again, told with the same objects.</summary>
    private sealed class Seen(FollowedMarket market)
    {
        private readonly PriceSeen price = new(market.Venue, market.Symbol, 0, default);
        private readonly SpreadSeen spread = new(market.Venue, market.Symbol, 0, default);
        private readonly FundingSeen funding = new(market.Venue, market.Symbol, 0, default);

        public void See(AlertDesk desk, double value, Timestamp time)
        {
            (price.Price, price.Time) = (value, time);
            desk.See(price);
        }

        public void SeeSpread(AlertDesk desk, double bps, Timestamp time)
        {
            (spread.SpreadBps, spread.Time) = (bps, time);
            desk.See(spread);
        }

        public void SeeFunding(AlertDesk desk, double rate, Timestamp time)
        {
            (funding.Rate, funding.Time) = (rate, time);
            desk.See(funding);
        }
    }
}
