namespace Mts.Pipeline.Spreads;

/// <summary>What it costs to buy in one market and sell in another.</summary>
/// <param name="BuyFee">Fraction of what is bought, all fees of that market.</param>
/// <param name="SellFee">Fraction of what is sold, all fees of that market.</param>
/// <param name="Funding">Expected to be received over the holding for each base unit, quote units; negative where it is paid.</param>
/// <param name="TransferRate">Fraction of what is bought.</param>
/// <param name="TransferCost">Quote units, whatever the size.</param>
internal readonly record struct TradeTerms(double BuyFee, double SellFee, double Funding, double TransferRate, double TransferCost)
{
    /// <summary>What one base unit earns, before the fixed cost.</summary>
    public double NetPerUnit(double buy, double sell) => (sell * (1 - SellFee)) - (buy * (1 + BuyFee + TransferRate)) + Funding;
}
