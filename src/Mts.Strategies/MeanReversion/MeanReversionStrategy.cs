using Mts.Core.Ports;

namespace Mts.Strategies.MeanReversion;

/// <summary>Asks <see cref="MeanReversionRule"/> at the first close after each publication of the VIX.</summary>
/// <remarks>The position ends at its stop, its target, or its horizon.</remarks>
internal sealed class MeanReversionStrategy(MeanReversionOptions options) : IStrategy
{
    private VixRows[] rows = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("MeanReversion", "Buys a deep fall while the VIX shows fear.", MeanReversionOptions.Specs),
        static values => new MeanReversionStrategy(MeanReversionOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { MacroSeries = [VixRows.SeriesId], WarmUpBars = options.Lookback };

    public void OnStart(IStrategyContext context) => rows = [.. context.Instruments.Select(_ => new VixRows(options.Lookback))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        var known = context.Macro(VixRows.SeriesId);
        foreach (ref readonly var entry in slice.Bars)
        {
            var past = rows[entry.Instrument];
            if (!past.Add(entry.Bar, known)) continue;
            if (MeanReversionRule.Measure(past.Rows, options)?.Judge(entry.Bar.Close, options) is { } opinion)
                context.Emit(opinion.ToSignal(Name, options.HorizonDays, entry, slice, context));
        }
    }
}
