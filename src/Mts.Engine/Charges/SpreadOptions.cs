namespace Mts.Engine.Charges;

/// <summary>Slippage is half the spread between bid and ask.</summary>
/// <param name="Bps">The whole spread, 1/10,000 of the price, 0 to 1,000; null for the one that was recorded at the time.</param>
public sealed record SpreadOptions(decimal? Bps = null)
{
    /// <summary>A recorded spread that is older says nothing.</summary>
    public static readonly TimeSpan Newest = TimeSpan.FromHours(1);
}
