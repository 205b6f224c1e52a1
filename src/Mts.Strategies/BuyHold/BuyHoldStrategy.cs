using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Strategies.BuyHold;

/// <summary>Buys each instrument once, at its first bar, with its whole share of the capital.</summary>
internal sealed class BuyHoldStrategy : IStrategy
{
    private bool[] bought = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("BuyHold", "Buys at the first bar and never sells: what every other strategy has to beat.", []),
        static _ => new BuyHoldStrategy());

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = 1, Capital = CapitalSharing.Equal };

    public void OnStart(IStrategyContext context) => bought = new bool[context.Instruments.Count];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            if (bought[entry.Instrument]) continue;
            bought[entry.Instrument] = true;
            context.Emit(new Signal
            {
                Asset = context.Instruments[entry.Instrument].Asset,
                Instrument = entry.Instrument,
                Direction = Direction.Long,
                Strategy = Name,
                Time = slice.Time,
                Price = entry.Bar.Close,
                Reason = "first bar: buy and hold",
            });
        }
    }
}
