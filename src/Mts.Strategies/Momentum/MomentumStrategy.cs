using Mts.Core.Ports;

namespace Mts.Strategies.Momentum;

/// <summary>Asks <see cref="MomentumRule"/> at every bar.</summary>
/// <remarks>The position ends at its stop, its target, its horizon, or with the opposite signal.</remarks>
internal sealed class MomentumStrategy(MomentumOptions options) : IStrategy
{
    private MomentumRule[] rules = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("Momentum", "Follows the distance of two means, unless overbought or oversold.", MomentumOptions.Specs),
        static values => new MomentumStrategy(MomentumOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = options.Slow };

    public void OnStart(IStrategyContext context) => rules = [.. context.Instruments.Select(_ => new MomentumRule(options))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        foreach (ref readonly var entry in slice.Bars)
        {
            var rule = rules[entry.Instrument];
            rule.Add(entry.Bar.Close);
            if (rule.Judge() is { } opinion) context.Emit(opinion.ToSignal(Name, options.HorizonDays, entry, slice, context));
        }
    }
}
