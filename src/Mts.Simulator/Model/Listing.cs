namespace Mts.Simulator.Model;

/// <summary>A venue's market: each has its own addresses, symbols and wire format.</summary>
public enum Venue
{
    BinanceSpot,
    BinanceUsdm,
    BybitSpot,
    BybitLinear,
}

/// <summary>One market at one venue: names, steps (one unit of price, one of quantity) and first moment.</summary>
/// <param name="Venue">Where.</param>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="Coin">What is traded.</param>
/// <param name="BaseName">The venue's name of the base: 1000SHIB at a perpetual.</param>
/// <param name="PriceDecimals">Prices count units of 10 to the minus this.</param>
/// <param name="LotDecimals">Quantities count units of 10 to the minus this.</param>
/// <param name="ListedMs">First minute, Unix milliseconds.</param>
/// <param name="Index">Its place in the venue's list.</param>
internal sealed record Listing(
    Venue Venue, string Symbol, Coin Coin, string BaseName, int PriceDecimals, int LotDecimals, long ListedMs, int Index)
{
    public bool IsPerpetual => Venue is Venue.BinanceUsdm or Venue.BybitLinear;

    public int Multiplier => IsPerpetual ? Coin.PerpMultiplier : 1;

    public int QuoteDecimals => PriceDecimals + LotDecimals;

    public double PriceUnit { get; } = Math.Pow(10, -PriceDecimals);

    public double LotUnit { get; } = Math.Pow(10, -LotDecimals);

    public long ToUnits(double dollars) => Math.Max(1, (long)Math.Round(dollars * Multiplier / PriceUnit));
}
