using Mts.Core.Market;

namespace Mts.Core.Trading;

/// <summary>Interest on coins that were borrowed to be sold: by the hour, of what they are worth then.</summary>
/// <param name="apr">Fraction per year of 365 days; up to eight decimals.</param>
/// <remarks>Binance and Bybit charge margin loans by the hour, an hour begun as a whole one.</remarks>
public sealed class BorrowRate(decimal apr)
{
    private const int HoursPerYear = 8_760;

    private readonly WideInt rate = Scaled.Amount(apr);

    /// <summary>One hour's interest, rounded once to 10⁻⁸, half up.</summary>
    /// <param name="quantity">Owed, 10⁻⁸ base units, not negative.</param>
    /// <param name="price">10⁻⁸ quote units.</param>
    public WideInt Hour(WideInt quantity, long price) => Scaled.Round(quantity * price, rate, (WideInt)HoursPerYear * Scaled.One * Scaled.One);
}
