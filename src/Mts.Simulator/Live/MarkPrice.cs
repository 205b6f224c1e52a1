using Mts.Simulator.Model;

namespace Mts.Simulator.Live;

/// <summary>What a perpetual says besides its trades: mark and index price in quote units, the running funding rate and when it is due.</summary>
/// <param name="Mark">Between index and last price.</param>
/// <param name="Index">Follows the model's path.</param>
/// <param name="Rate">In units of 10^-8.</param>
/// <param name="NextMs">The next settlement, Unix milliseconds; 0 for none.</param>
internal readonly record struct MarkPrice(double Mark, double Index, long Rate, long NextMs)
{
    public static MarkPrice Of(LiveMarket live, long micros)
    {
        var second = micros / 1_000_000;
        var unit = live.Listing.PriceUnit;
        var index = live.Target(second * 1_000_000) * unit * (1 + ((Noise.Unit(Noise.Key(31, second)) - 0.5) * 6e-5));
        var next = live.Market.Funding?.NextAfter(micros / 1_000) ?? 0;
        return new MarkPrice(index + (0.3 * ((live.LastPrice * unit) - index)), index, live.Market.Funding?.At(next).Rate ?? 0, next);
    }
}
