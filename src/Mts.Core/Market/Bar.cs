namespace Mts.Core.Market;

/// <summary>Prices and volume over one interval; the series that holds it knows instrument and interval.</summary>
/// <param name="OpenTime">Start of the interval, UTC; the bar's key.</param>
/// <param name="Open">First price, quote units.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Amount traded, in units of the base asset; NaN in a series without volume.</param>
public readonly record struct Bar(Timestamp OpenTime, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>Bit-equal prices and volume at the same open time.</summary>
    public bool SameValues(in Bar other) => SamePrices(other) && Volume.Equals(other.Volume);

    public bool SamePrices(in Bar other) => Open.Equals(other.Open) && High.Equals(other.High) && Low.Equals(other.Low) && Close.Equals(other.Close);
}
