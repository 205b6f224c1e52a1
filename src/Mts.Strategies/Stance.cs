using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies;

/// <summary>The position that a rule wants of one instrument: said when it changes, and again until it has been seen to be held.</summary>
/// <remarks>It does not follow the position, which may be joint with other strategies or refused by a limit; only what the rule says changes it.</remarks>
internal sealed class Stance
{
    private readonly Announcement announcement = new();
    private double? stop;

    public Direction Direction { get; private set; }

    /// <param name="direction">Other than <see cref="Direction"/>.</param>
    /// <param name="time">The close at which it was decided.</param>
    /// <param name="why">In words and numbers.</param>
    /// <param name="level">Price at which it is given up; null for none.</param>
    public void Take(Direction direction, Timestamp time, string why, double? level = null)
    {
        (Direction, stop) = (direction, level);
        announcement.Begin(time, why);
    }

    /// <summary>Ends the stance where the bar has reached its stop, as the position ends.</summary>
    public bool GiveUp(in Bar bar, Timestamp time)
    {
        if (stop is not { } level || (Direction == Direction.Long ? bar.Low > level : bar.High < level)) return false;
        Take(Direction.Flat, time, Direction == Direction.Long ? $"low {Rounded(bar.Low)} ≤ stop {Rounded(level)}" : $"high {Rounded(bar.High)} ≥ stop {Rounded(level)}");
        return true;
    }

    /// <summary>Emits what is new or not yet held; otherwise nothing.</summary>
    /// <param name="strategy">The catalogue name.</param>
    /// <param name="size">Fraction of equity.</param>
    /// <param name="entry">The bar that closed.</param>
    /// <param name="slice">When.</param>
    /// <param name="context">Takes the signal.</param>
    public void Say(string strategy, double size, in SliceBar entry, in MarketSlice slice, IStrategyContext context)
    {
        if (announcement.Next(strategy, Direction, entry, slice, context) is { } signal) context.Emit(signal with { PositionSize = size, Stop = stop });
    }

    /// <summary>A price or a figure as reasons show it.</summary>
    public static double Rounded(double value) => Math.Round(value, 8);
}
