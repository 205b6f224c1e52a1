using Mts.Core.Ports;

namespace Mts.Strategies.VixCorrelation;

/// <summary>Asks <see cref="VixCorrelationRule"/> at the first close after each publication of the VIX.</summary>
/// <remarks>The position ends at its stop, its target, its horizon, or with the opposite signal.</remarks>
internal sealed class VixCorrelationStrategy(VixCorrelationOptions options) : IStrategy
{
    private VixRows[] rows = [];

    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("VixCorrelation", "Trades against leaps of the VIX and by its correlation with the price.", VixCorrelationOptions.Specs),
        static values => new VixCorrelationStrategy(VixCorrelationOptions.From(values)));

    public string Name => Entry.Descriptor.Name;

    public StrategyNeeds Needs { get; } = new() { MacroSeries = [VixRows.SeriesId], WarmUpBars = options.Windows.Max() + 1 };

    public void OnStart(IStrategyContext context) => rows = [.. context.Instruments.Select(_ => new VixRows(options.Lookback))];

    public void OnSlice(in MarketSlice slice, IStrategyContext context)
    {
        var known = context.Macro(VixRows.SeriesId);
        foreach (ref readonly var entry in slice.Bars)
        {
            var past = rows[entry.Instrument];
            if (!past.Add(entry.Bar, known)) continue;
            if (VixFigures.Of(past.Rows, options) is { } figures && VixCorrelationRule.Judge(figures, options) is { } opinion)
                context.Emit(opinion.ToSignal(Name, options.HorizonDays, entry, slice, context));
        }
    }
}
