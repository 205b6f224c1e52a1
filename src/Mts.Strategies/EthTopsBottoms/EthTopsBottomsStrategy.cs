using Mts.Core.Ports;

namespace Mts.Strategies.EthTopsBottoms;

/// <summary>Asks <see cref="EthTopsBottomsRule"/> at every bar.</summary>
/// <remarks>
/// The original's conditions over the last rows; it looked ten rows into the future. Its MACD was to cross on the very bar, here it is to be on the other side.
/// The points for a head and shoulders, which it never found, go to a divergence of price and RSI, which there was a signal of its own on a third of all bars.
/// Stochastic and Williams %R, which it computed and did not use, are left out. Sizes and levels are ours. It was made for ETH and runs on any instrument.
/// </remarks>
internal sealed class EthTopsBottomsStrategy(EthTopsBottomsOptions options) : IStrategy
{
    private ExtremesState[] states = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("EthTopsBottoms", "Sells tired rises at their high, buys tired falls at their low; made for ETH.", EthTopsBottomsOptions.Specs),
        static values => new EthTopsBottomsStrategy(EthTopsBottomsOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = ExtremesState.WarmUp(options), Volume = true };

    public void OnStart(IStrategyContext context) => states = [.. context.Instruments.Select(_ => new ExtremesState(options))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var state = states[entry.Instrument];
            state.Add(entry.Bar);
            if (state.Figures() is { } figures && EthTopsBottomsRule.Judge(figures, options) is { } opinion)
                context.Emit(opinion.ToSignal(Name, options.HorizonDays, entry, slice, context));
        }
    }
}
