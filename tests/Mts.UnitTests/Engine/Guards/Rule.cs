using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.UnitTests.Engine.Guards;

/// <summary>A strategy in one line: what to say at each close of the first instrument.</summary>
internal sealed class Rule(string name, Action<Moment> say, int warmUp = 0, Action? start = null) : IStrategy
{
    private readonly Moment moment = new(name);

    public string Name => name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = warmUp };

    public void OnStart(IStrategyContext context) => start?.Invoke();

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (var entry in slice.Bars)
        {
            if (entry.Instrument != 0) continue;
            moment.Go(slice.Time, entry.Bar, context);
            say(moment);
        }
    }
}
