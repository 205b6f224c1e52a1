using Mts.Core.Market;

namespace Mts.Core.Spreads;

/// <summary>The funding that is building up on a perpetual, as its venue says.</summary>
/// <param name="Instrument">The perpetual.</param>
/// <param name="Time">When it was received.</param>
/// <param name="VenueTime">The venue's time of it.</param>
/// <param name="Rate">Fraction of notional that longs will pay to shorts at the next settlement.</param>
/// <param name="NextFunding">The next settlement; null where the venue does not say.</param>
/// <param name="Interval">Between settlements: seen on the stream, or given; null while it is not known.</param>
/// <param name="Mark">Mark price, quote units.</param>
/// <param name="Index">Index price; null where the venue does not say.</param>
/// <param name="Previous">The rate reported before; null for the first report.</param>
/// <param name="IsChange">True where the rate has changed by more than the limits; false for a report because of time.</param>
public sealed record FundingReport(
    Instrument Instrument, Timestamp Time, Timestamp VenueTime, double Rate, Timestamp? NextFunding, TimeSpan? Interval, double Mark, double? Index, double? Previous, bool IsChange)
{
    /// <summary>The rate times the settlements of 365 days, a fraction; null while the interval is not known.</summary>
    public double? PerYear => Interval is { } interval ? Rate * (TimeSpan.FromDays(365) / interval) : null;
}
