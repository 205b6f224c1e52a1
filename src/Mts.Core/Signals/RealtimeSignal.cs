using Mts.Core.Market;

namespace Mts.Core.Signals;

/// <summary>What is remarkable about the market of the moment.</summary>
public enum RealtimeSignalKind
{
    /// <summary>Buying here and selling there pays after all costs.</summary>
    Arbitrage,

    /// <summary>Bid and ask of a market are unusually far apart.</summary>
    SpreadAnomaly,

    /// <summary>Far more than before is offered near the best prices.</summary>
    VolumeSpike,

    /// <summary>Prices move unusually much.</summary>
    Volatility,
}

/// <summary>Something remarkable in the market of the moment. Unlike a <see cref="Signal"/> it asks for no position.</summary>
public sealed record RealtimeSignal
{
    /// <summary>Never given twice: kind, market, time and a number.</summary>
    public required string Id { get; init; }

    public required RealtimeSignalKind Kind { get; init; }

    /// <summary>The market it is about; of an arbitrage, where it is bought.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>Where it is sold, of an arbitrage.</summary>
    public Instrument? Other { get; init; }

    /// <summary>Long for an arbitrage; <see cref="Direction.Flat"/> where it says nothing of the direction.</summary>
    public Direction Direction { get; init; }

    public required StrengthLevel Strength { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Percent: net profit, spread over bid, growth of what is offered, or volatility.</summary>
    public required double Percent { get; init; }

    /// <summary>Quote units: what is paid, or the middle of the book, or the last close.</summary>
    public required double Price { get; init; }

    /// <summary>When it was seen.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>From then on it counts no longer.</summary>
    public required Timestamp Expires { get; init; }

    /// <summary>In words and numbers.</summary>
    public required string Reason { get; init; }

    public bool StandsAt(Timestamp now) => now < Expires;
}

/// <summary>How much the price of a market moved lately.</summary>
/// <param name="Instrument">The market.</param>
/// <param name="Time">Close of the last bar.</param>
/// <param name="Value">Population deviation of the log returns times √15: of a quarter of an hour, a fraction.</param>
public readonly record struct VolatilityPoint(Instrument Instrument, Timestamp Time, double Value)
{
    private const double QuartersPerYear = 365 * 24 * 4;

    /// <summary>The same scaled to 365 days, a fraction.</summary>
    public double PerYear => Value * Math.Sqrt(QuartersPerYear);
}

/// <summary>Hears of real-time signals. Calls come one at a time, in the order of what was received, and return quickly.</summary>
public interface IRealtimeSignalListener
{
    /// <summary>Once for each signal.</summary>
    void OnSignal(RealtimeSignal signal);

    /// <summary>After each closed bar, once the window is full.</summary>
    void OnVolatility(in VolatilityPoint volatility);
}
