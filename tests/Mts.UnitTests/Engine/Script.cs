using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.UnitTests.Engine;

/// <summary>A strategy that says what the test wrote down, by bar number of each instrument.</summary>
internal sealed class Script(CapitalSharing capital = CapitalSharing.Shared) : IStrategy
{
    private readonly Dictionary<(int Instrument, int Bar), Func<Signal, Signal>> lines = [];
    private readonly List<Action<IStrategyContext>> watchers = [];

    public string Name { get; init; } = "Script";

    public StrategyNeeds Needs { get; init; } = new() { Capital = capital };

    public Script At(int bar, Direction direction, Func<Signal, Signal>? with = null, int instrument = 0)
    {
        lines[(instrument, bar)] = s => (with ?? (x => x))(s with { Direction = direction });
        return this;
    }

    public Script Watch(Action<IStrategyContext> watcher)
    {
        watchers.Add(watcher);
        return this;
    }

    public void OnStart(IStrategyContext context)
    {
    }

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (var watcher in watchers) watcher(context);
        foreach (var (instrument, bar) in slice.Bars)
        {
            if (!lines.TryGetValue((instrument, context.Past(instrument).Count - 1), out var line)) continue;
            context.Emit(line(new Signal
            {
                Asset = context.Instruments[instrument].Asset,
                Instrument = instrument,
                Direction = Direction.Flat,
                Strategy = Name,
                Time = slice.Time,
                Price = bar.Close,
                Reason = "script",
            }));
        }
    }
}
