using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.UnitTests.Engine.Guards;

/// <summary>The close at which a <see cref="Rule"/> is asked.</summary>
internal sealed class Moment(string name)
{
    public Timestamp Time { get; private set; }

    public Bar Bar { get; private set; }

    public double Close => Bar.Close;

    public IStrategyContext Context { get; private set; } = null!;

    /// <summary>Closes this strategy has seen since it was made; the last is the present one.</summary>
    public List<double> Seen { get; } = [];

    /// <summary>Bars seen before this one.</summary>
    public int Index => Seen.Count - 1;

    public Direction Position => Context.Position(0).Direction;

    public void Go(Timestamp time, Bar bar, IStrategyContext context)
    {
        (Time, Bar, Context) = (time, bar, context);
        Seen.Add(bar.Close);
    }

    /// <summary>Mean of the last closes; null before there are as many.</summary>
    public double? Mean(int bars)
    {
        if (Seen.Count < bars) return null;
        var sum = 0.0;
        for (var i = Seen.Count - bars; i < Seen.Count; i++) sum += Seen[i];
        return sum / bars;
    }

    /// <summary>Says long or flat, when that is not what is held.</summary>
    public void Want(bool isLong, double size = 1)
    {
        if (isLong == (Position == Direction.Long)) return;
        Say(isLong ? Direction.Long : Direction.Flat, size);
    }

    public void Say(Direction direction, double size = 1, double? stop = null, double? target = null, TimeSpan? horizon = null, double? price = null) => Context.Emit(new Signal
    {
        Asset = Context.Instruments[0].Asset, Instrument = 0, Direction = direction, PositionSize = size, Stop = stop, Target = target, Horizon = horizon,
        Strategy = name, Time = Time, Price = price ?? Close, Reason = "rule",
    });
}
