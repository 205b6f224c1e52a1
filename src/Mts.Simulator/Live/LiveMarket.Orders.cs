namespace Mts.Simulator.Live;

/// <content>The orders: they wander about the path, and whoever makes the market goes with it.</content>
internal sealed partial class LiveMarket
{
    private const double TakerShare = 0.18;
    private const double AddShare = 0.62;
    private const int SweptLevels = 6;
    private const int QuotedLevels = 12;

    /// <summary>How far the middle may be from the path, and how far bid and ask may be apart, in units; the tick bounds it for small prices.</summary>
    private double Reach => Math.Max(2, 12 * PriceGap(LastPrice));

    private static double PriceGap(double price) => price * 4e-6;

    private void Order(double target)
    {
        var displaced = target - ((Book.Bids.Best + Book.Asks.Best) / 2.0);
        var pressure = Math.Clamp(3 * displaced / Reach, -1, 1);
        var draw = noise.NextUnit();
        if (Math.Abs(displaced) > Reach) Follow(displaced > 0, target);
        else if (draw < TakerShare) Take(noise.NextUnit() < 0.5 + (0.45 * pressure), Size(0.1), SweptLevels);
        else if (draw < AddShare) Place(noise.NextUnit() < 0.5 + (0.3 * pressure));
        else Cancel(noise.NextUnit() >= 0.5 + (0.3 * pressure));
        if (noise.NextUnit() < 0.3) KeepDepth(noise.NextUnit() < 0.5);
    }

    /// <summary>The path has left the book behind: takers take the best of what it has passed, the rest is withdrawn and comes back behind.</summary>
    private void Follow(bool isUp, double target)
    {
        var side = Book.Side(!isUp);
        var before = side.Count;
        Take(isUp, long.MaxValue, SweptLevels);
        while (side.Count > 4 && (isUp ? side.Best < target : side.Best > target)) Set(!isUp, side.Best, 0);
        for (var i = side.Count; i < before; i++) KeepDepth(!isUp);
    }

    /// <summary>Fills a spread that has become too wide, first where the best is further from the path, and what has become hollow behind it.</summary>
    private void Quote(double target)
    {
        for (var i = 0; i < 2 && Book.HasBoth && Book.Asks.Best - Book.Bids.Best > Reach; i++)
        {
            var isBid = target - Book.Bids.Best > Book.Asks.Best - target;
            var (sign, behind) = (isBid ? -1 : 1, Book.Side(isBid).Best);
            var best = Math.Clamp((long)Math.Round(target + (sign * Math.Min(Reach / 2, gap * Distance(2)))), Book.Bids.Best + 1, Book.Asks.Best - 1);
            for (var n = 0; n < QuotedLevels && sign * (behind - best) > 0; n++, best += sign * Math.Max(1, (long)(gap * Distance(2)))) Set(isBid, best, Size(1));
        }
    }

    private void Place(bool isBid)
    {
        var side = Book.Side(isBid);
        var sign = isBid ? -1 : 1;
        var spread = Book.Asks.Best - Book.Bids.Best;
        var draw = noise.NextUnit();
        if (spread > 1 && draw < 0.25)
        {
            Set(isBid, side.Best - (sign * (1 + noise.NextBelow((int)Math.Min(spread - 1, 1_000)))), Size(1));
            return;
        }

        if (draw < 0.6)
        {
            var rank = Math.Min(side.Count - 1, (int)Distance(6));
            Set(isBid, side.PriceAt(rank), side.QuantityAt(rank) + Size(0.5));
            return;
        }

        var price = side.Best + (sign * (long)(gap * Distance(10)));
        if (price > 0) Set(isBid, price, Size(1));
    }

    private void Cancel(bool isBid)
    {
        var side = Book.Side(isBid);
        if (side.Count < 8) return;
        var rank = Math.Min(side.Count - 1, (int)Distance(8));
        var quantity = side.QuantityAt(rank);
        Set(isBid, side.PriceAt(rank), noise.NextUnit() < 0.5 || quantity < 2 ? 0 : quantity / 2);
    }

    private void KeepDepth(bool isBid)
    {
        var (side, sign) = (Book.Side(isBid), isBid ? -1 : 1);
        for (var i = 0; i < 4; i++)
        {
            var deepest = side.PriceAt(side.Count - 1);
            if (side.Count > options.Levels * 5 / 4) Set(isBid, deepest, 0);
            else if (side.Count >= options.Levels) return;
            else if (deepest + (sign * Math.Max(1, (long)(gap * Distance(1)))) is > 0 and var deeper) Set(isBid, deeper, Size(1));
            else if (side.Best + (sign * (long)(gap * Distance(100))) is > 0 and var between) Set(isBid, between, Size(1));
        }
    }

    private void Fill(bool isBid, long best)
    {
        var side = Book.Side(isBid);
        for (var price = best; price > 0 && side.Count < options.Levels; price += (isBid ? -1 : 1) * Math.Max(1, (long)(gap * Distance(1)))) side.Set(price, Size(1));
    }

    private long Size(double share) => Math.Max(1, (long)(usual * share * Math.Exp(0.8 * noise.NextGaussian())));

    private double Distance(double mean) => -mean * Math.Log(noise.NextUnit());
}
