using Mts.Simulator.Live;

namespace Mts.Cli.Live.Simulation;

/// <summary>
/// The most profitable size between two true books, found by trying every size at which something changes: the ends of all levels, the notional's
/// limit, and where the return falls to the least. It shares no code with the analysis.
/// </summary>
internal sealed class ReferenceExecution
{
    private const double Rounding = 1e-9;

    private readonly (double Price, double Size)[] asks;
    private readonly (double Price, double Size)[] bids;
    private readonly Costs costs;

    /// <param name="buy">Where it is bought.</param>
    /// <param name="sell">Where it is sold.</param>
    /// <param name="costs">What it costs.</param>
    /// <param name="levels">So many of each side.</param>
    /// <param name="share">The part of each level that counts.</param>
    public ReferenceExecution(ReferenceBook buy, ReferenceBook sell, Costs costs, int levels, double share)
    {
        asks = [.. buy.Asks.Take(levels).Select(l => ((double)l.Price, (double)l.Size * share))];
        bids = [.. sell.Bids.Take(levels).Select(l => ((double)l.Price, (double)l.Size * share))];
        this.costs = costs;
    }

    /// <summary>What is paid for so much, without fees.</summary>
    public double Bought(double size) => Walk(asks, size);

    /// <summary>What is received for so much, without fees.</summary>
    public double Sold(double size) => Walk(bids, size);

    public double Net(double size) => (Sold(size) * (1 - costs.SellFee)) - (Bought(size) * (1 + costs.BuyFee)) + (costs.Funding * size) - costs.Fixed;

    /// <summary>The greatest net profit among the sizes that return at least so much, a fraction of what is bought; null where none does.</summary>
    public (double Size, double Net)? Best(double leastReturn, double maxNotional)
    {
        var most = Math.Min(Math.Min(asks.Sum(l => l.Size), bids.Sum(l => l.Size)), SizeFor(maxNotional));
        var sizes = Ends(asks).Concat(Ends(bids)).Append(most).Where(s => s > 0 && s <= most * (1 + Rounding)).Distinct().Order().ToList();
        (double Size, double Net)? best = null;
        var (before, lastSurplus) = (0.0, -costs.Fixed);
        foreach (var size in sizes)
        {
            var surplus = Net(size) - (leastReturn * Bought(size));
            if (lastSurplus < 0 != surplus < 0) Try(before + ((size - before) * lastSurplus / (lastSurplus - surplus)));
            if (surplus >= 0) Try(size);
            (before, lastSurplus) = (size, surplus);
        }

        return best;

        void Try(double size)
        {
            var net = Net(size);
            if (size > 0 && (best is null || net > best.Value.Net)) best = (size, net);
        }
    }

    private double SizeFor(double notional)
    {
        var (size, paid) = (0.0, 0.0);
        foreach (var (price, offered) in asks)
        {
            if (paid + (price * offered) >= notional) return size + ((notional - paid) / price);
            (size, paid) = (size + offered, paid + (price * offered));
        }

        return size;
    }

    private static IEnumerable<double> Ends((double Price, double Size)[] side)
    {
        var sum = 0.0;
        foreach (var level in side) yield return sum += level.Size;
    }

    private static double Walk((double Price, double Size)[] side, double size)
    {
        var paid = 0.0;
        foreach (var (price, offered) in side)
        {
            var taken = Math.Min(offered, size);
            paid += taken * price;
            size -= taken;
            if (size <= 0) break;
        }

        return paid;
    }

    /// <param name="BuyFee">Fraction of what is bought.</param>
    /// <param name="SellFee">Fraction of what is sold.</param>
    /// <param name="Funding">Received for each unit.</param>
    /// <param name="Fixed">Whatever the size.</param>
    public readonly record struct Costs(double BuyFee, double SellFee, double Funding, double Fixed);
}
