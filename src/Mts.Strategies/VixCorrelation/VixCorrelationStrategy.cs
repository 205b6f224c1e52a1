using Mts.Core.Ports;

namespace Mts.Strategies.VixCorrelation;

/// <summary>Asks <see cref="VixCorrelationRule"/> at the first close after each publication of the VIX.</summary>
/// <remarks>The position ends at its stop, its target, its horizon, or with the opposite signal.</remarks>
internal sealed class VixCorrelationStrategy(VixCorrelationOptions options) : VixRowStrategy(options.Lookback, options.Windows.Max() + 1, options.HorizonDays)
{
    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("VixCorrelation", "Trades against leaps of the VIX and by its correlation with the price.", VixCorrelationOptions.Specs),
        static values => new VixCorrelationStrategy(VixCorrelationOptions.From(values)));

    public override string Name => Entry.Descriptor.Name;

    protected override Opinion? Judge(ReadOnlySpan<VixRow> past, double price) =>
        VixFigures.Of(past, options) is { } figures ? VixCorrelationRule.Judge(figures, options) : null;
}
