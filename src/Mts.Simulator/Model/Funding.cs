namespace Mts.Simulator.Model;

/// <summary>One settled funding.</summary>
/// <param name="DueMs">The full hour.</param>
/// <param name="StampMs">As the exchange stamped it, a few milliseconds later.</param>
/// <param name="Rate">Fraction of notional in units of 10^-8.</param>
internal readonly record struct FundingEvent(long DueMs, long StampMs, long Rate);

/// <summary>The funding of a perpetual: usually a basis point, more when the market has risen, less or negative when it has fallen.</summary>
internal sealed class Funding(Listing listing, Weather weather, ulong seed)
{
    private const double Interest = 0.0001;

    private readonly ulong key = Noise.Key(seed, $"funding {listing.Venue} {listing.Symbol}");

    public int Hours { get; } = listing.Coin.FundingHours;

    public long PeriodMs => Hours * Clock.Hour;

    public FundingEvent At(long dueMs)
    {
        var noise = new NoiseStream(Noise.Key(key, dueMs));
        var premium = (0.035 * weather[Clock.DayOf(dueMs)].Mood) + (0.00012 * noise.NextFatTailed()) + (noise.NextUnit() < 0.35 ? 0 : 0.0004 * noise.NextGaussian());
        // The exchanges' own formula: the premium, drawn towards the interest by at most five basis points.
        var rate = premium + Math.Clamp(Interest - premium, -0.0005, 0.0005);
        rate = Math.Clamp(rate * Hours / 8, -0.02, 0.02);
        var late = listing.Venue == Venue.BinanceUsdm && noise.NextUnit() < 0.6 ? 1 + noise.NextBelow(15) : 0;
        return new FundingEvent(dueMs, dueMs + late, (long)Math.Round(rate * 1e8));
    }

    /// <summary>The next settlement after <paramref name="ms"/>.</summary>
    public long NextAfter(long ms) => ((ms / PeriodMs) + 1) * PeriodMs;

    /// <summary>The first settlement after the listing.</summary>
    public long FirstMs => NextAfter(listing.ListedMs);
}
