using Mts.Core.Ports;

namespace Mts.Strategies.Volatility;

/// <summary>Asks <see cref="VolatilityRule"/> at every bar.</summary>
/// <remarks>The position ends at its stop, its target, its horizon, or with the opposite signal.</remarks>
internal sealed class VolatilityStrategy(VolatilityOptions options) : IStrategy
{
    private VolatilityRule[] rules = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("Volatility", "Buys at high volatility, sells short at extreme volatility.", VolatilityOptions.Specs),
        static values => new VolatilityStrategy(VolatilityOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { WarmUpBars = options.Lookback };

    public void OnStart(IStrategyContext context) =>
        rules = [.. context.Instruments.Select(i => new VolatilityRule(options, options.DaysPerYear * (TimeSpan.FromDays(1) / i.Key.Interval.Length)))];

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
