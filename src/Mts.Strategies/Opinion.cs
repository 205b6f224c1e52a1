using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies;

/// <summary>What a formula thinks of one instrument; with instrument and time it is a signal.</summary>
/// <param name="Direction">LONG or SHORT.</param>
/// <param name="Strength">0 to 1.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Size">Fraction of equity.</param>
/// <param name="Stop">Price; null for none.</param>
/// <param name="Target">Price; null for none.</param>
/// <param name="Reason">In words and numbers.</param>
internal sealed record Opinion(Direction Direction, double Strength, double Confidence, double Size, double? Stop, double? Target, string Reason)
{
    /// <param name="strategy">The catalogue name.</param>
    /// <param name="horizonDays">Days after which the position ends; 0 for no limit.</param>
    /// <param name="entry">The bar at whose close the opinion was formed.</param>
    /// <param name="slice">That moment.</param>
    /// <param name="context">Knows the instrument.</param>
    public Signal ToSignal(string strategy, double horizonDays, in SliceBar entry, in MarketSlice slice, IStrategyContext context) => new()
    {
        Asset = context.Instruments[entry.Instrument].Asset,
        Instrument = entry.Instrument,
        Direction = Direction,
        Strength = Strength,
        Confidence = Confidence,
        PositionSize = Size,
        Stop = Stop,
        // A short cannot gain more than the whole price.
        Target = Target > 0 ? Target : null,
        Horizon = horizonDays > 0 ? TimeSpan.FromDays(horizonDays) : null,
        Strategy = strategy,
        Time = slice.Time,
        Price = entry.Bar.Close,
        Reason = Reason,
    };
}
