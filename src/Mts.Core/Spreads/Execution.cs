namespace Mts.Core.Spreads;

/// <summary>Buying in one book and selling the same in another, at once, through the depth of both.</summary>
/// <param name="Size">Base units.</param>
/// <param name="BuyPrice">Volume-weighted, quote units.</param>
/// <param name="SellPrice">Volume-weighted, quote units.</param>
/// <param name="Fees">Taker fees of all legs that are counted, quote units.</param>
/// <param name="Funding">Expected over the holding, quote units; positive where it is received.</param>
/// <param name="Transfer">Cost of bringing the venues back into balance, quote units.</param>
public readonly record struct Execution(double Size, double BuyPrice, double SellPrice, double Fees, double Funding, double Transfer)
{
    /// <summary>What is paid for the buying leg without fees, quote units.</summary>
    public double Notional => Size * BuyPrice;

    /// <summary>Sell price less buy price, quote units.</summary>
    public double Absolute => SellPrice - BuyPrice;

    /// <summary>Quote units.</summary>
    public double Gross => Size * Absolute;

    /// <summary>Quote units.</summary>
    public double Net => Gross - Fees + Funding - Transfer;

    /// <summary>Percent of the buy price.</summary>
    public double GrossPercent => Absolute / BuyPrice * 100;

    /// <summary>Percent of <see cref="Notional"/>.</summary>
    public double NetPercent => Net / Notional * 100;
}
