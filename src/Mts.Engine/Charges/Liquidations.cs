using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;
using Mts.Engine.Execution;

namespace Mts.Engine.Charges;

/// <summary>Takes positions away whose margin has fallen to maintenance: what the bar does not tell is taken to have been the worse.</summary>
/// <remarks>
/// The other positions of the account stand at their opens while one is looked at: the worst of each at once would liquidate hedges that no market did. A position
/// of a higher tier is reduced to the tier below, and again where that does not suffice; in the first tier it is taken whole (Bybit, Liquidation Process; Binance, Liquidation Protocols).
/// </remarks>
/// <param name="margin">Of the run.</param>
/// <param name="broker">Takes the orders.</param>
/// <param name="assumptions">Takes what happened.</param>
/// <param name="marks">Where there are any, they decide.</param>
internal sealed class Liquidations(PerpetualMargin margin, Broker broker, Assumptions assumptions, MarkPrices marks)
{
    /// <summary>The instant at which positions are looked at from now on.</summary>
    public void Begin(long now) => margin.Now = now;

    /// <summary>A gap comes before the orders of its instant.</summary>
    public void AtOpen(Holding holding, in Bar bar)
    {
        if (holding.Quantity == 0 || !margin.Covers(holding) || margin.LiquidationPrice(holding) is not { } price) return;
        var mark = Scaled.Price(marks.Beside(holding.Instrument, bar).Open);
        if (IsMet(holding, mark, price)) Take(holding, bar.Open, mark, bar.OpenTime.Micros);
    }

    /// <summary>Before the target, unless the bar opens beyond that; before the stop where its price comes first.</summary>
    /// <returns>True where nothing is left of the position.</returns>
    public bool Inside(Holding holding, in Bar bar)
    {
        if (!margin.Covers(holding)) return false;
        var (mark, isLong) = (marks.Beside(holding.Instrument, bar), holding.Direction == Direction.Long);
        while (holding.Quantity != 0)
        {
            if (margin.LiquidationPrice(holding) is not { } price || !IsMet(holding, Worst(holding, mark), price)) return false;
            if (IntrabarExits.HasGappedTo(holding.Origin?.Target, bar, isLong)) return false;
            if (holding.Origin?.Stop is { } stop && (isLong ? bar.Low <= stop && Scaled.Price(stop) > price : bar.High >= stop && Scaled.Price(stop) < price)) return false;
            var isGap = IsMet(holding, Scaled.Price(mark.Open), price);
            Take(holding, isGap ? bar.Open : Within(bar, price), isGap ? Scaled.Price(mark.Open) : price, bar.OpenTime.Micros);
        }

        return true;
    }

    /// <summary>Where the position is taken inside a bar; null where no price of it does that, or it is not on margin.</summary>
    public double? PriceOf(Holding holding, in Bar bar)
    {
        if (holding.Quantity == 0 || !margin.Covers(holding) || margin.LiquidationPrice(holding) is not { } price) return null;
        if (!marks.Has(holding.Instrument)) return (double)Scaled.ToDecimal(price);
        return IsMet(holding, Worst(holding, marks.Beside(holding.Instrument, bar)), price) ? Within(bar, price) : null;
    }

    /// <summary>Takes it, or as much as brings it to a tier that its margin suffices for.</summary>
    public void Take(Holding holding, double price, long time)
    {
        if (margin.LiquidationPrice(holding) is not { } level) return;
        var scaled = Scaled.Price(price);
        Take(holding, price, holding.Direction == Direction.Long ? long.Min(level, scaled) : long.Max(level, scaled), time);
    }

    private void Take(Holding holding, double price, long mark, long time)
    {
        var side = holding.Direction == Direction.Long ? "long" : "short";
        while (margin.Excess(holding, mark, broker.Sizing.Lot(holding, time)) is var excess && excess > 0)
        {
            Take(holding, excess, price, time, $"a {side} was reduced to the margin tier below, by a liquidation");
            if (margin.LiquidationPrice(holding) is not { } next || !IsMet(holding, mark, next)) return;
        }

        Take(holding, WideInt.Abs(holding.Quantity), price, time, $"a {side} was liquidated");
    }

    private void Take(Holding holding, WideInt quantity, double price, long time, string what)
    {
        var (left, isBankrupt) = broker.Liquidate(holding, quantity, price, time, margin.AtStake(holding), margin.TableOf(holding).LiquidationFeeBps);
        margin.Keep(holding, left);
        assumptions.Note(holding.Instrument, what, time);
        if (isBankrupt) assumptions.Note(holding.Instrument, "the margin of a liquidated position did not suffice; what is more was not charged", time);
    }

    // The market at the moment of a mark price is somewhere in its bar: at that price, where the bar has it.
    private static double Within(in Bar bar, long price) => Math.Clamp((double)Scaled.ToDecimal(price), bar.Low, bar.High);

    private static long Worst(Holding holding, in Bar bar) => Scaled.Price(holding.Direction == Direction.Long ? bar.Low : bar.High);

    private static bool IsMet(Holding holding, long price, long liquidation) => holding.Direction == Direction.Long ? price <= liquidation : price >= liquidation;
}
