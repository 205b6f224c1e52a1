using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.UnitTests.Engine.Guards;

/// <summary>Long above the last week's close.</summary>
internal sealed class Weekly : IStrategy
{
    public string Name => "Weekly";

    public StrategyNeeds Needs { get; } = new() { Intervals = [new IntervalNeed(Interval.Week, 1)] };

    public void OnStart(IStrategyContext context)
    {
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        var weeks = context.Past(0, Interval.Week);
        var bars = context.Past(0, context.Instruments[0].Key.Interval);
        if (weeks.Count == 0) return;
        var direction = bars.Closes[^1] > weeks.Closes[^1] ? Direction.Long : Direction.Flat;
        if (direction != context.Position(0).Direction || context.HasClosed(0, Interval.Week))
            context.Emit(new Signal { Asset = context.Instruments[0].Asset, Instrument = 0, Direction = direction, Strategy = Name, Time = slice.Time, Price = bars.Closes[^1], Reason = "week" });
    }
}
