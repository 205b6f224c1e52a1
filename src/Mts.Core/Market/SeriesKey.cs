namespace Mts.Core.Market;

/// <summary>Names one series of bars: venue or vendor, market, interval.</summary>
/// <param name="Venue">Lower case: <c>binance</c>, <c>bybit</c>, <c>coingecko</c>, or the name given at import.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Interval">The bar's length.</param>
public sealed record SeriesKey(string Venue, Symbol Symbol, Interval Interval)
{
    public override string ToString() => $"{Venue} {Symbol} {Interval}";
}
