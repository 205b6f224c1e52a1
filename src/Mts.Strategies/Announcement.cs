using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies;

/// <summary>What a rule has come to want of one instrument, to be said when it changes, and again until it has been seen to be held.</summary>
internal sealed class Announcement
{
    private string reason = "";
    private Timestamp since;
    private bool isSaid = true;
    private bool isHeld = true;

    /// <summary>Something else is wanted from now on.</summary>
    /// <param name="time">The close at which it was decided.</param>
    /// <param name="why">In words and numbers.</param>
    public void Begin(Timestamp time, string why)
    {
        (since, reason) = (time, why);
        isSaid = isHeld = false;
    }

    /// <returns>The signal that says it, but for its size and levels; null where it has been said and is held.</returns>
    public Signal? Next(string strategy, Direction direction, in SliceBar entry, in MarketSlice slice, IStrategyContext context)
    {
        if (isHeld) return null;
        if (isSaid && context.Position(entry.Instrument).Direction == direction)
        {
            isHeld = true;
            return null;
        }

        isSaid = true;
        return new Signal
        {
            Asset = context.Instruments[entry.Instrument].Asset,
            Instrument = entry.Instrument,
            Direction = direction,
            Strategy = strategy,
            Time = slice.Time,
            Price = entry.Bar.Close,
            Reason = since == slice.Time ? reason : $"{reason}; wanted since {since}",
        };
    }
}
