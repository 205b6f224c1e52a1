using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine.Charges;

/// <summary>Takes positions away whose margin has fallen to maintenance: what the bar does not tell is taken to have been the worse.</summary>
/// <remarks>The other positions of the account stand at their opens while one is looked at: the worst of each at once would liquidate hedges that no market did.</remarks>
internal sealed class Liquidations(PerpetualMargin margin, Broker broker, Assumptions assumptions)
{
    /// <summary>A gap comes before the orders of its instant.</summary>
    public void AtOpen(Holding holding, double open, long now)
    {
        if (holding.Quantity != 0 && margin.Covers(holding) && margin.LiquidationPrice(holding) is { } price && IsMet(holding, Scaled.Price(open), price)) Take(holding, open, now);
    }

    /// <summary>Before the target; before the stop where its price comes first.</summary>
    /// <returns>True where the position was taken.</returns>
    public bool Inside(Holding holding, in Bar bar)
    {
        if (holding.Quantity == 0 || !margin.Covers(holding) || margin.LiquidationPrice(holding) is not { } price) return false;
        var isLong = holding.Direction == Direction.Long;
        if (!IsMet(holding, Scaled.Price(isLong ? bar.Low : bar.High), price)) return false;
        if (holding.Origin?.Stop is { } stop && (isLong ? Scaled.Price(stop) > price : Scaled.Price(stop) < price)) return false;
        Take(holding, IsMet(holding, Scaled.Price(bar.Open), price) ? bar.Open : (double)Scaled.ToDecimal(price), bar.OpenTime.Micros);
        return true;
    }

    /// <summary>Where the position is taken; null where no price does it, or it is not on margin.</summary>
    public double? PriceOf(Holding holding) =>
        holding.Quantity != 0 && margin.Covers(holding) && margin.LiquidationPrice(holding) is { } price ? (double)Scaled.ToDecimal(price) : null;

    /// <summary>Takes it.</summary>
    public void Take(Holding holding, double price, long time)
    {
        var side = holding.Direction == Direction.Long ? "long" : "short";
        var isBankrupt = broker.Liquidate(holding, price, time, margin.AtStake(holding), margin.TableOf(holding).LiquidationFeeBps);
        assumptions.Note(holding.Instrument, $"a {side} was liquidated", time);
        if (isBankrupt) assumptions.Note(holding.Instrument, "the margin of a liquidated position did not suffice; what is more was not charged", time);
    }

    private static bool IsMet(Holding holding, long price, long liquidation) => holding.Direction == Direction.Long ? price <= liquidation : price >= liquidation;
}
