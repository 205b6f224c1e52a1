using Mts.Core.Market;

namespace Mts.Core.Spreads;

/// <summary>The spread of one market at a moment at which its book was valid.</summary>
/// <param name="Instrument">The market.</param>
/// <param name="Time">When the book was received.</param>
/// <param name="VenueTime">The venue's time of it; null where it does not say.</param>
/// <param name="Bid">Best bid, quote units.</param>
/// <param name="BidSize">Base units.</param>
/// <param name="Ask">Best ask, quote units.</param>
/// <param name="AskSize">Base units.</param>
public readonly record struct SpreadPoint(Instrument Instrument, Timestamp Time, Timestamp? VenueTime, double Bid, double BidSize, double Ask, double AskSize)
{
    /// <summary>Ask less bid, quote units.</summary>
    public double Absolute => Ask - Bid;

    /// <summary>Quote units.</summary>
    public double Mid => (Bid + Ask) / 2;

    /// <summary>Spread over mid, in percent.</summary>
    public double Percent => Absolute / Mid * 100;
}
