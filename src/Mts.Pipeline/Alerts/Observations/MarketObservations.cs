using Mts.Core.Market;
using Mts.Core.Signals;

namespace Mts.Pipeline.Alerts.Observations;

/// <summary>An observation of one market.</summary>
/// <param name="Venue"><c>binance</c>, <c>bybit</c>.</param>
/// <param name="Symbol">The venue's market.</param>
/// <param name="Time">When it was so.</param>
public abstract record MarketSeen(string Venue, Symbol Symbol, Timestamp Time) : Observation(Time);

/// <param name="Venue">The venue.</param>
/// <param name="Symbol">Its market.</param>
/// <param name="Price">Of a trade, a closed bar or the mid of a valid book; above 0.</param>
/// <param name="Time">The exchange's time of it.</param>
public sealed record PriceSeen(string Venue, Symbol Symbol, double Price, Timestamp Time) : MarketSeen(Venue, Symbol, Time)
{
    public double Price { get; internal set; } = Price;
}

/// <param name="Venue">The venue.</param>
/// <param name="Symbol">Its perpetual.</param>
/// <param name="Rate">The rate of one funding interval, as a fraction.</param>
/// <param name="Time">When it was so.</param>
public sealed record FundingSeen(string Venue, Symbol Symbol, double Rate, Timestamp Time) : MarketSeen(Venue, Symbol, Time)
{
    public double Rate { get; internal set; } = Rate;
}

/// <param name="Venue">The venue.</param>
/// <param name="Symbol">Its market.</param>
/// <param name="SpreadBps">Best ask less best bid over the mid, in 1/10,000; of a valid book.</param>
/// <param name="Time">When it was so.</param>
public sealed record SpreadSeen(string Venue, Symbol Symbol, double SpreadBps, Timestamp Time) : MarketSeen(Venue, Symbol, Time)
{
    public double SpreadBps { get; internal set; } = SpreadBps;
}

/// <param name="Venue">The venue.</param>
/// <param name="Symbol">Its market.</param>
/// <param name="Volatility">Rolling volatility, a fraction, annualised.</param>
/// <param name="Time">When it was so.</param>
public sealed record VolatilitySeen(string Venue, Symbol Symbol, double Volatility, Timestamp Time) : MarketSeen(Venue, Symbol, Time);

/// <summary>A spread between two venues, from first sighting to its end.</summary>
/// <param name="Asset">What is bought and sold, by id: <c>bitcoin</c>.</param>
/// <param name="BuyVenue">Where it is bought.</param>
/// <param name="Bought">The market there.</param>
/// <param name="SellVenue">Where it is sold.</param>
/// <param name="Sold">The market there.</param>
/// <param name="NetProfit">After all costs, in the quote currency; null once the opportunity is over.</param>
/// <param name="NetBps">The same in 1/10,000 of what is bought; null once it is over.</param>
/// <param name="Time">When it was so.</param>
public sealed record OpportunitySeen(string Asset, string BuyVenue, Symbol Bought, string SellVenue, Symbol Sold, double? NetProfit, double? NetBps, Timestamp Time) : Observation(Time);

/// <param name="Signal">As the strategy or the aggregator made it.</param>
public sealed record SignalSeen(Signal Signal) : Observation(Signal.Time);
