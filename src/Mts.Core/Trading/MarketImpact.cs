namespace Mts.Core.Trading;

public enum ImpactLaw
{
    SquareRoot,
    Linear,
}

/// <summary>How far an order moves the price against itself.</summary>
/// <remarks>
/// The square-root law, I = Y σ √(Q/V): Tóth et al., Anomalous price impact and the critical nature of liquidity in financial markets,
/// Phys. Rev. X 1, 021006 (2011), Y near 1; Almgren, Thum, Hauptmann and Li, Direct estimation of equity market impact (2005), find an exponent of 0.6.
/// σ and V are of one bar: σ grows with √time and V with time, so the law says the same for bars of any length. The linear law does not:
/// its coefficient belongs to the bar length.
/// </remarks>
public static class MarketImpact
{
    /// <summary>What is more is not believed.</summary>
    public const double MostBps = 5_000;

    /// <param name="law">Shape.</param>
    /// <param name="coefficient">Y, near 1.</param>
    /// <param name="market">Of one bar before the order.</param>
    /// <param name="order">Notional of the order, quote units.</param>
    /// <returns>1/10,000 of the price; at most <see cref="MostBps"/>.</returns>
    public static double Bps(ImpactLaw law, double coefficient, RecentMarket market, double order)
    {
        var share = order / market.Notional;
        return Math.Min(MostBps, coefficient * market.Volatility * (law == ImpactLaw.SquareRoot ? Math.Sqrt(share) : share) * 10_000);
    }

    /// <summary>Four decimals, rounded up: what the ledger can keep, and never less than was reckoned.</summary>
    public static decimal ToLedger(double bps) => (decimal)Math.Ceiling(bps * 10_000) / 10_000;
}
