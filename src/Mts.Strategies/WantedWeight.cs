using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies;

/// <summary>The share of equity that a rule wants of one instrument: said when it has come to differ enough, and again until a position of its side has been seen.</summary>
internal sealed class WantedWeight
{
    private readonly Announcement announcement = new();
    private double? stop;
    private double confidence = 1;
    private Direction givenUp;

    /// <summary>As last said; negative for a short.</summary>
    public double Value { get; private set; }

    public Direction Direction => (Direction)Math.Sign(Value);

    /// <param name="weight">A fraction of equity, −1 to 1.</param>
    /// <param name="held">What there is of it.</param>
    /// <param name="band">Difference of the two that is let be while the side is the same.</param>
    /// <param name="time">The close at which it was decided.</param>
    /// <param name="why">In words and numbers.</param>
    /// <param name="level">Price at which it is given up; null for none.</param>
    /// <param name="trust">0 to 1.</param>
    public void Want(double weight, double held, double band, Timestamp time, string why, double? level = null, double trust = 1)
    {
        var direction = (Direction)Math.Sign(weight);
        if (direction != givenUp) givenUp = Direction.Flat;
        else if (givenUp != Direction.Flat) return;
        if (direction == Direction && (direction == Direction.Flat || Math.Abs(weight - held) <= band)) return;
        (Value, stop, confidence) = (weight, level, trust);
        announcement.Begin(time, why);
    }

    /// <summary>Ends it where the bar has reached its stop, as the position ends; the same side is taken again only after the rule has let go of it.</summary>
    public void GiveUp(in Bar bar, Timestamp time)
    {
        if (stop is not { } level || (Direction == Direction.Long ? bar.Low > level : bar.High < level)) return;
        givenUp = Direction;
        (Value, stop) = (0, null);
        announcement.Begin(time, $"stop {Stance.Rounded(level)} reached");
    }

    /// <summary>Emits what is new or not yet held; otherwise nothing.</summary>
    public void Say(string strategy, in SliceBar entry, in MarketSlice slice, IStrategyContext context)
    {
        if (announcement.Next(strategy, Direction, entry, slice, context) is { } signal)
            context.Emit(signal with { PositionSize = Math.Abs(Value), Resizes = true, Confidence = confidence, Stop = stop });
    }

    /// <summary>The present weight of the strategy's own position.</summary>
    public static double Held(in SliceBar entry, IStrategyContext context) =>
        context.Position(entry.Instrument).Quantity * entry.Bar.Close / context.Equity(entry.Instrument);
}
