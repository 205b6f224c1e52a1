using Mts.Core.Market;
using Mts.Core.Spreads;

namespace Mts.Pipeline.Spreads;

/// <summary>One direction of a pair: bought here, sold there. Both books are known to be valid and young whenever it is asked to look.</summary>
internal sealed class SpreadLane(PairKind kind, MarketState buy, MarketState sell, DepthLimits depth, SpreadOptions options, LaneParts parts)
{
    private readonly double[] notionals = [.. options.NotionalValues];
    private readonly bool isAcross = buy.Instrument.Venue != sell.Instrument.Venue;

    public OpenOpportunity? Open { get; private set; }

    /// <returns>Why it could not be judged; null where it was.</returns>
    public SpreadRefusal? Look(Timestamp now)
    {
        if ((sell.BestBid - buy.BestAsk) / buy.BestAsk * 100 > options.MaxPercent) return Refuse(SpreadRefusal.Implausible, now);
        if (Terms(now) is not { } terms) return Refuse(SpreadRefusal.FundingUnknown, now);
        if (Executable(terms) is not { } execution) End(OpportunityEnd.Closed, now);
        else See(new Sighting(now, execution));
        return null;
    }

    public void Sample(Timestamp now)
    {
        if (Terms(now) is not { } terms) return;
        var (here, there) = (buy.BookTime, sell.BookTime);
        parts.Listener.OnCrossSpread(new CrossSpread(kind, buy.Instrument, sell.Instrument, now)
        {
            BuyPrice = buy.BestAsk,
            SellPrice = sell.BestBid,
            MidDifference = ((sell.BestBid + sell.BestAsk) / 2) - ((buy.BestBid + buy.BestAsk) / 2),
            Age = Micros(Math.Max(0, now.Micros - Math.Min(here.At, there.At))),
            Skew = Micros(Math.Abs(here.At - there.At)),
            SkewUncertainty = Micros(here.Uncertainty + there.Uncertainty),
            Best = DepthWalk.Best(buy.Asks(depth), sell.Bids(depth), terms, options.MaxNotional, 0),
            ForNotionals = Array.ConvertAll(notionals, n => DepthWalk.For(buy.Asks(depth), sell.Bids(depth), terms, n)),
        });
    }

    public void End(OpportunityEnd why, Timestamp now)
    {
        if (Open is not { } open) return;
        Open = null;
        parts.Listener.OnOpportunityEnded(open.ToRecord(now, why));
    }

    private SpreadRefusal Refuse(SpreadRefusal refusal, Timestamp now)
    {
        End(SpreadPair.EndOf(refusal), now);
        return refusal;
    }

    private Execution? Executable(in TradeTerms terms)
    {
        // Most books are apart by less than what it costs, and need no walk.
        if (terms.NetPerUnit(buy.BestAsk, sell.BestBid) <= 0) return null;
        var best = DepthWalk.Best(buy.Asks(depth), sell.Bids(depth), terms, options.MaxNotional, options.MinPercent / 100);
        return best is { } execution && execution.Notional >= options.MinNotional ? best : null;
    }

    private void See(in Sighting sighting)
    {
        if (Open is { } open)
        {
            open.See(sighting);
            parts.Watcher.OnSighted(open);
            return;
        }

        var id = $"{buy.Instrument}>{sell.Instrument}@{sighting.Time.Micros}#{parts.NextNumber()}".Replace(' ', ':');
        Open = new OpenOpportunity(id, kind, buy.Instrument, sell.Instrument, sighting);
        parts.Listener.OnOpportunityOpened(Open.ToRecord());
        parts.Watcher.OnSighted(Open);
    }

    /// <returns>Null where the funding is not known.</returns>
    private TradeTerms? Terms(Timestamp now)
    {
        var funding = 0.0;
        if (buy.Funding is { } long_)
        {
            if (long_.ForLong(now, buy.Clock, options.Holding) is not { } received) return null;
            funding += received;
        }

        if (sell.Funding is { } short_)
        {
            if (short_.ForLong(now, sell.Clock, options.Holding) is not { } received) return null;
            funding -= received;
        }

        var legs = kind != PairKind.Spot && options.ClosingFees ? 2 : 1;
        return new TradeTerms(
            legs * buy.Fee!.Value, legs * sell.Fee!.Value, funding, isAcross ? options.TransferBps / 10_000 : 0, isAcross ? options.TransferCost : 0);
    }

    private static TimeSpan Micros(long micros) => TimeSpan.FromTicks(micros * 10);
}

/// <summary>What all lanes share.</summary>
internal sealed class LaneParts(ISpreadListener listener, IOpportunityWatcher watcher)
{
    private long number;

    public ISpreadListener Listener { get; } = listener;

    public IOpportunityWatcher Watcher { get; } = watcher;

    public long NextNumber() => ++number;
}
