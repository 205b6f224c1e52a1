namespace Mts.Simulator.Model;

/// <summary>
/// A bar in whole units of its listing, so that sums are exact: prices count 10^-PriceDecimals, quantities 10^-LotDecimals, turnovers the product
/// of both. The taker's parts are what buyers took.
/// </summary>
internal readonly record struct Candle(
    long OpenMs, long Open, long High, long Low, long Close, long Volume, Int128 Quote, long Trades, long TakerVolume, Int128 TakerQuote)
{
    /// <summary>This bar followed by <paramref name="next"/>.</summary>
    public Candle Then(in Candle next) => new(
        OpenMs, Open, Math.Max(High, next.High), Math.Min(Low, next.Low), next.Close,
        Volume + next.Volume, Quote + next.Quote, Trades + next.Trades, TakerVolume + next.TakerVolume, TakerQuote + next.TakerQuote);
}

/// <summary>One aggregated trade, in the units of its listing.</summary>
internal readonly record struct Tape(long Id, long TimeMs, long Price, long Quantity, long FirstTrade, long LastTrade, bool BuyerIsMaker);
